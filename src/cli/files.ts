import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { CommandFault } from './exit-status';
import { messageOf } from './issue-lines';

/** What stands for standard input and output in the place of a file. */
export const STANDARD = '-';

/** The bytes of a file, or of standard input. */
export async function readBytes(file: string): Promise<Uint8Array> {
  return file === STANDARD ? new Uint8Array(await buffer(process.stdin)) : await readFile(file);
}

/** Writes to where the output goes, as fast as that takes it. */
export async function print(chunks: Iterable<string | Uint8Array>): Promise<void> {
  try {
    await pipeline(Readable.from(chunks), process.stdout, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error; // who reads has enough
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Makes sure that a file can be written without harm, before any work is done for it.
 * @param inputs files that are read, which are never written to
 * @param force whether another file that is there may be replaced
 * @throws CommandFault that says why not
 */
export async function checkOutput(
  path: string,
  { inputs, force }: { inputs: readonly string[]; force: boolean },
): Promise<void> {
  if (path === STANDARD) return;
  const there = await statOf(path);
  if (there === undefined) return;
  if (!there.isFile()) throw new CommandFault(`${path}: is no file that can be replaced: name another.`);
  for (const input of inputs) {
    const read = input === STANDARD ? undefined : await statOf(input);
    if (read?.dev === there.dev && read.ino === there.ino)
      throw new CommandFault(`${path}: is the file that is read: name another to write to.`);
  }
  if (!force)
    throw new CommandFault(`${path}: is there already: name another file, or replace it with --force.`);
}

/**
 * Writes a file whole or not at all: to a file beside it, which takes its name when all is written.
 * @throws CommandFault when it cannot be written
 */
export async function writeWhole(path: string, chunks: Iterable<string | Uint8Array>): Promise<void> {
  if (path === STANDARD) return await print(chunks);
  const target = (await statOf(path)) === undefined ? path : await realpath(path); // what a link leads to
  const temporary = `${target}.${randomUUID()}.tmp`;
  const onInterrupt = () => {
    rmSync(temporary, { force: true });
    process.exit(130);
  };
  process.once('SIGINT', onInterrupt);
  try {
    await pipeline(Readable.from(chunks), createWriteStream(temporary, { flags: 'wx', flush: true }));
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new CommandFault(`${path}: cannot be written: ${messageOf(error)}`);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}
