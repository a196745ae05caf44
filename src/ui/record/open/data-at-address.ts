import type { Issue } from '../../../domain/issue';
import { FORMATS } from '../../../io/formats';
import { ENOUGH, TELLING } from '../../../io/holds-sightings';
import { type Beside, type SightingsFile, missingFile } from '../../../io/load';
import { type PlaceDoubts, doubtsOfTable } from '../../../io/places-in-doubt';
import { boundsOfPoints } from '../../../io/swapped-places';
import type { AppState } from '../../app-state.svelte';
import type { Loaded } from '../../loading/read-source';
import { plural } from '../../wording';
import { fileNameAt } from './file-name';
import { FileImport, ImportClosed, ImportTooLarge, type Imported } from './import-client';
import { NEAR_WHAT } from './import-preview';
import { plainReason } from './mapping-words';
import { type Standing, nameOfBytes, readingsAt, standingOf, wordsOf } from './readings';

/** What the button does that opens a file whose latitudes and longitudes seem to be swapped. */
const SWAP = 'Swap them';

const TELLING_PATHS: ReadonlySet<string> = new Set(TELLING.map((name) => `$.properties.${name}`));

/** How many features lack so much that they are of something else, as `isOtherFeature` tells it of the features themselves. */
function countOthers(issues: readonly Issue[]): number {
  const lacking = new Map<number, number>();
  for (const { index, path, message } of issues) {
    if (index !== null && TELLING_PATHS.has(path) && message.startsWith('is missing'))
      lacking.set(index, (lacking.get(index) ?? 0) + 1);
  }
  return [...lacking.values()].filter((count) => count > TELLING.length - ENOUGH).length;
}

/** What an import made, as if it had been read from a file of sightings. */
function asRead({ data, result }: Imported): SightingsFile {
  const { incomplete, setAside, mended, warnings } = result;
  const told = (place: string, message: string, severity: Issue['severity']): Issue => ({
    index: null,
    id: null,
    path: '$',
    message: `${place}: ${message}`,
    severity,
  });
  const issues = [
    ...incomplete.map(({ place, reasons }) => told(place, reasons.map(plainReason).join('; '), 'error')),
    ...setAside.map(({ place, reason }) => told(place, plainReason(reason), 'error')),
    ...mended.map(({ place, what }) => told(place, `mended as it was read: ${plainReason(what)}`, 'warning')),
    ...warnings.map(({ place, message }) => told(place, plainReason(message), 'warning')),
  ];
  const { accepted } = result;
  const rejected = incomplete.length + setAside.length;
  return { sightings: { ...data, issues, accepted, rejected } };
}

/** What an address came to, and how it was read, where nobody was asked. */
interface ImportedAlone extends Imported {
  readAs?: string;
  /** what is doubted of the places of its sightings */
  doubts?: PlaceDoubts;
}

/** What is said of places in doubt, and what the button does; `undefined` where there are none. */
function saidOf({ swapped, exchanged }: PlaceDoubts): { said: string; act: string } | undefined {
  if (swapped !== undefined) return { said: swapped, act: SWAP };
  if (exchanged.length === 0) return undefined;
  const places = plural(exchanged.length, 'place seems', 'places seem');
  return { said: `${places} to have latitude and longitude exchanged.`, act: 'See which' };
}

/** A file of others becomes sightings by itself when its columns leave nothing to decide. */
async function importAll(
  content: Blob,
  url: string,
  { context, complete }: Beside,
  file: FileImport,
): Promise<ImportedAlone | undefined> {
  const known = boundsOfPoints(complete({ issues: [] }).referencePoints);
  const opening = file.open({ kind: 'content', content }, fileNameAt(url), context, known);
  const summary = await opening.catch((error: unknown) => {
    if (error instanceof ImportTooLarge) return undefined; // the dialog asks whether to read it
    throw error;
  });
  if (!summary) return undefined;
  if (summary.kind === 'sightings')
    return { ...(await file.import({ kind: 'sightings', exchanged: new Set() })), doubts: summary };
  const { accepted, incomplete, setAside, tried, swapped, doubtfulDate } = summary.preview;
  const isClear = accepted > 0 && accepted === tried && incomplete + setAside === 0;
  const isDateDoubtful = doubtfulDate !== undefined && summary.suggestion.dayFirst === undefined;
  if (!isClear || swapped !== undefined || isDateDoubtful) return undefined;
  const { label } = FORMATS[summary.format];
  const readAs = `${/^[AEIO]/.test(label) ? 'an' : 'a'} ${label}: ${plural(summary.rows, 'row')}`;
  return {
    ...(await file.import({ kind: 'mapped', mapping: summary.suggestion })),
    readAs,
    doubts: summary.preview,
  };
}

/**
 * Shows what was loaded from an address. When somebody has to say first what its columns mean, the page stands empty and
 * the dialog asks.
 * @param signal aborted when other data is wanted, or none
 */
export async function showLoaded(
  app: AppState,
  url: string,
  { signal, loaded, beside }: { signal: AbortSignal; loaded: Loaded; beside: Beside },
): Promise<void> {
  if (loaded.kind === 'failed') return app.show(beside.complete(missingFile(loaded)));
  if (loaded.kind === 'sightings') {
    app.show(beside.complete(loaded));
    const { table, issues, rejected } = loaded.sightings;
    const doubts = doubtsOfTable(table, [], boundsOfPoints(app.places.given), NEAR_WHAT);
    const inDoubt = saidOf(doubts);
    const others = countOthers(issues);
    // Where the places of what was rejected are, which may speak against it, is known when the file is opened.
    if (inDoubt !== undefined)
      app.source.reading = rejected > 0 ? { ...inDoubt, act: 'See what can be mended' } : inDoubt;
    else if (issues.some(({ path, severity }) => severity === 'error' && path.startsWith('$.geometry')))
      app.source.reading = { said: 'Some of its places are at fault.', act: 'See what can be mended' };
    else {
      const said = `${plural(others, 'feature is', 'features are')} of something else than sightings.`;
      if (others > 0) app.source.reading = { said, act: 'Say what their fields mean' };
    }
    return;
  }
  const file = new FileImport();
  signal.addEventListener('abort', () => file.close());
  try {
    const imported = await importAll(loaded.content, url, beside, file);
    if (signal.aborted) return;
    app.show(beside.complete(imported ? asRead(imported) : { issues: [] }), imported?.setAside);
    const content = new File([loaded.content], fileNameAt(url));
    const { readAs, doubts } = imported ?? {};
    const inDoubt = doubts && saidOf(doubts);
    if (!imported) await ask(app, url, content, signal);
    else if (inDoubt !== undefined)
      app.source.reading = readAs === undefined ? inDoubt : { ...inDoubt, file: content };
    else if (readAs !== undefined) await sayHowRead(app, url, { content, readAs, signal });
  } catch (error) {
    if (error instanceof ImportClosed || signal.aborted) return;
    const message = error instanceof Error ? error.message : String(error);
    app.show(beside.complete(missingFile({ message })));
  } finally {
    file.close();
  }
}

/** How what an address gives now stands to what was made of it here. Rejects when the work cannot be loaded. */
async function standingNow(app: AppState, url: string, content: File): Promise<Standing> {
  const [work, sha256] = await Promise.all([app.record.open(), nameOfBytes(content)]);
  return standingOf(work, content.name, readingsAt(url), sha256);
}

/** Says how a file was read without a question, or that a reading which somebody made of it is out of date. */
async function sayHowRead(
  app: AppState,
  url: string,
  { content, readAs, signal }: { content: File; readAs: string; signal: AbortSignal },
): Promise<void> {
  const { act } = wordsOf('unchanged');
  app.source.reading = { said: `It was read as ${readAs}.`, act, file: content };
  if (readingsAt(url).length === 0 || app.isEmbedded) return; // the work is loaded for who has one
  const standing = await standingNow(app, url, content).catch(() => 'unread');
  if (standing === 'changed' && !signal.aborted)
    app.source.reading = { ...wordsOf('changed'), file: content };
}

/** Opens the dialog for data that wait for somebody to say what they mean; where that was said before, says so. */
async function ask(app: AppState, url: string, content: File, signal: AbortSignal): Promise<void> {
  const { name } = content;
  if (app.isEmbedded) {
    app.notice = `What the columns of ${name} mean is not said yet: open the full map to say it.`;
    return;
  }
  const standing = await standingNow(app, url, content);
  if (signal.aborted) return;
  app.source.reading = { ...wordsOf(standing), file: content };
  if (standing === 'unread') await app.record.openDialog({ name: 'open', files: [content] });
}
