/** What the storage of a browser may do instead of what it is asked. */
export type StorageFault =
  /** it throws, for a reason of its own */
  | 'throws'
  /** it breaks off, as when the browser's storage is cleared */
  | 'aborts'
  /** it is full: half of it is written, or none */
  | 'full'
  /** it never answers */
  | 'hangs'
  /** it gives back, or writes, other bytes than it should */
  | 'differs';

export const STORAGE_FAULTS = ['throws', 'aborts', 'full', 'hangs', 'differs'] as const;

export interface FaultPlan {
  fault: StorageFault;
  /** the call that goes wrong, counted from 1 */
  nth: number;
  /** whether every nth call does, not only the first */
  isRepeated: boolean;
}

/** The same call goes wrong once for the opening of a journal and for each entry that is appended to it. */
export interface FaultPerEntry {
  fault: StorageFault;
  /** the call that goes wrong, counted from 1 when the opening begins, and anew when an entry is appended first */
  nth: number;
  /** the first so many of these are spared, since the fault of them has ended the worker before this one */
  spared: number;
}

/** Where a worker tells of which work something went wrong, by its key. */
export const FAULTS_CHANNEL = 'storage-faults';

/**
 * Runs in a worker, before it is asked anything: breaks the calls of its private file system that are to be broken.
 * Self-contained, since its text is put before the script of the worker.
 */
export function breakStorage(plan: FaultPlan | FaultPerEntry): void {
  const { fault, nth } = plan;
  let calls = 0;
  let begun = 0;
  let isArmed = false;
  let key: unknown;
  if ('spared' in plan) {
    let last = '';
    addEventListener('message', ({ data }: MessageEvent<{ kind: string; told: readonly unknown[] }>) => {
      const text = data.kind === 'append' ? JSON.stringify(data.told[2]) : data.kind;
      if (text === last) return; // it is tried again
      last = text;
      [key] = data.told;
      calls = 0;
      isArmed = begun++ >= plan.spared;
    });
  }
  const news = new BroadcastChannel('storage-faults');
  const isBroken = () => {
    calls++;
    if ('isRepeated' in plan) return plan.isRepeated ? calls % nth === 0 : calls === nth;
    if (!isArmed || calls !== nth) return false;
    isArmed = false;
    news.postMessage(key);
    return true;
  };
  const error = () =>
    fault === 'full'
      ? new DOMException('No room, on purpose.', 'QuotaExceededError')
      : fault === 'aborts'
        ? new DOMException('Broken off, on purpose.', 'AbortError')
        : new DOMException('Broken, on purpose.', 'InvalidStateError');
  type Call = (this: unknown, ...told: unknown[]) => unknown;

  function breakCall(owner: object, name: string, isAsync: boolean): void {
    const target = owner as Record<string, Call>;
    const original = target[name];
    if (original === undefined) throw new Error(`There is no call ${name} to break.`);
    target[name] = function (this: unknown, ...told: unknown[]) {
      if (!isBroken()) return original.apply(this, told);
      if (fault === 'hangs') {
        if (isAsync) return new Promise(() => undefined);
        // Until the worker is given up, without taking the processor from others.
        const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
        Atomics.wait(new Int32Array(buffer), 0, 0);
      }
      const [bytes, options] = told as [Uint8Array | undefined, { at: number } | undefined];
      if (fault === 'differs' && bytes instanceof Uint8Array) {
        if (name === 'write') {
          const other = bytes.slice();
          other[other.length >> 1] = (other[other.length >> 1] ?? 0) ^ 1;
          return original.apply(this, [other, options]);
        }
        const length = original.apply(this, told);
        if (bytes.length > 0) bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
        return length;
      }
      if (fault === 'differs') return original.apply(this, told); // there is nothing that could differ
      if (fault === 'full' && name === 'write' && bytes instanceof Uint8Array) {
        original.apply(this, [bytes.subarray(0, bytes.length >> 1), options]);
        return 4_294_967_288; // what Chromium 156 returns on a full disk
      }
      if (isAsync) return Promise.reject(error());
      throw error();
    };
  }

  const scope = self as unknown as Record<string, { prototype: object } | undefined>;
  const prototypeOf = (name: string): object => {
    const owner = scope[name];
    if (!owner) throw new Error(`There is no ${name} to break.`);
    return owner.prototype;
  };
  breakCall(Object.getPrototypeOf(navigator.storage) as object, 'getDirectory', true);
  for (const name of ['getDirectoryHandle', 'getFileHandle'])
    breakCall(prototypeOf('FileSystemDirectoryHandle'), name, true);
  breakCall(prototypeOf('FileSystemFileHandle'), 'createSyncAccessHandle', true);
  for (const name of ['read', 'write', 'flush', 'getSize', 'truncate', 'close'])
    breakCall(prototypeOf('FileSystemSyncAccessHandle'), name, false);
}
