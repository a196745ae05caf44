import { type ParseArgsConfig, parseArgs } from 'node:util';
import { DISTANCE_FORMATS, distances } from './cli/distances';
import { CommandFault, EXIT } from './cli/exit-status';
import { messageOf } from './cli/issue-lines';
import { PREFERENCES } from './cli/preferences';
import { USAGE } from './cli/usage';
import { validate } from './cli/validate';
import { EARTH_MODELS } from './domain/geodesic';
import { FORMATS } from './io/formats';

const OPTIONS = {
  json: { type: 'boolean' },
  to: { type: 'string' },
  model: { type: 'string' },
  format: { type: 'string' },
  map: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true },
  'swap-axes': { type: 'boolean' },
  dates: { type: 'string' },
  from: { type: 'string' },
  'to-format': { type: 'string' },
  report: { type: 'string' },
  output: { type: 'string', short: 'o' },
  prefer: { type: 'string' },
  force: { type: 'boolean' },
  help: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof parse>['values'];

function parse(argv: string[]) {
  return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
}

/** @throws Error that names the values that an option can have */
function oneOfOption<T extends string>(
  option: string,
  value: string,
  known: Readonly<Record<T, unknown>>,
): T {
  if (Object.hasOwn(known, value)) return value as T;
  throw new Error(`--${option} cannot be "${value}": choose one of ${Object.keys(known).join(', ')}.`);
}

/** The commands: what they take beside files, and how they are run; `undefined` when the files are not those they want. */
const COMMANDS: Readonly<
  Record<
    string,
    {
      options: readonly (keyof Values)[];
      run: (files: string[], values: Values) => Promise<number | undefined> | undefined;
    }
  >
> = {
  validate: {
    options: ['json'],
    run: (files, { json = false }) => (files.length > 0 ? validate(files, json) : undefined),
  },
  convert: {
    options: ['map', 'set', 'swap-axes', 'dates', 'from', 'to-format', 'report', 'force'],
    run: async ([input, output, ...others], values) => {
      if (input === undefined || output === undefined || others.length > 0) return undefined;
      const {
        map = [],
        set = [],
        'swap-axes': swapAxes = false,
        dates,
        from,
        report,
        force = false,
      } = values;
      const order =
        dates === undefined
          ? undefined
          : oneOfOption('dates', dates, { 'day-first': true, 'month-first': true });
      const isGiven = map.length > 0 || set.length > 0 || swapAxes;
      const { convert } = await import('./cli/convert');
      return await convert(input, output, {
        from: from === undefined ? undefined : oneOfOption('from', from, FORMATS),
        to: values['to-format'],
        mapping: {
          map,
          set,
          swapAxes,
          dayFirst: order === undefined ? order : order === 'day-first',
          isGiven,
        },
        report,
        force,
      });
    },
  },
  merge: {
    options: ['output', 'prefer', 'to-format', 'force'],
    run: async ([ours, theirs, ...others], { output, prefer, 'to-format': to, force = false }) => {
      if (ours === undefined || theirs === undefined || others.length > 0 || output === undefined)
        return undefined;
      const preference = prefer === undefined ? prefer : oneOfOption('prefer', prefer, PREFERENCES);
      const { merge } = await import('./cli/merge');
      return await merge(ours, theirs, { output, prefer: preference, to, force });
    },
  },
  distances: {
    options: ['to', 'model', 'format'],
    run: ([file, ...others], { to, model = 'sphere', format = 'table' }) =>
      file === undefined || others.length > 0
        ? undefined
        : distances(
            file,
            to,
            oneOfOption('model', model, EARTH_MODELS),
            oneOfOption('format', format, DISTANCE_FORMATS),
          ),
  },
};

/** Does what a command line asks for; `undefined` when it cannot be told. */
async function run(argv: string[]): Promise<number | undefined> {
  const { values, positionals } = parse(argv);
  if (values.help) {
    console.log(USAGE);
    return EXIT.valid;
  }
  const [name = '', ...files] = positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const isItsOwn = (option: string) => command?.options.some((known) => known === option);
  if (command === undefined || !Object.keys(values).every(isItsOwn)) return undefined;
  return await command.run(files, values);
}

async function main(argv: string[]): Promise<number> {
  try {
    const exit = await run(argv);
    if (exit !== undefined) return exit;
    console.error(USAGE);
  } catch (error) {
    if (error instanceof CommandFault) console.error(error.message);
    else console.error(`${messageOf(error)}\n\n${USAGE}`);
  }
  return EXIT.unreadable;
}

process.exitCode = await main(process.argv.slice(2));
