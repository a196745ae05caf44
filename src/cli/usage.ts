export const USAGE = `Usage: npm run sightings -- validate FILE... [--json]
       npm run sightings -- convert IN OUT [--map FIELD=COLUMN]... [--set FIELD=VALUE]... [--swap-axes]
                            [--dates day-first|month-first] [--from FORMAT] [--to-format FORMAT]
                            [--report FILE] [--force]
       npm run sightings -- merge OURS THEIRS -o OUT [--prefer ours|theirs|newer] [--to-format FORMAT] [--force]
       npm run sightings -- distances FILE [--to FILE] [--model sphere|wgs84] [--format table|csv|json]

All commands read GeoJSON, newline-delimited GeoJSON, CSV, TSV, XLSX, KML, KMZ, GPX and archives, packed by gzip or not.
Written are .geojson, .csv, .kml and .zip, and simplestyle by --to-format. "-" is standard input or output.

validate checks files of sightings against the contract (geo/README.md). The systems and reference points that
they may name are read from systems.json and reference-points.geojson beside each FILE, else from this project.

convert writes the sightings of IN to OUT. What columns of other people's data mean is told by their names and values;
--map says that a field is in a column, --set gives a field one value for all. Fields are those of the contract;
those of the source are source.publisher and so on; lng and lat, or place, are the columns of the place. What cannot
be a sighting is left out, and kept in the --report with all that was mended. --swap-axes reads [lat, lng].

merge takes what is only in one file, and of records in both what adds to the other. Where they contradict each other,
it writes nothing without --prefer: ours, theirs, or newer, which is the record whose sources are later.

distances measures from reference points to the sightings of a file. The points are those of --to, else of the
reference-points.geojson beside FILE, else of this project. Models: sphere of mean radius (Turf), the default, or
WGS 84 ellipsoid (GeographicLib). csv is what the app exports; json has the numbers as they were computed.

A file that is there is replaced with --force alone, one that is read never. Files are written whole or not at all.

Exit status: 0 all valid (warnings may be printed), or all done; 1 at least one error, something left out of OUT, or a
conflict (no OUT); 2 a file could not be read or written, or the command was not understood (no OUT).
`;
