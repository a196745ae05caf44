import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressLine } from '../../src/cli/progress-line';

let written = '';
const wasTerminal = process.stderr.isTTY;

beforeEach(() => {
  written = '';
  vi.useFakeTimers();
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
});

afterEach(() => {
  process.stderr.isTTY = wasTerminal;
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function work(): void {
  const line = new ProgressLine('sightings.pmtiles');
  line.tell(0.1);
  vi.advanceTimersByTime(1001);
  for (const done of [0.205, 0.206, 0.99]) line.tell(done);
  line.end();
}

test('a terminal is told of what takes over a second, each percent once, and the line is taken away', () => {
  process.stderr.isTTY = true;
  work();
  expect(written).toBe('\rsightings.pmtiles: 20 %\x1b[K\rsightings.pmtiles: 99 %\x1b[K\r\x1b[K');
});

test('what is no terminal is told nothing', () => {
  process.stderr.isTTY = false;
  work();
  expect(written).toBe('');
});
