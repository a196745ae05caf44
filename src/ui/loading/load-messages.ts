import type { ContractContext } from '../../domain/validate';
import type { BlockRead } from '../../io/block-reader';
import type { FeatureBlock } from '../../io/feature-blocks';
import type { PackedSightings } from './packed-sightings';
import type { Loaded, Source } from './read-source';

/** What a worker is asked: to load a file, or to help another worker that does. */
export type LoadRequest =
  | {
      kind: 'load';
      source: Source;
      /** whether the file is one of sightings whatever it begins with */
      isOurs: boolean;
    }
  /** what sightings may refer to, which may come after the request */
  | { kind: 'context'; context: ContractContext }
  | { kind: 'help'; context: ContractContext }
  | { kind: 'block'; block: FeatureBlock };

/** What it tells while it loads, every few seconds at least that it is awake, and in the end. */
export type LoadMessage =
  | { kind: 'awake' }
  | { kind: 'progress'; done: number }
  | { kind: 'sightings'; packed: PackedSightings }
  | Exclude<Loaded, { kind: 'sightings' }>;

/** What it tells the one that it helps: that it is there, then what it read of each block, in their order. */
export type HelpMessage = { kind: 'ready' } | { kind: 'read'; read: BlockRead };
