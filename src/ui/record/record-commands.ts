import type { RecordState } from './record-state.svelte';

/** A command for the data, in a row or in the menu of a phone. */
export interface RecordCommand {
  label: string;
  /** SVG path data in a box of 20 by 20, drawn as lines */
  icon: string;
  run: () => void;
}

const ICON = {
  open: 'M3 5H8L10 7.5H17V16H3ZM10 13.5V10M8 11.5L10 9.5L12 11.5',
  add: 'M10 3A6 6 0 0 0 4 9C4 12.5 10 17.5 10 17.5S16 12.5 16 9A6 6 0 0 0 10 3ZM10 6.5V11.5M7.5 9H12.5',
  export: 'M10 2.5V12M6.5 8.5L10 12L13.5 8.5M3.5 13V17H16.5V13',
  layers: 'M10 3L17.5 7L10 11L2.5 7ZM3 10.5L10 14L17 10.5M3 13.5L10 17L17 13.5',
};

/** What can be done with the data, nothing where the record refuses it, and nothing but an export where the work can only be read. Data sets are named once there is a work, or anything is kept of one. */
export function recordCommands(record: RecordState): RecordCommand[] {
  if (record.refusal !== '') return [];
  const exporting = {
    label: 'Export',
    icon: ICON.export,
    run: () => void record.openDialog({ name: 'export' }),
  };
  if (record.isReadOnly) return [exporting];
  const layers = record.workspace?.layers.length ?? 1;
  const commands: RecordCommand[] = [
    { label: 'Open data', icon: ICON.open, run: () => void record.openDialog({ name: 'open' }) },
    { label: 'Add sighting', icon: ICON.add, run: () => void record.add() },
    exporting,
  ];
  if (!record.hasWork && !record.hasKept) return commands;
  const label = layers > 1 ? `Data sets (${layers})` : 'Data sets';
  return [...commands, { label, icon: ICON.layers, run: () => void record.openDialog({ name: 'layers' }) }];
}
