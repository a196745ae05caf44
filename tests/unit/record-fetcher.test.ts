import { describe, expect, test } from 'vitest';
import { RecordFetcher } from '../../src/ui/published/record-fetcher.svelte';

/** A promise, and what settles it. */
function later<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

describe('a fetcher of records', () => {
  test('says what it does until that is there', async () => {
    const fetcher = new RecordFetcher();
    const { promise, resolve } = later<string>();
    const taken: string[] = [];
    const done = fetcher.fetch(
      'Fetching…',
      () => promise,
      (text) => taken.push(text),
    );
    expect(fetcher.current).toMatchObject({ said: 'Fetching…', failure: '' });
    resolve('a record');
    await done;
    expect(taken).toEqual(['a record']);
    expect(fetcher.current).toBeUndefined();
  });

  test('says why it failed, and does it again when it is told to', async () => {
    const fetcher = new RecordFetcher();
    const taken: string[] = [];
    let isThere = false;
    const load = () =>
      isThere ? Promise.resolve('a record') : Promise.reject(new Error('It is not there.'));
    await fetcher.fetch('Fetching…', load, (text) => taken.push(text));
    expect(fetcher.current?.failure).toBe('It is not there.');
    isThere = true;
    fetcher.current?.again();
    await Promise.resolve();
    await Promise.resolve();
    expect(taken).toEqual(['a record']);
  });

  test('tells of what cannot be taken, too', async () => {
    const fetcher = new RecordFetcher();
    await fetcher.fetch(
      'Fetching…',
      () => Promise.resolve(0),
      () => {
        throw new Error('It is no sighting.');
      },
    );
    expect(fetcher.current?.failure).toBe('It is no sighting.');
  });

  test('calls off what was asked for before, and takes nothing of it', async () => {
    const fetcher = new RecordFetcher();
    const first = later<string>();
    const taken: string[] = [];
    const signals: AbortSignal[] = [];
    const fetching = fetcher.fetch(
      'first',
      (signal) => {
        signals.push(signal);
        return first.promise;
      },
      (text) => taken.push(text),
    );
    await fetcher.fetch(
      'second',
      () => Promise.resolve('second'),
      (text) => taken.push(text),
    );
    first.resolve('first');
    await fetching;
    expect(signals[0]?.aborted).toBe(true);
    expect(taken).toEqual(['second']);
    expect(fetcher.current).toBeUndefined();
  });
});
