import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { runAndCleanUp } from '../bench/cleanup';
import { type Bar, reportOf } from './bar';
import { type Part, readOptions } from './options';
import { TORMENTS } from './parts';

/** Those that need the built page. */
const IN_APP: readonly Part[] = ['strings', 'kills', 'tabs', 'bad', 'keyboard', 'suite'];

await runAndCleanUp(async () => {
  const options = readOptions();
  const command = ['npm run torture --', ...process.argv.slice(2)].join(' ');
  if (options.parts.some((part) => IN_APP.includes(part))) {
    const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
    await build({ configFile, logLevel: 'error' });
  }

  const bars: Bar[] = [];
  for (const part of options.parts) {
    const begin = Date.now();
    const log = (line: string) => console.log(`${part}: ${line}`);
    const bar = await TORMENTS[part](options, log).catch((error: unknown) => ({
      what: part,
      promise: 'comes to its end',
      reached: 'broke off',
      isMet: false,
      faults: [String(error)],
    }));
    bars.push({ ...bar, seconds: (Date.now() - begin) / 1000 });
  }
  const report = reportOf(bars, command);
  console.log(`\n${report}`);
  if (options.report !== undefined) writeFileSync(options.report, report);
  if (!bars.every(({ isMet }) => isMet)) process.exitCode = 1;
});
