import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaOfText, isAreaCut, readDecimals, textOfArea } from '../../src/domain/place-text';
import {
  changedFields,
  mergeTheirs,
  valueOf,
  valueText,
  withFieldOf,
} from '../../src/domain/sighting-fields';
import {
  distanceForm,
  featureOf,
  formOf,
  isSame,
  proposeId,
  sourceForm,
  withItem,
  withMovedItem,
} from '../../src/domain/sighting-form';
import { checkAmong } from '../../src/domain/validate';
import { fixtures, geoJson, toText } from './fixtures';
import { validFeatures } from './form-sightings';
import { sampleSighting, sampleSource } from './sample';

const known = {
  systemIds: ['s-400', 'pantsir-s1'],
  isPoint: (id: string) => id === 'kremlin',
  isOther: () => false,
};
const errorsOf = (feature: unknown) =>
  checkAmong(feature, known).filter(({ severity }) => severity === 'error');
const written = (form: ReturnType<typeof formOf>, base: unknown) => featureOf(form, base, readDecimals);
const valueAt = (feature: unknown, key: string) =>
  (feature as { properties: Record<string, unknown> }).properties[key];

describe('a form of a sighting', () => {
  test('is of sightings that obey the contract', () => {
    fc.assert(
      fc.property(validFeatures, (feature) => {
        expect(errorsOf(feature)).toEqual([]);
      }),
    );
  });

  test('says what the sighting said, to the byte', () => {
    fc.assert(
      fc.property(validFeatures, (feature) => {
        const text = JSON.stringify(feature);
        expect(JSON.stringify(written(formOf(feature), feature))).toBe(text);
      }),
    );
  });

  test('keeps all but what was changed, to the byte', () => {
    fc.assert(
      fc.property(validFeatures, (feature) => {
        const form = { ...formOf(feature), title: 'Another title' };
        const changed = written(form, feature) as Record<string, unknown>;
        expect(valueAt(changed, 'title')).toBe('Another title');
        expect(errorsOf(changed)).toEqual([]);
        expect(isSame(withFieldOf(changed, feature, 'title'), feature)).toBe(true);
        expect(JSON.stringify(valueOf(changed, 'geometry'))).toBe(
          JSON.stringify(valueOf(feature, 'geometry')),
        );
        expect(JSON.stringify(valueOf(changed, 'sources'))).toBe(JSON.stringify(valueOf(feature, 'sources')));
      }),
    );
  });

  test('comes back from the draft that it makes, whatever is in it', () => {
    const texts = fc.constantFrom('', 'abc', '12', '1e3', '55.7, 37.6', '2023-01', '95, 200');
    fc.assert(
      fc.property(validFeatures, texts, texts, texts, (feature, quantity, position, corners) => {
        const form = { ...formOf(feature), quantity, position, corners };
        const draft = written(form, feature);
        expect(JSON.stringify(written(formOf(draft), draft))).toBe(JSON.stringify(draft));
        const again = formOf(draft);
        expect(written(again, feature)).toEqual(draft);
      }),
    );
  });

  test('of the project’s own data says what the data says', () => {
    const { features } = geoJson('sightings.geojson') as { features: unknown[] };
    for (const feature of features) expect(written(formOf(feature), feature)).toBe(feature);
  });

  test.for(fixtures('good').filter(({ name }) => name === 'foreign-members.geojson'))(
    'keeps $name',
    ({ bytes }) => {
      const { features } = JSON.parse(toText(bytes)) as { features: unknown[] };
      for (const feature of features) {
        const changed = written({ ...formOf(feature), title: 'Another' }, feature);
        expect(isSame(withFieldOf(changed, feature, 'title'), feature)).toBe(true);
      }
    },
  );

  test('writes the keys in the order of the contract, those it does not know last', () => {
    const base = { ...sampleSighting(), properties: { note: 1, ...sampleSighting().properties } };
    const form = { ...formOf(base), system: 's-400', status: 'disputed', quantity: '2' };
    expect(Object.keys((written(form, base) as typeof base).properties)).toEqual([
      'title',
      'system',
      'quantity',
      'eventDate',
      'verbatimLocality',
      'coordinateUncertaintyInMeters',
      'confidence',
      'confidenceBasis',
      'status',
      'sources',
      'note',
    ]);
  });

  test('leaves out what is empty and says what is no number', () => {
    const form = { ...formOf(sampleSighting()), verbatimLocality: ' ', quantity: 'three' };
    const feature = written(form, sampleSighting());
    expect(errorsOf(feature).map(({ path, message }) => `${path} ${message}`)).toEqual([
      '$.properties.quantity must be a whole number of at least 1, not "three"',
      '$.properties.verbatimLocality is missing and required',
    ]);
  });

  test.for([
    ['12,5', 12.5],
    ['0,25', 0.25],
    ['1,500', '1,500'],
    ['1,2,3', '1,2,3'],
  ] as const)('takes the radius %s for %s', ([text, meters]) => {
    const form = { ...formOf(sampleSighting()), coordinateUncertaintyInMeters: text };
    expect(written(form, sampleSighting())).toMatchObject({
      properties: { coordinateUncertaintyInMeters: meters },
    });
  });

  test('of nothing asks for what is required', () => {
    const paths = errorsOf(written(formOf(undefined), undefined)).map(({ path }) => path);
    expect(paths).toContain('$.properties.title');
    expect(paths).toContain('$.properties.sources[0].publisher');
    expect(paths).toContain('$.geometry');
    expect(paths).toContain('$.id');
  });

  test('keeps distances to their sources when these change places, and asks when one is gone', () => {
    const sources = ['A', 'B'].map((publisher) => sampleSource({ publisher }));
    const base = sampleSighting({
      sources,
      reportedDistances: [{ to: 'kremlin', meters: 10, qualifier: 'about', source: 1 }],
    });
    const form = formOf(base);
    const turned = written({ ...form, sources: form.sources.toReversed() }, base);
    expect(valueAt(turned, 'reportedDistances')).toEqual([
      { to: 'kremlin', meters: 10, qualifier: 'about', source: 0 },
    ]);
    const without = written({ ...form, sources: form.sources.slice(0, 1) }, base);
    expect(errorsOf(without).map(({ path }) => path)).toEqual(['$.properties.reportedDistances[0].source']);
    expect(distanceForm(5, form.sources)).toMatchObject({ key: 5, to: '', source: undefined });
    expect(sourceForm(3)).toMatchObject({ key: 3, publisher: '', claim: '' });
  });

  test('drops the bounding box of a place that is another now', () => {
    const base = { ...sampleSighting(), bbox: [37.6, 55.7, 37.6, 55.7] };
    expect(written({ ...formOf(base), title: 'B' }, base)).toHaveProperty('bbox');
    expect(written({ ...formOf(base), position: '55, 37' }, base)).not.toHaveProperty('bbox');
  });
});

describe('the text of an area', () => {
  const square = '55, 37\n55, 38\n56, 38\n56, 37';

  test('is closed and turned the way that RFC 7946 wants', () => {
    const clockwise = square.split('\n').toReversed().join('\n');
    for (const text of [square, clockwise, `${square}\n55, 37`]) {
      const feature = written(
        { ...formOf(sampleSighting()), place: 'area', corners: text },
        sampleSighting(),
      );
      expect(errorsOf(feature)).toEqual([]);
    }
  });

  test('is cut at the antimeridian where its sides go the short way across, whichever way it is walked', () => {
    const across = ['55, 179', '55, -179', '56, -179', '56, 179'];
    const beyond = ['55, 179', '55, 181', '56, 181', '56, 179'];
    for (const corners of [across, across.toReversed(), beyond]) {
      const text = corners.join('\n');
      const feature = written(
        { ...formOf(sampleSighting()), place: 'area', corners: text },
        sampleSighting(),
      );
      expect(errorsOf(feature)).toEqual([]);
      const { type, coordinates } = areaOfText(text, readDecimals);
      const lngs = (coordinates as number[][][][]).map(([ring]) => ring?.map(([lng]) => lng ?? NaN) ?? []);
      expect(type).toBe('MultiPolygon');
      expect(lngs.map((ring) => [Math.min(...ring), Math.max(...ring)])).toEqual([
        [179, 180],
        [-180, -179],
      ]);
      expect(isAreaCut(text, readDecimals)).toBe(true);
    }
  });

  test('is not cut where it goes all the way around, or does not cross the antimeridian', () => {
    const around = '-10, -180\n-10, 180\n10, 180\n10, -180';
    const wide = '50, -80\n50, 80\n60, 80\n60, -80';
    for (const text of [around, wide, square]) {
      expect(areaOfText(text, readDecimals).type).toBe('Polygon');
      expect(isAreaCut(text, readDecimals)).toBe(false);
    }
  });

  test('has holes and further parts', () => {
    const hole = 'hole\n55.2, 37.2\n55.2, 37.4\n55.4, 37.4';
    const other = '50, 30\n50, 31\n51, 31';
    const geometry = areaOfText(`${square}\n\n${hole}\n\n${other}`, readDecimals);
    expect(geometry.type).toBe('MultiPolygon');
    expect((geometry.coordinates as unknown[][]).map((rings) => rings.length)).toEqual([2, 1]);
    expect(areaOfText(textOfArea(geometry), readDecimals)).toEqual(geometry);
  });

  test('keeps a line that is no position, and validation names it', () => {
    const text = square.replace('56, 38', 'near the river');
    const feature = written({ ...formOf(sampleSighting()), place: 'area', corners: text }, sampleSighting());
    expect(errorsOf(feature).map(({ message }) => message)).toEqual([
      'must be a position [lng, lat], not "near the river"',
    ]);
    expect(formOf(feature).corners).toBe(text);
  });
});

test('items of a list are changed and moved by their keys, no farther than its ends', () => {
  const items = Object.freeze([{ key: 7 }, { key: 3 }, { key: 5 }]);
  const keys = (list: readonly { key: number }[]) => list.map(({ key }) => key);
  expect(keys(withMovedItem(items, 3, 1))).toEqual([7, 5, 3]);
  expect(keys(withMovedItem(items, 3, -1))).toEqual([3, 7, 5]);
  expect(keys(withMovedItem(items, 7, -1))).toEqual([7, 3, 5]);
  expect(keys(withMovedItem(items, 5, 1))).toEqual([7, 3, 5]);
  expect(keys(withMovedItem(items, 9, 1))).toEqual([7, 3, 5]);
  expect(
    withItem(
      [
        { key: 1, to: 'a' },
        { key: 2, to: 'b' },
      ],
      2,
      { to: 'c' },
    ),
  ).toEqual([
    { key: 1, to: 'a' },
    { key: 2, to: 'c' },
  ]);
});

describe('an id', () => {
  test('is proposed from the title', () => {
    const isTaken = (id: string) => id === 's-400-v-losinom-ostrove';
    expect(proposeId('С-400 в «Лосином острове»', () => false)).toBe('s-400-v-losinom-ostrove');
    expect(proposeId('С-400 в «Лосином острове»', isTaken)).toBe('s-400-v-losinom-ostrove-2');
    expect(proposeId('Pantsir on the ministry’s roof', () => false)).toBe('pantsir-on-the-ministrys-roof');
    expect(proposeId('…', () => false)).toBe('');
  });

  test('is a slug, however the title is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (title) => {
        const id = proposeId(title, () => false);
        expect(id).toMatch(/^$|^[a-z0-9]+(?:-[a-z0-9]+)*$/);
        expect(id.length).toBeLessThanOrEqual(60);
      }),
    );
  });
});

describe('two versions of a sighting', () => {
  test('differ in the fields that somebody else changed', () => {
    const before = sampleSighting();
    const theirs = sampleSighting({ title: 'Theirs', quantity: 3, confidenceBasis: 'Both.' });
    const mine = sampleSighting({ title: 'Mine', status: 'disputed', confidenceBasis: 'Both.' });
    expect(changedFields(before, theirs, mine)).toEqual(['title', 'quantity']);
    const merged = withFieldOf(withFieldOf(mine, theirs, 'title'), theirs, 'quantity');
    expect(changedFields(before, theirs, merged)).toEqual([]);
    expect(valueOf(merged, 'status')).toBe('disputed');
    expect(valueOf(withFieldOf(merged, mine, 'quantity'), 'quantity')).toBeUndefined();
  });

  test('are one where not both changed the same field', () => {
    const before = sampleSighting({ quantity: 1 });
    const theirs = sampleSighting({ title: 'Theirs', quantity: 3, geometry: null });
    const mine = sampleSighting({ title: 'Mine', quantity: 1, status: 'disputed' });
    const { feature, takenOver, conflicts } = mergeTheirs(before, theirs, mine);
    expect(conflicts).toEqual([{ name: 'title', theirs: 'Theirs' }]);
    expect(takenOver).toEqual(['quantity', 'geometry', 'coordinateUncertaintyInMeters']);
    expect(
      ['title', 'quantity', 'geometry', 'status'].map((name) => valueOf(feature, name as 'title')),
    ).toEqual(['Mine', 3, null, 'disputed']);
  });

  test('are told in short', () => {
    expect(valueText(undefined)).toBe('left out');
    expect(valueText(sampleSighting().geometry)).toBe('55.7, 37.6');
    expect(valueText([sampleSource()])).toBe('A paper, 2023-01-20, An origin, It reports this.');
    expect(valueText('x'.repeat(300))).toHaveLength(120);
  });
});
