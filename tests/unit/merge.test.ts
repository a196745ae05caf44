import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type MergeChoice,
  type MergeChoices,
  MERGE_FIELDS,
  compareRecords,
  compareSets,
  latestSourceDay,
  mergeRecords,
  openFields,
  proposedChoices,
} from '../../src/domain/merge';
import { matchSources } from '../../src/domain/merge-sources';
import type { ReportedDistance, Sighting, Source } from '../../src/domain/sighting';
import { checkAmong } from '../../src/domain/validate';
import { sampleSighting, sampleSource } from './sample';

const POINT_IDS = ['kremlin', 'sheremetyevo'];

const source: fc.Arbitrary<Source> = fc
  .record(
    {
      publisher: fc.constantFrom('Meduza', 'Reuters'),
      url: fc.constantFrom('https://a.example/1', 'https://b.example/2'),
      publishedDate: fc.constantFrom('2023-01-19', '2023-01-20'),
      origin: fc.constantFrom('Telegram', 'Reuters'),
      reliability: fc.constantFrom('A', 'B'),
      stance: fc.constantFrom('supports', 'disputes'),
      claim: fc.constantFrom('It was seen.', 'It was filmed.'),
    } as const,
    { requiredKeys: ['publisher', 'publishedDate', 'origin', 'claim'] },
  )
  .map((record) => record as Source);

const geometry = fc.constantFrom<Sighting['geometry']>(
  null,
  { type: 'Point', coordinates: [37.6, 55.7] },
  { type: 'Point', coordinates: [37.7, 55.8] },
  {
    type: 'Polygon',
    coordinates: [
      [
        [37, 55],
        [38, 55],
        [38, 56],
        [37, 55],
      ],
    ],
  },
);

/** Sightings of one id, alike enough to agree in some fields. */
const sighting: fc.Arbitrary<Sighting> = fc
  .record({
    fields: fc.record(
      {
        title: fc.constantFrom('A sample', 'Another'),
        system: fc.constantFrom('s-400', 'pantsir-s1'),
        systemQualifier: fc.constant('likely' as const),
        quantity: fc.integer({ min: 1, max: 2 }),
        georeferenceRemarks: fc.constantFrom('by hand', 'by name'),
        confidence: fc.constantFrom('moderate', 'low'),
        status: fc.constantFrom('reported', 'disputed'),
      } as const,
      { requiredKeys: ['title', 'confidence'] },
    ),
    geometry,
    radius: fc.constantFrom(500, 900),
    sources: fc.array(source, { minLength: 1, maxLength: 4 }),
    distances: fc.array(
      fc.record({ to: fc.constantFrom(...POINT_IDS), meters: fc.constantFrom(1000, 2000), at: fc.nat(3) }),
      { maxLength: 3 },
    ),
  })
  .map(({ fields, geometry, radius, sources, distances }) => {
    const reportedDistances = distances.map(({ to, meters, at }): ReportedDistance => ({
      to,
      meters,
      qualifier: 'about',
      source: at % sources.length,
    }));
    return sampleSighting({
      ...fields,
      geometry,
      sources,
      ...(geometry?.type === 'Point' ? { coordinateUncertaintyInMeters: radius } : {}),
      ...(reportedDistances.length > 0 ? { reportedDistances } : {}),
    });
  });

const choices: fc.Arbitrary<MergeChoices> = fc
  .tuple(...MERGE_FIELDS.map(() => fc.constantFrom<MergeChoice>('ours', 'theirs', 'both')))
  .map((list) => Object.fromEntries(MERGE_FIELDS.map((field, i) => [field, list[i]])));

const all = (choice: MergeChoice): MergeChoices =>
  Object.fromEntries(MERGE_FIELDS.map((field) => [field, choice]));

function issuesOf(feature: unknown): string[] {
  const known = {
    systemIds: ['s-400', 'pantsir-s1'],
    isPoint: (id: string) => POINT_IDS.includes(id),
    isOther: () => false,
  };
  return checkAmong(feature, known)
    .filter(({ path }) => path !== '$.properties.confidence')
    .map(({ path, message }) => `${path} ${message}`);
}

/** Whether a source says all that another says; who does not dispute supports. */
function holds(source: Source | undefined, other: Source | undefined): boolean {
  if (!source || !other) return false;
  const said: Record<string, unknown> = { stance: 'supports', ...source };
  return Object.entries({ stance: 'supports', ...other }).every(([key, value]) => said[key] === value);
}

/** For each source of theirs, that source and the one of ours that it was matched with, if any. */
function theirForms({ ours, theirs }: { ours: Sighting; theirs: Sighting }): Source[][] {
  const [our, their] = [ours.properties.sources, theirs.properties.sources];
  const { inOurs } = matchSources(our, their);
  return their.map((source, i) => [source, ...our.slice(inOurs[i] ?? our.length).slice(0, 1)]);
}

/**
 * Whether each distance of a record is in another one, once for each time, on the word of one of the forms in which
 * that record may have its source, by its index.
 */
function keepsDistances(merged: Sighting, record: Sighting, forms: readonly (readonly Source[])[]): boolean {
  const isKept = (wanted: readonly ReportedDistance[], free: readonly ReportedDistance[]): boolean => {
    const [distance, ...rest] = wanted;
    if (!distance) return true;
    return free.some((other, i) => {
      const said = merged.properties.sources[other.source];
      const isSame =
        other.to === distance.to &&
        other.meters === distance.meters &&
        forms[distance.source]?.some((form) => holds(said, form));
      return isSame && isKept(rest, free.toSpliced(i, 1));
    });
  };
  return isKept(record.properties.reportedDistances ?? [], merged.properties.reportedDistances ?? []);
}

describe('for any two records', () => {
  test('the records of the tests obey the contract', () => {
    fc.assert(
      fc.property(sighting, (record) => {
        expect(issuesOf(record)).toEqual([]);
      }),
    );
  });

  test('merging one with itself changes nothing', () => {
    fc.assert(
      fc.property(sighting, choices, (record, choice) => {
        expect(compareRecords(record, structuredClone(record))).toEqual({ verdict: 'same', fields: [] });
        const merged = mergeRecords(record, structuredClone(record), { ...choice, sources: 'theirs' });
        expect(compareRecords(record, merged).verdict).toBe('same');
      }),
    );
  });

  test('all ours is ours, all theirs is theirs, to the byte', () => {
    fc.assert(
      fc.property(sighting, sighting, (ours, theirs) => {
        expect(JSON.stringify(mergeRecords(ours, theirs, all('ours')))).toBe(JSON.stringify(ours));
        expect(JSON.stringify(mergeRecords(ours, theirs, {}))).toBe(JSON.stringify(ours));
        const taken = mergeRecords(ours, theirs, all('theirs'));
        expect(compareRecords(taken, theirs).verdict).toBe('same');
        expect(taken.properties.sources).toEqual(theirs.properties.sources);
      }),
    );
  });

  test('whatever is chosen obeys the contract, its keys in order', () => {
    fc.assert(
      fc.property(sighting, sighting, choices, (ours, theirs, choice) => {
        expect(issuesOf(mergeRecords(ours, theirs, choice))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('each side sees the same in the other', () => {
    const mirrored = { same: 'same', newer: 'older', older: 'newer', conflict: 'conflict' };
    fc.assert(
      fc.property(sighting, sighting, (ours, theirs) => {
        const [forth, back] = [compareRecords(ours, theirs), compareRecords(theirs, ours)];
        expect(back.verdict).toBe(mirrored[forth.verdict]);
        expect(back.fields.map(({ field }) => field)).toEqual(forth.fields.map(({ field }) => field));
      }),
      { numRuns: 300 },
    );
  });

  test('what is newer holds all that the older says but for judgements', () => {
    fc.assert(
      fc.property(sighting, sighting, (ours, addition) => {
        const theirs = mergeRecords(ours, addition, { sources: 'both', reportedDistances: 'both' });
        const { verdict } = compareRecords(ours, theirs);
        expect(['same', 'newer']).toContain(verdict);
        const alone = ours.properties.sources.map((source) => [source]);
        expect(keepsDistances(theirs, ours, alone)).toBe(true);
        expect(theirs.properties.sources.length).toBeGreaterThanOrEqual(ours.properties.sources.length);
      }),
    );
  });

  test('a chosen distance keeps the source that reports it', () => {
    fc.assert(
      fc.property(sighting, sighting, choices, (ours, theirs, choice) => {
        const merged = mergeRecords(ours, theirs, { ...choice, reportedDistances: 'theirs' });
        expect(keepsDistances(merged, theirs, theirForms({ ours, theirs }))).toBe(true);
        const { reportedDistances } = merged.properties;
        expect(reportedDistances?.length).toBe(theirs.properties.reportedDistances?.length);
      }),
      { numRuns: 300 },
    );
  });

  test('united, each source of either is there, be it as the one that it was matched with', () => {
    fc.assert(
      fc.property(sighting, sighting, (ours, theirs) => {
        const merged = mergeRecords(ours, theirs, all('both'));
        const { sources } = merged.properties;
        const alone = ours.properties.sources.map((source) => [source]);
        const forms = theirForms({ ours, theirs });
        for (const some of [...alone, ...forms])
          expect(sources.some((source) => some.some((form) => holds(source, form)))).toBe(true);
        const added = forms.filter(({ length }) => length === 1).length;
        expect(sources).toHaveLength(ours.properties.sources.length + added);
        expect(keepsDistances(merged, ours, alone) && keepsDistances(merged, theirs, forms)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('with the record that both were made from', () => {
  test('a record that only they changed is theirs, one that only we changed is ours', () => {
    fc.assert(
      fc.property(sighting, sighting, (base, changed) => {
        const theirs = compareRecords(base, changed, base);
        expect(theirs.verdict).toBe(theirs.fields.length === 0 ? 'same' : 'newer');
        expect(compareRecords(mergeRecords(base, changed, proposedChoices(theirs)), changed).verdict).toBe(
          'same',
        );
        const ours = compareRecords(changed, base, base);
        expect(ours.verdict).toBe(ours.fields.length === 0 ? 'same' : 'older');
        expect(mergeRecords(changed, base, proposedChoices(ours))).toEqual(changed);
      }),
    );
  });

  test('fields that each changed alone are merged without a question', () => {
    const base = sampleSighting({ quantity: 2, system: 's-400' });
    const ours = sampleSighting({ quantity: 3, system: 's-400' });
    const theirs = sampleSighting({ quantity: 2 }); // took the system away
    const comparison = compareRecords(ours, theirs, base);
    expect(openFields(comparison)).toEqual([]);
    expect(mergeRecords(ours, theirs, proposedChoices(comparison))).toEqual(sampleSighting({ quantity: 3 }));
  });

  test('a field that both changed is a conflict', () => {
    const [base, ours, theirs] = [1, 2, 3].map((quantity) => sampleSighting({ quantity }));
    if (!base || !ours || !theirs) throw new Error('There are three.');
    expect(compareRecords(ours, theirs, base)).toMatchObject({
      verdict: 'conflict',
      fields: [{ field: 'quantity', proposal: null }],
    });
  });

  test('one that was taken away here and changed there is a conflict', () => {
    const base = sampleSighting({ quantity: 1 });
    expect(openFields(compareRecords(sampleSighting(), sampleSighting({ quantity: 3 }), base))).toEqual([
      'quantity',
    ]);
  });
});

describe('what counts as newer', () => {
  const link = 'https://paper.example/1';
  const first = sampleSource({ url: link });
  const second = sampleSource({ publisher: 'Another paper', origin: 'Another origin' });
  const ours = sampleSighting({ sources: [first] });

  test.for<[string, Parameters<typeof sampleSighting>[0], string]>([
    ['a field more', { quantity: 2 }, 'newer'],
    ['a source more', { sources: [first, second] }, 'newer'],
    ['a source that came first', { sources: [second, first] }, 'newer'],
    ['a grade for a source', { sources: [{ ...first, reliability: 'B' }] }, 'newer'],
    ['a place where ours has it, and its remarks', { georeferenceRemarks: 'by hand' }, 'newer'],
    [
      'a judgement on more sources',
      { sources: [first, second], confidence: 'moderate', confidenceBasis: 'Two origins.' },
      'newer',
    ],
    ['a judgement on the same sources', { confidence: 'moderate' }, 'conflict'],
    ['a status on the same sources', { status: 'retracted' }, 'newer'],
    ['another title', { title: 'Another' }, 'conflict'],
    ['another place', { coordinateUncertaintyInMeters: 900 }, 'conflict'],
    ['another claim of the same source', { sources: [{ ...first, claim: 'It does not.' }] }, 'conflict'],
    ['another publisher of the same link', { sources: [{ ...first, publisher: 'Paper' }] }, 'conflict'],
    ['another date of the same link', { sources: [{ ...first, publishedDate: '2023-01-21' }] }, 'conflict'],
    ['another source instead', { sources: [second] }, 'conflict'],
    ['the status that it has anyway', { status: 'reported' }, 'same'],
    ['the stance that it has anyway', { sources: [{ ...first, stance: 'supports' }] }, 'same'],
  ])('%s', ([, changes, verdict]) => {
    const theirs = sampleSighting({ sources: [first], ...changes });
    expect(compareRecords(ours, theirs).verdict).toBe(verdict);
  });

  test('no place is none that contradicts one', () => {
    expect(compareRecords(sampleSighting({ geometry: null }), sampleSighting()).verdict).toBe('newer');
  });

  test('a link that a source lacked is no other source', () => {
    const unlinked = sampleSighting({ sources: [sampleSource()] });
    expect(compareRecords(unlinked, ours).verdict).toBe('newer');
    expect(mergeRecords(unlinked, ours, { sources: 'both' }).properties.sources).toHaveLength(1);
  });

  test('a publisher and a date that were corrected make no other source of a link', () => {
    const corrected = { ...first, publisher: 'The paper', publishedDate: '2023-01-21' };
    const theirs = sampleSighting({ sources: [second, corrected] });
    expect(openFields(compareRecords(ours, theirs))).toEqual(['sources']);
    expect(mergeRecords(ours, theirs, { sources: 'both' }).properties.sources).toEqual([first, second]);
    expect(mergeRecords(ours, theirs, { sources: 'theirs' }).properties.sources).toEqual([second, corrected]);
  });

  test('each with a source of its own: both are proposed', () => {
    const third = sampleSource({ publisher: 'A third paper' });
    const [a, b] = [
      [first, second],
      [first, third],
    ].map((sources) => sampleSighting({ sources }));
    if (!a || !b) throw new Error('There are two.');
    const comparison = compareRecords(a, b);
    expect(comparison).toMatchObject({
      verdict: 'conflict',
      fields: [{ field: 'sources', proposal: 'both' }],
    });
    expect(mergeRecords(a, b, proposedChoices(comparison)).properties.sources).toEqual([
      first,
      second,
      third,
    ]);
  });
});

describe('united sources', () => {
  const [a, b, c] = ['A', 'B', 'C'].map((publisher) => sampleSource({ publisher }));
  const distance = { to: 'kremlin', meters: 13_000, qualifier: 'about' } as const;
  if (!a || !b || !c) throw new Error('There are three.');

  test('distances point to the sources that reported them', () => {
    const ours = sampleSighting({ sources: [a, b], reportedDistances: [{ ...distance, source: 1 }] });
    const theirs = sampleSighting({
      sources: [c, b],
      reportedDistances: [
        { ...distance, source: 1 },
        { ...distance, meters: 9000, source: 0 },
      ],
    });
    const merged = mergeRecords(ours, theirs, { sources: 'both', reportedDistances: 'both' });
    expect(merged.properties.sources).toEqual([a, b, c]);
    expect(merged.properties.reportedDistances).toEqual([
      { ...distance, source: 1 },
      { ...distance, meters: 9000, source: 2 },
    ]);
  });

  test('a distance brings a source that was not chosen', () => {
    const theirs = sampleSighting({ sources: [c], reportedDistances: [{ ...distance, source: 0 }] });
    const merged = mergeRecords(sampleSighting({ sources: [a] }), theirs, { reportedDistances: 'theirs' });
    expect(merged.properties.sources).toEqual([a, c]);
    expect(merged.properties.reportedDistances).toEqual([{ ...distance, source: 1 }]);
  });

  test('a source gains what the other has of it, in the order of the contract', () => {
    const ours = sampleSighting({ sources: [{ ...a, reliability: 'B' }] });
    const theirs = sampleSighting({ sources: [{ ...a, title: 'A headline' }] });
    const merged = mergeRecords(ours, theirs, { sources: 'both' });
    expect(issuesOf(merged)).toEqual([]);
    expect(merged.properties.sources).toEqual([{ ...a, title: 'A headline', reliability: 'B' }]);
  });
});

test('names of members are data', () => {
  const ours = JSON.parse(
    JSON.stringify(sampleSighting()).replace('{"type"', '{"__proto__":{"a":1},"type"'),
  ) as Sighting;
  const comparison = compareRecords(sampleSighting(), ours);
  expect(comparison.verdict).toBe('newer');
  const merged = mergeRecords(sampleSighting(), ours, proposedChoices(comparison));
  expect(Object.hasOwn(merged, '__proto__')).toBe(true);
});

test('the latest day of its sources hints at how recent a record is', () => {
  const sources = [
    sampleSource({ publishedDate: '2023-01-20', retrievedDate: '2023-02-01' }),
    sampleSource({ publishedDate: '2023-01-21' }),
  ];
  expect(latestSourceDay(sampleSighting({ sources }))).toBe('2023-02-01');
});

test('two sets: each sighting once, by id', () => {
  const ours = ['both', 'ours', 'newer'].map((id) => sampleSighting({ id }));
  const theirs = [
    sampleSighting({ id: 'newer', quantity: 2 }),
    sampleSighting({ id: 'theirs' }),
    sampleSighting({ id: 'both' }),
  ];
  expect([...compareSets(ours, theirs)].map(({ id, verdict }) => [id, verdict])).toEqual([
    ['both', 'same'],
    ['ours', 'only-ours'],
    ['newer', 'newer'],
    ['theirs', 'only-theirs'],
  ]);
});

test('a source that disputes adds nothing to one that supports: somebody must choose, and ours stands till then', () => {
  const ours = sampleSighting({ sources: [sampleSource()] });
  const theirs = sampleSighting({ sources: [sampleSource({ stance: 'disputes' })] });
  expect(openFields(compareRecords(ours, theirs))).toEqual(['sources']);
  expect(mergeRecords(ours, theirs, all('both')).properties.sources).toEqual(ours.properties.sources);
  const saysSo = sampleSighting({ sources: [sampleSource({ stance: 'supports' })] });
  expect(compareRecords(ours, saysSo).verdict).toBe('same');
});

test('a distance on the word of a source that is listed twice is the same on the word of either', () => {
  const distance = { to: 'kremlin', meters: 900, qualifier: 'about' as const };
  const onWordOf = (source: number) =>
    sampleSighting({
      sources: [sampleSource(), sampleSource()],
      reportedDistances: [{ ...distance, source }],
    });
  expect(compareRecords(onWordOf(0), onWordOf(1)).verdict).toBe('same');
});

test('a distance on the word of one of two alike is the same seen from either side, whichever was matched', () => {
  const link = 'https://paper.example/1';
  const distance = { to: 'kremlin', meters: 900, qualifier: 'about' as const };
  const alike = sampleSource({ url: link, publisher: 'The paper' });
  const ours = sampleSighting({
    sources: [alike, alike],
    reportedDistances: [{ ...distance, source: 0 }],
  });
  const theirs = sampleSighting({
    sources: [sampleSource({ url: link }), sampleSource({ url: link, claim: 'It says another thing.' })],
    reportedDistances: [{ ...distance, source: 1 }],
  });
  const seen = [compareRecords(ours, theirs), compareRecords(theirs, ours)];
  expect(seen.map(({ fields }) => fields.map(({ field }) => field))).toEqual([['sources'], ['sources']]);
});
