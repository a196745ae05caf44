import { describe, expect, test } from 'vitest';
import { confidenceDoubt, weighEvidence } from '../../src/domain/evidence';
import { CONFIDENCE, type Confidence, STATUS, type Status } from '../../src/domain/sighting';
import { sampleSource } from './sample';

const from = (origin: string) => sampleSource({ origin });
const against = (origin: string) => sampleSource({ origin, stance: 'disputes' });

describe('independent origins', () => {
  test('many relays of one origin are one', () => {
    const sources = ['A paper', 'Another', 'A third'].map((publisher) =>
      sampleSource({ publisher, origin: 'Agentstvo' }),
    );
    expect(weighEvidence(sources).supportingOrigins).toEqual(['Agentstvo']);
  });

  test('case and spaces around make no other origin', () => {
    expect(weighEvidence([from('Agentstvo'), from(' AGENTSTVO ')]).supportingOrigins).toEqual(['Agentstvo']);
  });

  test('they come in the order of the sources', () => {
    expect(weighEvidence([from('B'), from('A'), from('B')]).supportingOrigins).toEqual(['B', 'A']);
  });

  test('a source without a stance supports', () => {
    expect(weighEvidence([from('A')])).toEqual({ supportingOrigins: ['A'], disputingOrigins: [] });
  });

  test('one that disputes does not support', () => {
    expect(weighEvidence([against('A')])).toEqual({ supportingOrigins: [], disputingOrigins: ['A'] });
  });

  test('one that does both is counted on both sides', () => {
    expect(weighEvidence([from('A'), against('A')])).toEqual({
      supportingOrigins: ['A'],
      disputingOrigins: ['A'],
    });
  });

  test('no sources are no origins', () => {
    expect(weighEvidence([])).toEqual({ supportingOrigins: [], disputingOrigins: [] });
  });
});

describe('the stated confidence', () => {
  const doubt = (confidence: Confidence, sources: ReturnType<typeof from>[], status?: Status) =>
    confidenceDoubt({ confidence, sources, ...(status ? { status } : {}) });

  test.for(Object.keys(CONFIDENCE) as Confidence[])('%s holds with two origins', (confidence) => {
    expect(doubt(confidence, [from('A'), from('B')])).toBeUndefined();
  });

  test('low holds with one origin', () => {
    expect(doubt('low', [from('A')])).toBeUndefined();
  });

  test.for(['high', 'moderate'] as const)('%s does not hold with one origin', (confidence) => {
    expect(doubt(confidence, [from('A'), from('A')])).toContain('1 independent origin');
  });

  test.for(['high', 'moderate'] as const)('%s does not hold with none that supports', (confidence) => {
    expect(doubt(confidence, [against('A')])).toContain('no supporting origin');
  });

  test.for(Object.keys(STATUS) as Status[])('high does not hold while disputed, status %s', (status) => {
    expect(doubt('high', [from('A'), from('B'), against('C')], status)).toContain('C disputes');
  });

  test('a dispute makes the status wrong when it is left out', () => {
    expect(doubt('low', [from('A'), against('B')])).toContain('the status should be "disputed"');
  });

  test.for(['disputed', 'retracted'] as const)('a dispute agrees with the status %s', (status) => {
    expect(doubt('low', [from('A'), against('B')], status)).toBeUndefined();
  });
});
