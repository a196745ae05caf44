import { DISTANCE_FORMATS, distances } from './cli/distances';
import { CommandFault, EXIT } from './cli/exit-status';
import { messageOf } from './cli/fault-text';
import { print } from './cli/files';
import { INPUT_OPTIONS, inputOptions } from './cli/input-options';
import { type OptionName, type OptionValues, oneOfOption, parseOptions, tokensOf } from './cli/options';
import { PREFERENCES } from './cli/preferences';
import { type CommandName, USAGE, misuse } from './cli/usage';
import { validate } from './cli/validate';
import { EARTH_MODELS } from './domain/geodesic';

interface Command {
  /** what its files are, as its usage calls them; of the last one more can be given where it ends in dots */
  files: readonly string[];
  options: readonly OptionName[];
  /** does it, with as many files as it wants */
  run: (files: readonly [string, ...string[]], values: OptionValues) => Promise<number>;
}

const COMMANDS: Readonly<Record<CommandName, Command>> = {
  validate: {
    files: ['FILE...'],
    options: ['json', 'from', ...INPUT_OPTIONS],
    run: (files, values) => validate(files, { asJson: values.json ?? false, input: inputOptions(values) }),
  },
  convert: {
    files: ['IN', 'OUT'],
    options: ['from', ...INPUT_OPTIONS, 'to-format', 'one-line', 'report', 'force'],
    run: async ([input, output = ''], values) => {
      const { 'to-format': to, 'one-line': isOneLine = false, report, force = false } = values;
      const { convert } = await import('./cli/convert');
      return await convert(input, output, { input: inputOptions(values), to, isOneLine, report, force });
    },
  },
  merge: {
    files: ['OURS', 'THEIRS'],
    options: ['output', 'prefer', ...INPUT_OPTIONS, 'to-format', 'force'],
    run: async ([ours, theirs = ''], values) => {
      const { output, prefer: asked, 'to-format': to, force = false } = values;
      if (output === undefined) throw misuse('merge', 'merge wants -o OUT, the file to write.');
      const prefer = asked === undefined ? asked : oneOfOption('prefer', asked, PREFERENCES);
      const { merge } = await import('./cli/merge');
      return await merge(ours, theirs, { output, prefer, to, input: inputOptions(values), force });
    },
  },
  tiles: {
    files: ['IN', 'OUT.pmtiles'],
    options: ['force'],
    run: async ([input, output = ''], { force = false }) => {
      const { tiles } = await import('./cli/tiles');
      return await tiles(input, output, force);
    },
  },
  distances: {
    files: ['FILE'],
    options: ['to', 'model', 'format'],
    run: ([file], { to, model = 'sphere', format = 'table' }) =>
      distances(
        file,
        to,
        oneOfOption('model', model, EARTH_MODELS),
        oneOfOption('format', format, DISTANCE_FORMATS),
      ),
  },
};

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** @throws CommandFault when they are too few or too many */
function checkFiles(name: CommandName, given: readonly string[]): asserts given is [string, ...string[]] {
  const wanted = COMMANDS[name].files;
  if (given.includes('')) throw misuse(name, 'The name of a file is empty.');
  const isEnough = given.length >= wanted.length;
  if (isEnough && (given.length === wanted.length || wanted.at(-1)?.endsWith('...'))) return;
  const list = wanted.join(' and ').replace('FILE...', 'at least one FILE');
  const was = given.length === 0 ? 'no file was given' : `given was ${given.join(', ')}`;
  throw misuse(name, `${name} wants ${list}; ${was}.`);
}

/** Does what a command line asks for. */
async function run(argv: string[]): Promise<number> {
  const tokens = tokensOf(argv);
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help')) {
    await print([USAGE]);
    return EXIT.valid;
  }
  const [name = ''] = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  if (!isCommand(name)) {
    const list = Object.keys(COMMANDS).join(', ');
    throw misuse(undefined, `${name === '' ? 'Say what to do' : `There is no command "${name}"`}: ${list}.`);
  }
  const command = COMMANDS[name];
  const { files, values } = parseOptions(argv, name, command.options);
  checkFiles(name, files);
  return await command.run(files, values);
}

async function main(argv: string[]): Promise<number> {
  // Who reads what is said here may have enough of it.
  process.stderr.on('error', () => undefined);
  try {
    return await run(argv);
  } catch (error) {
    console.error(error instanceof CommandFault ? error.message : messageOf(error));
    return EXIT.unreadable;
  }
}

process.exitCode = await main(process.argv.slice(2));
