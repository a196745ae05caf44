import { UNIT_SYSTEMS } from '../domain/units';
import { type FacetName, ORIGIN_VALUES, PLACE_VALUES } from '../domain/query';
import { CONFIDENCES, STATUSES } from '../domain/table';
import {
  type Param,
  anyText,
  basemap,
  choice,
  dataAddress,
  days,
  facet,
  flag,
  slug,
  view,
} from './address-params';
import { near, path, report, rings, sort } from './place-params';

/** The measuring tools, in the order in which they are shown. */
export const MEASURING_TOOLS = ['ruler', 'rings', 'reports', 'points'] as const;
export type MeasuringTool = (typeof MEASURING_TOOLS)[number];

/** Every part of the address: its key, its default, how it is read and written. Their order is that of the address. */
export const PARAMS = {
  data: dataAddress,
  q: anyText,
  confidence: facet(CONFIDENCES),
  system: facet(),
  status: facet(STATUSES),
  origins: facet(ORIGIN_VALUES),
  place: facet(PLACE_VALUES),
  publisher: facet(),
  dates: days,
  near,
  inview: flag,
  sort,
  view,
  sighting: slug,
  set: slug,
  tool: choice(MEASURING_TOOLS),
  measure: path,
  measured: anyText,
  rings,
  report,
  units: choice(UNIT_SYSTEMS),
  basemap,
  theme: choice(['light', 'dark']),
  embed: flag,
} satisfies Record<FacetName, Param<ReadonlySet<string> | undefined>> & Record<string, object>;

export type ParamName = keyof typeof PARAMS;

/** What the address holds. */
export type Address = { [K in ParamName]: (typeof PARAMS)[K]['default'] };

const NAMES = Object.keys(PARAMS) as ParamName[];

/** The address of the page as it opens by itself. */
export const DEFAULT_ADDRESS = Object.fromEntries(
  NAMES.map((name) => [name, PARAMS[name].default]),
) as unknown as Address;

/** Reads a query string. What is not understood is left out; `ignored` names it. Foreign keys are not ours. */
export function parseAddress(search: string): { address: Address; ignored: string[] } {
  const params = new URLSearchParams(search);
  const ignored: string[] = [];
  const read = (name: ParamName): unknown => {
    const [text, ...others] = params.getAll(name);
    ignored.push(...others.map((other) => `${name}=${other}`)); // said twice, the first holds
    if (text === undefined) return PARAMS[name].default;
    return PARAMS[name].parse(text, (what) => ignored.push(`${name}=${what}`));
  };
  const address = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as unknown as Address;
  return { address, ignored };
}

/** `key=text` with as few escapes as a query needs: the address is to be read by people. */
function pairOf(name: string, text: string): string {
  if (text === '') return name;
  const readable: Record<string, string> = { '%2C': ',', '%2F': '/', '%3A': ':', '%7E': '~' };
  return new URLSearchParams([[name, text]])
    .toString()
    .replace(/%2C|%2F|%3A|%7E/g, (escape) => readable[escape] ?? escape);
}

/** What each part of an address is written as; parts that are as by default are left out. */
function textsOf(address: Address): Map<ParamName, string> {
  const texts = new Map<ParamName, string>();
  for (const name of NAMES) {
    const { stringify } = PARAMS[name] as Param<unknown>;
    const text = stringify(address[name]);
    if (text !== undefined) texts.set(name, text);
  }
  return texts;
}

/** Writes the query string, `?` included, or '' when there is nothing to say. */
export function stringifyAddress(address: Address): string {
  const parts = Array.from(textsOf(address), ([name, text]) => pairOf(name, text));
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** The parts in which two addresses differ. */
export function changedParams(a: Address, b: Address): ParamName[] {
  const [textsA, textsB] = [textsOf(a), textsOf(b)];
  return NAMES.filter((name) => textsA.get(name) !== textsB.get(name));
}
