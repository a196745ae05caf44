import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './fixtures';

const SRC = join(ROOT, 'src');

interface Module {
  /** from src, with slashes */
  path: string;
  text: string;
}

const modules: readonly Module[] = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => /\.(ts|svelte)$/.test(file))
  .map((file) => ({ path: relative(SRC, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));

const STATIC = /^\s*(?:import|export)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** What a module names in import and export-from statements. */
function specifiersOf({ text }: Module): string[] {
  return [STATIC, DYNAMIC].flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
}

/** Our own modules that a module imports, by their paths from src. */
function importsOf(module: Module): string[] {
  return specifiersOf(module)
    .filter((name) => name.startsWith('.'))
    .map((name) => normalize(join(dirname(module.path), name)).replaceAll('\\', '/'))
    .flatMap((path) => {
      const candidates = [path, `${path}.ts`, path.replace(/\.js$/, '.ts')];
      return modules.filter((other) => candidates.includes(other.path)).map((other) => other.path);
    });
}

/** The room of a module: its folder in src, or its name when it stands in src itself. */
function roomOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : path;
}

const ARROWS: Readonly<Record<string, readonly string[]>> = {
  domain: ['domain'],
  io: ['io', 'domain'],
  map: ['map', 'domain'],
  ui: ['ui', 'map', 'io', 'domain'],
  cli: ['cli', 'io', 'map', 'domain'],
  'cli.ts': ['cli', 'io', 'map', 'domain'],
  'main.ts': ['ui', 'io'],
};

describe('imports', () => {
  test('are found at all', () => {
    const found = modules.flatMap(importsOf);
    expect([found.includes('domain/sighting.ts'), found.includes('ui/App.svelte')]).toEqual([true, true]);
  });

  test('every module is in a room of the house', () => {
    expect(modules.map(({ path }) => path).filter((path) => !(roomOf(path) in ARROWS))).toEqual([]);
  });

  test('every module of ours that is named is there', () => {
    const lost = modules.flatMap((module) => {
      const ours = specifiersOf(module).filter((name) => /^\.\.?\/[\w/.-]+$/.test(name));
      return ours.filter((name) => {
        const path = normalize(join(dirname(module.path), name)).replaceAll('\\', '/');
        return (
          !/\.(css|json|svg)$/.test(path) &&
          !modules.some((other) => [path, `${path}.ts`].includes(other.path))
        );
      });
    });
    expect(lost).toEqual([]);
  });

  test('follow the arrows', () => {
    const against = modules.flatMap((module) =>
      importsOf(module)
        .filter((path) => !ARROWS[roomOf(module.path)]?.includes(roomOf(path)))
        .map((path) => `${module.path} -> ${path}`),
    );
    expect(against).toEqual([]);
  });

  test('make no circle', () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]) => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      if (done.has(path) || trail.includes(path)) return;
      const module = modules.find((other) => other.path === path);
      for (const next of module ? importsOf(module) : []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const { path } of modules) visit(path, []);
    expect(circles).toEqual([]);
  });

  test('only ui/ and main.ts draw the page', () => {
    const drawing = modules.filter((module) =>
      specifiersOf(module).some((name) => /^(svelte|maplibre-gl)(\/|$)/.test(name)),
    );
    expect(
      drawing.map(({ path }) => roomOf(path)).filter((room) => !['ui', 'main.ts'].includes(room)),
    ).toEqual([]);
  });

  test('only the command line reads files', () => {
    const reading = modules.filter((module) => specifiersOf(module).some((name) => name.startsWith('node:')));
    const rooms = new Set(reading.map(({ path }) => roomOf(path)));
    expect([...rooms]).toEqual(['cli']);
  });
});

describe('modules', () => {
  test.for(modules)('$path has a name that says what it is about', ({ path }) => {
    expect(basename(path)).not.toMatch(/^(utils?|helpers?|common|misc|shared|types|index)\./);
  });

  test.for(modules)('$path makes no markup from text', ({ text }) => {
    expect(text).not.toMatch(/\{@html|\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write/);
  });

  test.for(modules)('$path runs no code from text', ({ text }) => {
    expect(text).not.toMatch(/\beval\(|new Function\(|javascript:/);
  });

  test.for(modules.filter(({ path }) => path.endsWith('.svelte')))(
    '$path has no inline style',
    ({ text }) => {
      expect(text).not.toMatch(/\sstyle=["{]/);
    },
  );
});

describe('package.json', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const versions = { ...manifest.dependencies, ...manifest.devDependencies };

  test.for(Object.entries(versions))('%s has an exact version', ([, version]) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  test('names every package that src imports', () => {
    const packages = modules
      .flatMap(specifiersOf)
      .filter((name) => !/^(\.|node:)/.test(name))
      .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
    expect(
      [...new Set(packages)].filter((name) => !(name in versions || `@types/${name}` in versions)),
    ).toEqual([]);
  });
});

test('the page has no inline script or style', () => {
  const html = readFileSync(join(SRC, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
});
