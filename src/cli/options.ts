import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CommandFault } from './exit-status';
import { type CommandName, misuse } from './usage';

/** All options of all commands. */
const OPTIONS = {
  json: { type: 'boolean' },
  to: { type: 'string' },
  model: { type: 'string' },
  format: { type: 'string' },
  map: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true },
  'swap-axes': { type: 'boolean' },
  exchange: { type: 'string', multiple: true },
  dates: { type: 'string' },
  from: { type: 'string' },
  'to-format': { type: 'string' },
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  sheet: { type: 'string' },
  'header-row': { type: 'string' },
  'one-line': { type: 'boolean' },
  report: { type: 'string' },
  output: { type: 'string', short: 'o' },
  prefer: { type: 'string' },
  force: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

export type OptionName = keyof typeof OPTIONS;
export type OptionValues = ReturnType<typeof parse>['values'];

/** A command line as it was written. */
export type Token = ReturnType<typeof tokensOf>[number];

function parse(argv: string[]) {
  return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
}

/** The parts of a command line, whatever they are. */
export function tokensOf(argv: string[]) {
  return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true, strict: false, tokens: true })
    .tokens;
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

/** What is wrong with one option; `undefined` when nothing is. */
function faultOf(
  token: Token & { kind: 'option' },
  command: CommandName,
  own: readonly OptionName[],
): string | undefined {
  const { name, rawName, value, inlineValue } = token;
  if (!isOption(name) || !own.includes(name)) return `${command} has no option ${rawName}.`;
  if (OPTIONS[name].type === 'boolean')
    return inlineValue === true ? `${rawName} takes no value: leave out "=${value}".` : undefined;
  if (value === undefined) return `${rawName} wants a value behind it.`;
  // A word that begins so is an option that was meant, rather than a value.
  const isDashed = value.length > 1 && value.startsWith('-');
  return isDashed && inlineValue !== true
    ? `${rawName} wants a value, and "${value}" looks like an option: if it is the value, write --${name}=${value}.`
    : undefined;
}

/**
 * The files and the values of the options of a command.
 * @param own the options that it has
 * @throws CommandFault that names the option that it has not, or that lacks its value
 */
export function parseOptions(
  argv: string[],
  command: CommandName,
  own: readonly OptionName[],
): { files: string[]; values: OptionValues } {
  for (const token of tokensOf(argv)) {
    const fault = token.kind === 'option' ? faultOf(token, command, own) : undefined;
    if (fault !== undefined) throw misuse(command, fault);
  }
  const { positionals, values } = parse(argv);
  return { files: positionals.slice(1), values };
}

/** @throws CommandFault that names the values that an option can have */
export function oneOfOption<T extends string>(
  option: string,
  value: string,
  known: Readonly<Record<T, unknown>>,
): T {
  if (Object.hasOwn(known, value)) return value as T;
  throw new CommandFault(`--${option} cannot be "${value}": choose one of ${Object.keys(known).join(', ')}.`);
}
