import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Publication } from '../domain/publication';
import type { SightingTable } from '../domain/table';
import { formatOfName } from '../io/formats';
import { totalsOf } from '../map/published-totals';
import { publishTiles } from '../map/publish-tiles';
import { counted } from './counted';
import { describeSightings } from './describe-publication';
import { CommandFault, EXIT } from './exit-status';
import { STANDARD, checkOutput, print, writeWhole } from './files';
import { issueLines } from './issue-lines';
import { ArchiveWriter, FileStore } from './pmtiles-writer';
import { ProgressLine } from './progress-line';
import { type ReadInput, readRecords } from './read-records';
import { LINES_PER_PAGE, ROWS_PER_LINE, type WrittenRecords, recordChunks } from './records-writer';
import { publishedTable, rowsById } from './sorted-rows';
import { tell } from './fault-text';
import { archiveInfo } from './tile-metadata';

/** The files of a publication, by the name of the archive that is opened. */
function filesOf(output: string) {
  const stem = output.slice(0, -'.pmtiles'.length);
  return {
    drawn: output,
    counts: `${stem}.counts.pmtiles`,
    records: `${stem}.geojson`,
    index: `${stem}.index`,
  };
}

function titleOf(collection: Readonly<Record<string, unknown>>, file: string): string {
  const { title } = collection;
  return typeof title === 'string' && title !== '' ? title : basename(file);
}

async function writeRecords(
  { records, index }: ReturnType<typeof filesOf>,
  { table, collection, textOf }: ReadInput,
  order: Uint32Array,
): Promise<WrittenRecords> {
  const line = new ProgressLine(records);
  const rowAt = (row: number) => order[row] ?? 0;
  const chunks = recordChunks(
    collection,
    order.length,
    (row) => table.idOf(rowAt(row)),
    (row) => {
      line.tell(row / order.length);
      return textOf(rowAt(row));
    },
  );
  let written: WrittenRecords | undefined;
  try {
    await writeWhole(
      records,
      (function* () {
        written = yield* chunks;
      })(),
    );
  } finally {
    line.end();
  }
  if (written === undefined) throw new CommandFault(`${records}: is not written`);
  await writeWhole(index, [written.index]);
  return written;
}

/** Writes the two archives, the one that is opened last: it is there when all others are. */
async function writeTiles(
  files: ReturnType<typeof filesOf>,
  described: ReturnType<typeof describeSightings>,
  written: WrittenRecords,
  table: SightingTable,
  order: Uint32Array,
  collection: Readonly<Record<string, unknown>>,
): Promise<number> {
  const line = new ProgressLine(files.drawn);
  const stores = {
    drawn: new FileStore(`${files.drawn}.${randomUUID()}.tmp`),
    counts: new FileStore(`${files.counts}.${randomUUID()}.tmp`),
  };
  const onInterrupt = () => {
    for (const store of Object.values(stores)) store.remove();
    process.exit(130);
  };
  process.once('SIGINT', onInterrupt);
  try {
    const columns = publishedTable(table, order);
    const writers = { drawn: new ArchiveWriter(stores.drawn), counts: new ArchiveWriter(stores.counts) };
    const tiles = publishTiles(columns, line.tell);
    let next = tiles.next();
    let count = 0;
    for (; !next.done; next = tiles.next(), count++) {
      const { archive, z, x, y, bytes } = next.value;
      writers[archive].add(z, x, y, bytes);
    }
    line.end();
    const { periods, maxZoom } = next.value;
    const { bytes, end, sha256, pages, index } = written;
    const publication: Publication = {
      ...described,
      sha256,
      periods,
      records: { name: basename(files.records), bytes, end },
      index: {
        name: basename(files.index),
        bytes: index.length,
        rowsPerLine: ROWS_PER_LINE,
        linesPerPage: LINES_PER_PAGE,
        pages,
      },
      counts: basename(files.counts),
    };
    const info = { publication, columns, collection };
    const lastCounts = Math.max(0, periods.length - 1);
    const counts = archiveInfo(info, 'counts', lastCounts, { totals: totalsOf(columns) });
    await writeWhole(files.counts, writers.counts.chunks(counts));
    await writeWhole(files.drawn, writers.drawn.chunks(archiveInfo(info, 'drawn', maxZoom)));
    return count;
  } finally {
    process.off('SIGINT', onInterrupt);
    line.end();
    for (const store of Object.values(stores)) store.remove();
  }
}

/**
 * Publishes the sightings of a GeoJSON file, of one list or one feature a line, as static files, see README.
 * @throws CommandFault when nothing could be done
 */
export async function tiles(input: string, output: string, force: boolean): Promise<number> {
  if (input === STANDARD)
    throw new CommandFault(`${input}: records are read from a file again: name one to read.`);
  // One that is packed is told by its bytes, where it is read.
  if (![undefined, 'geojson', 'geojsonLines'].includes(formatOfName(input)))
    throw new CommandFault(`${input}: is no GeoJSON by its name: convert it to .geojson first.`);
  if (!/[^/\\]\.pmtiles$/.test(output))
    throw new CommandFault(`${output}: name a file that ends in .pmtiles; the others go beside it.`);
  const files = filesOf(output);
  for (const file of Object.values(files)) await checkOutput(file, { inputs: [input], force });
  const read = await readRecords(input);
  const { table, issues, collection, rejected } = read;
  try {
    await print(issueLines(input, issues).map((line) => `${line}\n`));
    const isWritten = table.length > 0 || issues.every(({ severity }) => severity !== 'error');
    if (isWritten) {
      const order = rowsById(table);
      const described = describeSightings(table, titleOf(collection, input));
      const written = await writeRecords(files, read, order);
      const count = await writeTiles(files, described, written, table, order, collection);
      tell(`${output}: ${counted(count)} tiles, with ${Object.values(files).slice(1).join(', ')}`);
    }
    tell(
      `${input}: ${counted(table.length)} published, ${counted(rejected)} left out${isWritten ? '' : `; ${output} is not written`}`,
    );
    return issues.some(({ severity }) => severity === 'error') ? EXIT.issues : EXIT.valid;
  } finally {
    read.close();
  }
}
