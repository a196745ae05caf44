import type { MergeVerdict } from './merge-plan.svelte';

export const VERDICT_NAMES: Readonly<Record<MergeVerdict, string>> = {
  'only-theirs': 'Only there',
  newer: 'Newer there',
  older: 'Older there',
  conflict: 'In conflict',
  same: 'The same',
  'only-ours': 'Only here',
};

export const VERDICT_MEANINGS: Readonly<Record<MergeVerdict, string>> = {
  'only-theirs': 'No sighting of this id is here.',
  newer: 'It keeps all that is said here and adds to it.',
  older: 'What is here keeps all that it says and adds to it.',
  conflict: 'They contradict each other, or each says something of its own.',
  same: 'Both say the same.',
  'only-ours': 'No sighting of this id is there; it stays.',
};
