import type { EntryStore } from './entry-store';
import type { LayerData } from './layer-files';
import { randomName } from './random-name';
import type { SetAsideContent } from './set-aside-content';
import { type Layer, RING_COLORS, type RingColor } from '../../domain/work';
import { saidText } from '../wording';

/** The longest name of a layer, which is a line of its own, in UTF-16 code units. */
export const LONGEST_NAME = 200;

/** A file that becomes a layer. */
export interface OpenedFile {
  /** of the layer */
  name: string;
  fileName: string;
  data: LayerData;
  /** the GeoJSON file of valid sightings that `data` was read from, packed by gzip or not */
  content: Blob;
  /** how many sightings of `data` the file itself has in another way, such as before they were mended */
  unwritten?: number;
  /** all of the file that is not in `data` */
  setAside?: SetAsideContent;
  /** told how far its content is kept, 0 to 1 */
  progress?: (done: number) => void;
  /** asked when its content is kept: only then it becomes a layer */
  isWanted?: () => boolean;
}

/** What is kept of an opened file, by its names. */
interface KeptFile {
  fileName: string;
  sha256: string;
  leftOut: number;
  unwritten?: number;
  setAside?: { sha256: string; count: number } | undefined;
}

/**
 * A layer for a file that was opened, with an id of its own and a ring that the others do not have, as long as there
 * are any.
 * @param kept the names that its content, and what was set aside of it, are kept under
 */
export function openedLayer(
  name: string,
  { fileName, sha256, leftOut, unwritten = 0, setAside }: KeptFile,
  others: readonly Layer[],
): Layer {
  const isFree = (color: RingColor) => others.every(({ ring }) => ring !== color);
  return {
    id: `layer-${randomName()}`,
    name,
    ring: RING_COLORS.slice(1).find(isFree) ?? 'teal',
    isShown: true,
    source: {
      kind: 'content',
      fileName,
      sha256,
      ...(leftOut > 0 ? { leftOut } : {}),
      ...(unwritten > 0 ? { unwritten } : {}),
      ...(setAside ? { setAside } : {}),
    },
  };
}

/** As much of a name as a data set can have, without half of a character at its end. */
function fitting(name: string): string {
  return saidText(name)
    .slice(0, LONGEST_NAME)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}

/**
 * The first of these names that no data set has yet, else the last with a number: a file may have the title of another.
 * It stands in sentences, and turns none of them around.
 */
export function freeName(names: readonly [string, ...string[]], others: readonly Layer[]): string {
  const isFree = (name: string) => others.every((other) => other.name !== name);
  const said = names.map((name) => fitting(name));
  const last = said.at(-1) ?? '';
  let free = said.find(isFree);
  for (let number = 2; free === undefined; number++) {
    const numbered = `${last} (${number})`;
    if (isFree(numbered)) free = numbered;
  }
  return free;
}

/** Keeps the content of an opened file, and what was set aside of it. Rejects when that cannot be kept. */
export async function keepFile(
  { fileName, data, content, unwritten = 0, setAside, progress }: OpenedFile,
  store: Pick<EntryStore, 'putContent'>,
): Promise<KeptFile> {
  const sha256 = await store.putContent(content, progress);
  const leftOut = data.leftOut ?? 0;
  if (!setAside || setAside.count === 0) return { fileName, sha256, leftOut, unwritten };
  const { count } = setAside;
  return {
    fileName,
    sha256,
    leftOut,
    unwritten,
    setAside: { sha256: await store.putContent(setAside.content), count },
  };
}
