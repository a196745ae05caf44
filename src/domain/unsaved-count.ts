import type { RecordEdit, Work } from './work';

const isGone = ({ before, after }: RecordEdit) => before !== null && after === null;
const isNew = ({ before, after }: RecordEdit) => before === null && after !== null;

/** The ids that sightings of a layer had before they got the ones that they have now, by these. */
function formerIds({ done }: Work, layer: string): ReadonlyMap<string, readonly string[]> {
  const former = new Map<string, readonly string[]>();
  for (const { change } of done) {
    const records = change.records.filter((record) => record.layer === layer);
    const [gone, added] = [records.filter(isGone), records.filter(isNew)];
    const [from, to] = [gone[0]?.id, added[0]?.id];
    // Another id is one sighting that goes and one that comes, beside those that name it.
    const isRenaming = gone.length === 1 && added.length === 1;
    const ids = isRenaming && from !== undefined ? [...(former.get(from) ?? []), from] : undefined;
    for (const { id } of [...gone, ...added]) former.delete(id);
    if (ids !== undefined && to !== undefined) former.set(to, ids);
  }
  return former;
}

/** How many sightings of a layer differ from its file; one that got another id is one, not one that went and one that came. */
export function countUnsaved(work: Work, layer: string): number {
  const back = work.unsaved(layer); // what is new now would go, and the other way round
  const gone = new Set(back.filter(isNew).map(({ id }) => id));
  const added = back.filter(isGone);
  if (gone.size === 0 || added.length === 0) return back.length;
  const former = formerIds(work, layer);
  let renamed = 0;
  for (const { id } of added) {
    const was = former.get(id)?.find((one) => gone.delete(one));
    if (was !== undefined) renamed++;
  }
  return back.length - renamed;
}
