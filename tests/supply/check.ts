import { spawnSync } from 'node:child_process';
import { faultsOf, readKnownBad, readLockfile } from './lockfile';

/** What the registry says of the packages that readers get; `undefined` when it does not answer. */
function auditOfRegistry(): { vulnerable: string[] } | undefined {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
  try {
    const answer = JSON.parse(stdout) as { vulnerabilities?: Record<string, { severity: string }> };
    if (!answer.vulnerabilities) return undefined;
    const found = Object.entries(answer.vulnerabilities);
    return { vulnerable: found.map(([name, { severity }]) => `${name}: ${severity}, see npm audit.`) };
  } catch {
    return undefined;
  }
}

const packages = readLockfile();
const { date, bad } = readKnownBad();
const audit = auditOfRegistry();
const faults = [...faultsOf(packages, bad), ...(audit?.vulnerable ?? [])];
console.log(`${packages.length} packages against ${bad.length} known to be bad on ${date}.`);
console.log(audit ? 'The registry was asked too.' : 'The registry did not answer: npm audit says nothing.');
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
