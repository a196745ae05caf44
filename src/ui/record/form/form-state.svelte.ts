import type { Geometry } from 'geojson';
import { checkGeometry } from '../../../domain/geometry-rules';
import { type Issue, IssueList } from '../../../domain/issue';
import type { Sighting } from '../../../domain/sighting';
import {
  type Conflict,
  type FieldName,
  mergeTheirs,
  valueOf,
  withFieldOf,
} from '../../../domain/sighting-fields';
import {
  type SightingForm,
  distanceForm,
  featureOf,
  formOf,
  isSame,
  proposeId,
  sourceForm,
  withItem,
  withMovedItem,
} from '../../../domain/sighting-form';
import { GIVEN_LAYER } from '../../../domain/given-layer';
import type { Draft } from '../../../domain/work';
import type { EditorRequest } from '../record-state.svelte';
import type { Referrer } from '../references';
import type { Workspace } from '../workspace.svelte';
import { FormDraft, originalOf, saidOf } from './form-draft';
import { readPosition } from './read-position';

/** What is written is kept so long after, however fast it goes on, in milliseconds. */
const KEEP_MS = 250;
/** A pause as long as this in the writing, and what is written is checked, in milliseconds. */
const CHECK_MS = 120;

const parsed = (text: string | null): unknown => (text === null ? undefined : JSON.parse(text));

/** What is written in the form, what is wrong with it, and the draft that keeps it. */
export class FormState {
  /** the sighting that is corrected; `null` for a new one */
  readonly id: string | null;
  form = $state.raw<SightingForm>(formOf(undefined));
  layer = $state('');
  issues = $state.raw<readonly Issue[]>([]);
  /** whether somebody wanted to save, so that all that is wrong is told */
  isSubmitted = $state(false);
  /** whether the form goes on with what was written earlier */
  isContinued = $state(false);
  /** whether a place is being drawn on the map */
  isDrawing = $state(false);
  /** what to do on the map, while a place is taken from it */
  mapHint = $state('');
  /** fields that were changed here and elsewhere, to different values; what they say elsewhere */
  conflicts = $state.raw<readonly Conflict[]>([]);
  /** the sightings that report a distance to this one, once somebody wanted to remove it */
  namedBy = $state.raw<readonly Referrer[]>([]);
  /** in how many other sightings its id was changed, once it is saved */
  renamedIn = 0;
  /** fields that were changed elsewhere and not here, whose values were taken over */
  takenOver = $state.raw<readonly FieldName[]>([]);

  /** paths of fields that were written; not those that were left, since what is told moves what is clicked next */
  #touched = $state.raw<readonly string[]>([]);
  /** what the form was made of, with all that it does not know */
  #base = $state.raw<unknown>();
  /** the text of the sighting that this began with */
  #before: string | null;
  #isIdOwn = $state(false);
  #isDone = false;
  readonly draft: FormDraft;
  /** whether the data set is gone that this was written for */
  readonly isHomeless: boolean;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  #nextKey = 0;

  constructor(
    readonly workspace: Workspace,
    { layer, id, draft: wanted }: EditorRequest,
    private readonly isTakenElsewhere: (id: string) => boolean,
  ) {
    this.id = id;
    this.isHomeless = workspace.layer(layer) === undefined;
    this.layer = this.isHomeless ? GIVEN_LAYER : layer;
    const isOfThis = (draft: Draft) => id !== null && draft.layer === layer && draft.id === id;
    const draft = wanted ?? workspace.drafts.find(isOfThis);
    this.draft = new FormDraft(workspace, { layer, id }, draft);
    this.#before = draft ? draft.before : id === null ? null : workspace.textOf(layer, id);
    this.isContinued = draft !== undefined;
    this.#start(draft ? draft.feature : parsed(this.#before));
    this.#isIdOwn = id !== null || this.form.id !== this.#proposed(this.form.title);
    this.check();
  }

  /** What is written, as a Feature; a sighting if nothing is wrong with it. */
  readonly feature: unknown = $derived.by(() => featureOf(this.form, this.#base, readPosition));
  /** The text of the sighting as it is now, `null` when there is none. */
  readonly theirs: string | null = $derived.by(() =>
    this.id === null ? null : this.workspace.textOf(this.layer, this.id),
  );
  readonly isRemoved = $derived.by(() => this.id !== null && this.theirs === null);
  readonly errors = $derived.by(() => this.issues.filter(({ severity }) => severity === 'error'));

  /** Not derived: it is asked for once more when the form is gone. */
  get isChanged(): boolean {
    return !isSame(saidOf(this.feature), saidOf(originalOf(this.#before)));
  }

  /** The place that is written, if it is one. */
  readonly geometry: Geometry | null = $derived.by(() => {
    const geometry = valueOf(this.feature, 'geometry');
    const report = new IssueList(0, null);
    checkGeometry({ geometry }, report);
    return report.hasErrors ? null : (geometry as Geometry | null);
  });

  /** The issues of a field that are to be told now: a new sighting is not blamed for what nobody came to yet. */
  issuesAt(path: string): readonly Issue[] {
    const own = this.issues.filter((issue) =>
      path === '$.geometry' ? issue.path.startsWith(path) : issue.path === path,
    );
    const isTold = this.isSubmitted || this.isContinued || this.id !== null || this.#touched.includes(path);
    return isTold ? own : own.filter(({ severity }) => severity === 'warning');
  }

  touch(path: string): void {
    if (!this.#touched.includes(path)) this.#touched = [...this.#touched, path];
  }

  /** Writes fields of the form; a new sighting's id follows its title until somebody writes one. */
  write(changes: Partial<SightingForm>): void {
    if (changes.id !== undefined) this.#isIdOwn = changes.id !== '';
    const form = { ...this.form, ...changes };
    const follows = !this.#isIdOwn && changes.title !== undefined;
    this.form = follows ? { ...form, id: this.#proposed(form.title) } : form;
    this.#changed();
  }

  moveTo(layer: string): void {
    this.layer = layer;
    this.#changed();
  }

  writeSource(key: number, changes: Partial<SightingForm['sources'][number]>): void {
    this.write({ sources: withItem(this.form.sources, key, changes) });
  }

  /** Adds an empty source. @returns its key */
  addSource(): number {
    const key = this.#nextKey++;
    this.write({ sources: [...this.form.sources, sourceForm(key)] });
    return key;
  }

  removeSource(key: number): void {
    this.write({ sources: this.form.sources.filter((source) => source.key !== key) });
  }

  /** Moves a source up (-1) or down (1). */
  moveSource(key: number, step: -1 | 1): void {
    this.write({ sources: withMovedItem(this.form.sources, key, step) });
  }

  writeDistance(key: number, changes: Partial<SightingForm['reportedDistances'][number]>): void {
    this.write({ reportedDistances: withItem(this.form.reportedDistances, key, changes) });
  }

  addDistance(): void {
    const { sources } = this.form;
    const added = { ...distanceForm(this.#nextKey++, sources), qualifier: 'about', source: sources[0]?.key };
    this.write({ reportedDistances: [...this.form.reportedDistances, added] });
  }

  removeDistance(key: number): void {
    this.write({ reportedDistances: this.form.reportedDistances.filter((one) => one.key !== key) });
  }

  /** Checks what is written, now. */
  check(): void {
    clearTimeout(this.#checkTimer);
    this.issues = this.workspace.check(this.layer, this.feature, this.id);
  }

  /** Takes over what became of the sighting elsewhere, field by field; what was written here as well is asked. */
  meetTheirs(): void {
    const { theirs } = this;
    if (this.id === null || theirs === null || theirs === this.#before) return;
    if (!this.isChanged) {
      this.#before = theirs;
      this.#start(parsed(theirs));
      return this.check();
    }
    const { conflicts, takenOver, feature } = mergeTheirs(parsed(this.#before), parsed(theirs), this.feature);
    this.conflicts = conflicts;
    this.takenOver = [...this.takenOver, ...takenOver.filter((name) => !this.takenOver.includes(name))];
    this.#start(feature);
    if (conflicts.length === 0) this.#before = theirs;
    this.#changed();
  }

  /** Settles a field that was changed here and elsewhere. */
  settle(name: FieldName, whose: 'mine' | 'theirs'): void {
    if (whose === 'theirs') this.#start(withFieldOf(this.feature, parsed(this.theirs), name));
    this.conflicts = this.conflicts.filter((conflict) => conflict.name !== name);
    if (this.conflicts.length === 0) this.#before = this.theirs;
    this.#changed();
  }

  /** Saves what is written; nothing happens while it has errors. Throws when it does not fit any more. */
  save(): 'saved' | 'unchanged' | 'wrong' {
    this.isSubmitted = true;
    this.check();
    if (this.errors.length > 0) {
      this.keep();
      return 'wrong';
    }
    const { feature, theirs, layer } = this;
    if (theirs !== null && isSame(feature, parsed(theirs))) {
      this.discard();
      return 'unchanged';
    }
    const replaces = theirs === null ? null : this.id;
    this.renamedIn = this.workspace.put(layer, feature as Sighting, { replaces }).length;
    this.discard();
    return 'saved';
  }

  /** Removes the sighting that is corrected, unless others name it. @returns whether it is removed */
  remove(): boolean {
    this.namedBy = this.id === null ? [] : this.workspace.remove(this.layer, this.id);
    if (this.namedBy.length > 0) return false;
    this.discard();
    return true;
  }

  /** Forgets what was written, and its draft. */
  discard(): void {
    this.draft.drop();
    this.#isDone = true;
    this.end();
  }

  /** Begins again with the sighting as it is, without the draft. @returns the keys of what is discarded */
  startAnew(): string[] {
    this.keep(); // the last words, too, come back when it is undone
    const discarded = this.draft.discard();
    this.#before = this.theirs;
    this.conflicts = [];
    this.takenOver = [];
    this.isContinued = this.isSubmitted = false;
    this.#touched = [];
    this.#isIdOwn = this.id !== null;
    this.#start(parsed(this.#before));
    this.check();
    return discarded;
  }

  /** Keeps what is written as a draft, now. @returns whether there is one */
  keep(): boolean {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
    if (this.#isDone) return false;
    if (!this.isChanged) {
      this.draft.drop();
      return false;
    }
    this.draft.keep({ layer: this.layer, id: this.id, before: this.#before, feature: this.feature });
    return true;
  }

  /** Ends the writing, with a draft of what is not saved. @returns whether there is one */
  end(): boolean {
    const isKept = this.keep();
    this.#isDone = true;
    clearTimeout(this.#checkTimer);
    return isKept;
  }

  #proposed(title: string): string {
    const { workspace, layer } = this;
    return proposeId(title, (id) => workspace.textOf(layer, id) !== null || this.isTakenElsewhere(id));
  }

  #start(feature: unknown): void {
    this.#base = feature;
    this.form = formOf(feature);
    const keys = [...this.form.sources, ...this.form.reportedDistances].map(({ key }) => key);
    this.#nextKey = Math.max(-1, ...keys) + 1;
  }

  #changed(): void {
    if (this.#isDone) return; // what another tab does reaches a form that is just going
    clearTimeout(this.#checkTimer);
    this.#keepTimer ??= setTimeout(() => this.keep(), KEEP_MS);
    this.#checkTimer = setTimeout(() => this.check(), CHECK_MS);
  }
}
