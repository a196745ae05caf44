import { type FileReport, checkFile } from './check-file';
import { counted } from './counted';
import { EXIT } from './exit-status';
import { tell } from './fault-text';
import { print } from './files';
import type { InputOptions } from './input-options';
import { issueLines } from './issue-lines';
import { type ReadFile, checkUse } from './option-use';

export interface ValidateOptions {
  /** whether all is printed as JSON */
  asJson: boolean;
  /** how files are read that are data of others */
  input: InputOptions;
}

/**
 * Checks files of sightings against the contract and prints what is wrong with them.
 * @throws CommandFault for options that cannot be, or are for none of the files
 */
export async function validate(
  files: readonly string[],
  { asJson, input }: ValidateOptions,
): Promise<number> {
  const reports: FileReport[] = [];
  const readFiles: ReadFile[] = [];
  let worst: number = EXIT.valid;
  for (const file of files) {
    const { report, read, mendable = 0, exit } = await checkFile(file, undefined, input);
    reports.push(report);
    if (read) readFiles.push(read);
    worst = Math.max(worst, exit);
    if (asJson) continue;
    for (const note of report.notes) tell(`${file}: ${note}`);
    const lines = issueLines(file, report.issues);
    // The issues are the output; what is said about them is not.
    if (exit === EXIT.unreadable) for (const line of lines) console.error(line);
    else {
      await print(lines.map((line) => `${line}\n`));
      const said = `${file}: ${counted(report.accepted)} accepted, ${counted(report.rejected)} rejected`;
      tell(said);
      if (mendable > 0) {
        const how = 'npm run sightings -- convert IN OUT does it';
        tell(`${file}: ${counted(mendable)} of the rejected can be mended: ${how}`);
      }
    }
  }
  if (readFiles.length === files.length) checkUse(readFiles, input);
  if (asJson) await print([`${JSON.stringify({ files: reports }, null, 2)}\n`]);
  return worst;
}
