import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './fixtures';

export interface CommandRun {
  exit: number;
  out: string;
  err: string;
}

/** Runs the command line as its users do. */
export function sightings(args: readonly string[], input: string | Uint8Array = ''): Promise<CommandRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(ROOT, 'node_modules/.bin/tsx'), ['src/cli.ts', ...args], { cwd: ROOT });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (exit) =>
      resolve({ exit: exit ?? -1, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
    child.stdin.on('error', () => undefined); // it may not want to read
    child.stdin.end(input);
  });
}
