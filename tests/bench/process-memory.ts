import { readFileSync } from 'node:fs';

/** How often the memory is looked at, in milliseconds. */
const SAMPLE_MS = 200;

/** Peaks, in bytes. Pages of files, such as the browser's own code, do not count. */
export interface MemoryPeak {
  /** of the processes that have pages in them, with their workers */
  renderers: number;
  /** of all processes of the browser */
  browser: number;
}

/** What the kernel tells of a process, '' when it has ended meanwhile. */
function tell(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
      return '';
    throw error;
  }
}

function childrenOf(pid: number): number[] {
  const own = tell(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return own.flatMap((child) => [child, ...childrenOf(child)]);
}

/** Memory of a process that is no file's, in bytes. */
function bytesOf(pid: number): number {
  const status = tell(pid, 'status');
  const kilobytes = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return 1024 * (kilobytes('RssAnon') + kilobytes('RssShmem'));
}

/**
 * Watches the memory of the browser that this process has started, which has to be the only one.
 * @throws Error where the system has no /proc
 */
export function watchMemory(): { peak: MemoryPeak; stop: () => void } {
  if (process.platform !== 'linux') throw new Error('Memory is read from /proc, which only Linux has.');
  const peak: MemoryPeak = { renderers: 0, browser: 0 };
  const look = () => {
    let [renderers, browser] = [0, 0];
    for (const pid of childrenOf(process.pid)) {
      const bytes = bytesOf(pid);
      browser += bytes;
      if (tell(pid, 'cmdline').includes('--type=renderer')) renderers += bytes;
    }
    peak.renderers = Math.max(peak.renderers, renderers);
    peak.browser = Math.max(peak.browser, browser);
  };
  const timer = setInterval(look, SAMPLE_MS);
  return {
    peak,
    stop: () => {
      clearInterval(timer);
      look();
    },
  };
}
