import { CommandFault } from './exit-status';

const RUN = 'npm run sightings -- ';

/** What stands behind the name of each command. */
const SYNOPSES = {
  validate: 'FILE... [--json] [--from FORMAT] [READING]',
  convert: 'IN OUT [--from FORMAT] [READING] [--to-format FORMAT] [--one-line] [--report FILE] [--force]',
  merge: 'OURS THEIRS -o OUT [--prefer ours|theirs|newer] [READING] [--to-format FORMAT] [--force]',
  tiles: 'IN OUT.pmtiles [--force]',
  distances: 'FILE [--to FILE] [--model sphere|wgs84] [--format table|csv|json]',
} as const;

export type CommandName = keyof typeof SYNOPSES;

const READING = `READING: [--map FIELD=COLUMN]... [--set FIELD=VALUE]... [--swap-axes] [--exchange PLACE]...
         [--dates day-first|month-first] [--encoding NAME] [--delimiter CHARACTER] [--sheet NAME] [--header-row NUMBER]`;

const lineOf = (name: CommandName) => `${RUN}${name} ${SYNOPSES[name]}`;
const ALL = Object.keys(SYNOPSES) as CommandName[];

/** How one command is used, or all of them. */
export function usageOf(name?: CommandName): string {
  const lines = (name === undefined ? ALL : [name]).map(lineOf).join('\n       ');
  return `Usage: ${lines}${lines.includes('READING') ? `\n${READING}` : ''}`;
}

/** What is wrong with a command line, and how the command is used. */
export function misuse(name: CommandName | undefined, sentence: string): CommandFault {
  return new CommandFault(`${sentence}\n\n${usageOf(name)}\n--help tells more.`);
}

export const USAGE = `${usageOf()}

All commands but tiles read GeoJSON, newline-delimited GeoJSON, CSV, TSV, XLSX, KML, KMZ, GPX and archives, packed by
gzip or not. Written are .geojson, .csv, .kml and .zip, and simplestyle by --to-format. "-" is standard input or output.

validate checks files of sightings against the contract (geo/README.md). The systems and reference points that
they may name are read from systems.json and reference-points.geojson beside each FILE, else from this project.
--json prints all of it as JSON, as README.md describes it.

convert writes the sightings of IN to OUT. What cannot be a sighting is left out, and kept in the --report with all
that was mended. Sightings keep their very bytes; with --one-line, each that has several lines is written on one.

merge takes what is only in one file, and of records in both what adds to the other. Where they contradict each other,
it writes nothing without --prefer: ours, theirs, or newer, which is the record whose sources are later.

READING says how other people's data is read, of every file that is none of sightings already, and of features of
something else among sightings. What columns mean is told by their names and values; --map says that a field is in a
column, --set gives a field one value for all. Fields are those of the contract; those of the source are
source.publisher and so on; lng and lat, or place, are the columns of the place. --swap-axes reads [lat, lng], of files of
sightings, too: a file whose latitudes and longitudes seem swapped is read as it stands, with a warning that says so
(status 0). Of the files that merge and validate are given, those of sightings are swapped that seem to be, and others
unless they lie near the reference points as they stand. --exchange swaps the two of one sighting, by its id, or of one
row, as in --exchange "line 7", as a warning names those that seem to need it. --dates says how 01/02/2023 is meant.
How a table is written is told by it, and said; --encoding (as windows-1250), --delimiter (a character, or tab), --sheet
(its name) and --header-row (the row of the names of columns, 0 for none) say it where the guess is wrong.

tiles publishes any number of sightings as static files, which the app reads by HTTP ranges (?data=.../OUT.pmtiles):
beside OUT.pmtiles it writes OUT.counts.pmtiles, OUT.geojson with the sightings sorted by id, and OUT.index. It reads
GeoJSON and newline-delimited GeoJSON alone, from a file that is not packed, since it reads each record from it again.

distances measures from reference points to the sightings of a file. The points are those of --to, else of the
reference-points.geojson beside FILE, else of this project. Models: sphere of mean radius (Turf), the default, or
WGS 84 ellipsoid (GeographicLib). csv is what the app exports; json has the numbers as they were computed.

A file that is there is replaced with --force alone, one that is read never. Files are written whole or not at all.

Exit status: 0 all valid (warnings may be printed), or all done; 1 at least one error, something left out of OUT, or a
conflict (no OUT); 2 a file could not be read or written, or the command was not understood (no OUT).
`;
