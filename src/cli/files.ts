import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { CommandFault } from './exit-status';
import { messageOf } from './fault-text';

/** What stands for standard input and output in the place of a file. */
export const STANDARD = '-';

let standardInput: Promise<Uint8Array> | undefined;

/** The bytes of a file, or of standard input, which are the same however often they are asked for. */
export async function readBytes(file: string): Promise<Uint8Array> {
  if (file !== STANDARD) return await readFile(file);
  standardInput ??= buffer(process.stdin).then((bytes) => new Uint8Array(bytes));
  return await standardInput;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** Whether who reads the output has enough of it, as `head` after some lines. */
let isEnough = false;

/**
 * Writes to where the output goes, as fast as that takes it.
 * @throws CommandFault when it cannot be written
 */
export async function print(chunks: Iterable<string | Uint8Array>): Promise<void> {
  if (isEnough) return;
  try {
    await pipeline(Readable.from(chunks), process.stdout, { end: false });
  } catch (error) {
    isEnough = hasCode(error, 'EPIPE');
    if (!isEnough) throw new CommandFault(`standard output: cannot be written: ${messageOf(error)}`);
  }
}

/** @throws CommandFault when the system does not tell */
async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new CommandFault(`${path}: cannot be used: ${messageOf(error)}`);
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
  if (there === undefined) {
    const folder = dirname(path);
    if ((await statOf(folder)) !== undefined) return;
    throw new CommandFault(`${path}: cannot be written: there is no folder "${folder}": make it first.`);
  }
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
