import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Silence } from '../../src/io/silence';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function watched(mostMs = 5000) {
  const said = vi.fn();
  return { silence: new Silence(mostMs, said), said };
}

test('what says nothing for too long is told of, once', () => {
  const { silence, said } = watched();
  silence.begin();
  vi.advanceTimersByTime(4900);
  expect(said).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(said).toHaveBeenCalledTimes(1);
});

test('each word begins the wait anew, and an end ends it', () => {
  const { silence, said } = watched();
  silence.begin();
  for (let i = 0; i < 10; i++) {
    vi.advanceTimersByTime(4000);
    silence.begin();
  }
  expect(said).not.toHaveBeenCalled();
  silence.end();
  vi.advanceTimersByTime(60_000);
  expect(said).not.toHaveBeenCalled();
  silence.begin();
  vi.advanceTimersByTime(5000);
  expect(said).toHaveBeenCalledTimes(1);
});

test('a page that slept has not waited', () => {
  const { silence, said } = watched();
  silence.begin();
  vi.setSystemTime(Date.now() + 3_600_000); // the clock went on, the page did not
  vi.advanceTimersByTime(1000);
  expect(said).not.toHaveBeenCalled();
});
