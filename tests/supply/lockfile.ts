import { readFileSync } from 'node:fs';

/** A package as the lockfile has it. */
export interface LockedPackage {
  name: string;
  version: string;
  /** where it comes from */
  resolved?: string;
  /** what its archive must be: `sha512-…` */
  integrity?: string;
}

/** A range of versions of a package that must never be installed, and why. */
export interface BadVersions {
  package: string;
  /** exact versions parted by ` || `, `<1.2.3` for all before one, or `*` for all */
  versions: string;
  reason: string;
}

function readBeside<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as T;
}

/** Versions known to be bad, and when the list was last gone through. */
export function readKnownBad(): { date: string; bad: BadVersions[] } {
  return readBeside('known-bad-versions.json');
}

/** Every package that `npm ci` installs. */
export function readLockfile(): LockedPackage[] {
  const { packages } = readBeside<{ packages: Record<string, Partial<LockedPackage>> }>(
    '../../package-lock.json',
  );
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { name, version = '', resolved, integrity }]) => ({
      name: name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      ...(resolved === undefined ? {} : { resolved }),
      ...(integrity === undefined ? {} : { integrity }),
    }));
}

function isBefore(version: string, limit: string): boolean {
  const [a, b] = [version, limit].map((text) => (text.split('-')[0] ?? '').split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return version.includes('-') && !limit.includes('-'); // 1.0.0-beta comes before 1.0.0
}

function isOneOf(version: string, versions: string): boolean {
  if (versions === '*') return true;
  if (versions.startsWith('<')) return isBefore(version, versions.slice(1));
  return versions.split(' || ').includes(version);
}

/** A sentence for each package that is known to be bad, cannot be checked, or comes from elsewhere than the registry. */
export function faultsOf(packages: readonly LockedPackage[], bad: readonly BadVersions[]): string[] {
  return packages.flatMap(({ name, version, resolved = '', integrity = '' }) => [
    ...bad
      .filter((entry) => entry.package === name && isOneOf(version, entry.versions))
      .map(({ reason }) => `${name} ${version} is known to be bad: ${reason}.`),
    ...(/^sha512-[\w+/]{86}==$/.test(integrity) ? [] : [`${name} ${version} has no checksum (sha512).`]),
    ...(resolved === '' || resolved.startsWith('https://registry.npmjs.org/')
      ? []
      : [`${name} ${version} comes from ${resolved}.`]),
  ]);
}
