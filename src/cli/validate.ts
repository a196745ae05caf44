import { type FileReport, checkFile } from './check-file';
import { EXIT } from './exit-status';
import { issueLine } from './issue-lines';

/** Checks files of sightings against the contract and prints what is wrong with them. */
export async function validate(files: readonly string[], asJson: boolean): Promise<number> {
  const reports: FileReport[] = [];
  let worst: number = EXIT.valid;
  for (const file of files) {
    const { report, exit } = await checkFile(file);
    reports.push(report);
    worst = Math.max(worst, exit);
    if (asJson) continue;
    // The issues are the output; what is said about them is not.
    const print = exit === EXIT.unreadable ? console.error : console.log;
    for (const issue of report.issues) print(issueLine(file, issue));
    if (exit !== EXIT.unreadable)
      console.error(`${file}: ${report.accepted} accepted, ${report.rejected} rejected`);
  }
  if (asJson) console.log(JSON.stringify({ files: reports }, null, 2));
  return worst;
}
