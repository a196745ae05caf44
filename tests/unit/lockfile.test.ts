import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type LockedPackage, faultsOf, readKnownBad, readLockfile } from '../supply/lockfile';

const GOOD: LockedPackage = {
  name: 'maplibre-gl',
  version: '6.17.0',
  resolved: 'https://registry.npmjs.org/maplibre-gl/-/maplibre-gl-6.17.0.tgz',
  integrity: `sha512-${'a'.repeat(86)}==`,
};
const { date, bad } = readKnownBad();

test('every package of the lockfile has a checksum, is from the registry, and is not known to be bad', () => {
  const packages = readLockfile();
  expect(packages.length).toBeGreaterThan(100);
  expect(faultsOf(packages, bad)).toEqual([]);
});

test('no install runs the scripts of packages', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

test('the list of bad versions says when it was gone through', () => {
  expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(
    bad
      .map(({ versions }) => versions)
      .filter(
        (v) => !/^(\*|<\d+\.\d+\.\d+|\d+\.\d+\.\d+(-[\w.-]+)?( \|\| \d+\.\d+\.\d+(-[\w.-]+)?)*)$/.test(v),
      ),
  ).toEqual([]);
});

test.for([
  ['an old version', { version: '6.4.0' }, 1],
  ['an old version before its release', { version: '6.4.1-beta.1' }, 1],
  ['the first good version', { version: '6.4.1' }, 0],
  ['a later version', { version: '10.0.0' }, 0],
  ['one of several bad versions', { name: 'coa', version: '2.1.1' }, 1],
  ['a good version between bad ones', { name: 'coa', version: '2.0.2' }, 0],
  ['a package of which no version is good', { name: 'flatmap-stream', version: '9.9.9' }, 1],
  ['a weak checksum', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 1],
  ['no checksum', { integrity: '' }, 1],
  ['another place', { resolved: 'git+ssh://git@github.com/maplibre/maplibre-gl-js.git' }, 1],
] as const)('%s gives its faults', ([, change, count]) => {
  expect(faultsOf([{ ...GOOD, ...change }], bad)).toHaveLength(count);
});
