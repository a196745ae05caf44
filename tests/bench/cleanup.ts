type Undo = () => void | Promise<void>;

const pending: Undo[] = [];

/** Has something ended or removed at the end of the run, however it ends. Returns a function that does so at once. */
export function atEnd(undo: Undo): () => Promise<void> {
  pending.push(undo);
  return async () => {
    const at = pending.indexOf(undo);
    if (at < 0) return;
    pending.splice(at, 1);
    await undo();
  };
}

/** Ends and removes all that is left, the latest first; one that fails does not keep the others. */
async function cleanUp(): Promise<void> {
  for (let undo = pending.pop(); undo; undo = pending.pop()) {
    try {
      await undo();
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    }
  }
}

/** Runs a benchmark and cleans up after it; with exit status 1 when it fails, and 130 after Ctrl-C. */
export async function runAndCleanUp(run: () => Promise<void>): Promise<void> {
  let isStopped = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopped) return; // Ctrl-C comes twice: from the terminal, and handed on by what started this
      isStopped = true;
      console.error(`\nStopped by ${signal}.`);
      void cleanUp().finally(() => process.exit(130));
    });
  }
  try {
    await run();
  } catch (error) {
    if (!isStopped) console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    await cleanUp();
  }
}
