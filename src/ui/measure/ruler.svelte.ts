import type { Reading, Vertex } from '../../domain/measurement';
import type { Target } from '../../domain/query';
import type { Path } from '../../io/place-params';
import type { Places } from '../places.svelte';

const NO_PATH: Path = { vertices: [], isClosed: false };

/** A vertex, and what it stands on. */
export interface RulerVertex extends Vertex {
  target: Target;
}

/** What is measured: a path of vertices, each change of which can be undone. */
export class Ruler {
  path = $state.raw<Path>(NO_PATH);
  /** what the reader calls it */
  name = $state('');
  /** whether the next click or tap on the map is a vertex */
  isAdding = $state(false);
  /** why nothing can be measured, '' when it can */
  failure = $state('');

  #past = $state.raw<readonly Path[]>([]);
  #future = $state.raw<readonly Path[]>([]);
  /** the path before the drag that is going on */
  #beforeDrag = $state.raw<Path>();
  /** loaded with the first measurement: the first screen does not need it */
  #measuring = $state.raw<typeof import('../../domain/measurement')>();

  readonly canUndo = $derived(this.#past.length > 0);
  readonly canRedo = $derived(this.#future.length > 0);
  readonly vertices: readonly RulerVertex[] = $derived.by(() =>
    this.path.vertices.flatMap((target) => {
      const found = this.places.find(target);
      return found?.place ? [{ target, name: found.shortName, place: found.place }] : [];
    }),
  );
  /** what is measured, once that can be */
  readonly reading: Reading | undefined = $derived.by(() =>
    this.#measuring?.readMeasurement(this.vertices, this.path.isClosed),
  );

  constructor(private readonly places: Places) {}

  /** the path without what a hand is just doing to it */
  get settledPath(): Path {
    return this.#beforeDrag ?? this.path;
  }

  get isEmpty(): boolean {
    return this.path.vertices.length === 0;
  }

  /** Gets ready to measure. */
  async prepare(): Promise<void> {
    if (this.#measuring) return;
    try {
      this.#measuring = await import('../../domain/measurement');
      this.failure = '';
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.failure = `The part of the app that measures cannot be loaded: ${reason}. Reload the page to try again.`;
    }
  }

  /** Takes over what an address says; there is nothing to undo then. */
  follow(path: Path | undefined, name: string): void {
    this.name = name;
    // The address that a change itself has led to is no other measurement.
    if (JSON.stringify(path ?? NO_PATH) === JSON.stringify(this.path)) return;
    this.path = path ?? NO_PATH;
    this.#past = [];
    this.#future = [];
    if (path) void this.prepare();
  }

  /**
   * Takes the next vertex. What is meant by a click on a vertex: the first one again closes the shape, the last one
   * again ends it.
   */
  add(target: Target): void {
    const { vertices } = this.path;
    const key = JSON.stringify(target);
    if (vertices.length > 2 && key === JSON.stringify(vertices[0])) this.setClosed(true);
    else if (key === JSON.stringify(vertices.at(-1))) this.isAdding = false;
    else this.#change({ vertices: [...vertices, target], isClosed: false });
  }

  /** Puts a vertex before another one. */
  insert(index: number, target: Target): void {
    const vertices = this.path.vertices.toSpliced(index, 0, target);
    this.#change({ ...this.path, vertices });
  }

  /** Puts a vertex elsewhere. */
  move(index: number, target: Target): void {
    this.#change({ ...this.path, vertices: this.path.vertices.with(index, target) });
  }

  remove(index: number): void {
    const vertices = this.path.vertices.toSpliced(index, 1);
    this.#change({ vertices, isClosed: this.path.isClosed && vertices.length > 2 });
  }

  /** Joins the last vertex to the first, or parts them. */
  setClosed(isClosed: boolean): void {
    this.isAdding = false;
    if (isClosed !== this.path.isClosed) this.#change({ ...this.path, isClosed });
  }

  clear(): void {
    this.name = '';
    this.#change(NO_PATH);
  }

  /** Shows a path while a hand is on it; only where it ends is a change. */
  drag(path: Path): void {
    this.#beforeDrag ??= this.path;
    this.path = path;
  }

  /** Ends a drag: with the path that it led to, or as it was before. */
  drop(path?: Path): void {
    const before = this.#beforeDrag;
    this.#beforeDrag = undefined;
    if (before) this.path = before;
    if (path) this.#change(path);
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#future = [...this.#future, this.path];
    this.#past = this.#past.slice(0, -1);
    this.path = before;
  }

  redo(): void {
    const after = this.#future.at(-1);
    if (after === undefined) return;
    this.#past = [...this.#past, this.path];
    this.#future = this.#future.slice(0, -1);
    this.path = after;
  }

  /** Lets go of vertices on what is not in the data, and names them. */
  dropUnknown(): string[] {
    const isKnown = (target: Target) => this.places.find(target)?.place !== undefined;
    const lost = this.path.vertices.filter((target) => !isKnown(target));
    if (lost.length > 0) {
      const vertices = this.path.vertices.filter(isKnown);
      this.path = { vertices, isClosed: this.path.isClosed && vertices.length > 2 };
    }
    return lost.map((target) => `measure=${typeof target === 'string' ? target : ''}`);
  }

  #change(path: Path): void {
    this.#past = [...this.#past, this.path];
    this.#future = [];
    this.path = path;
    void this.prepare();
  }
}
