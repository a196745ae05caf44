import '../trusted-types';
import type { ContractContext } from '../../domain/validate';
import { WaitingProgress } from '../../io/pace';
import { readBlock, transferOfRead } from '../../io/block-reader';
import { SharedReader } from '../../io/shared-reader';
import { openToOtherHosts } from '../outside/other-hosts';
import { HelpingWorkers } from './helping-workers';
import type { HelpMessage, LoadMessage, LoadRequest } from './load-messages';
import { packSightings } from './packed-sightings';
import { type Source, readSource } from './read-source';

let setContext: (context: ContractContext) => void = () => undefined;
const arriving = new Promise<ContractContext>((resolve) => (setContext = resolve));
let known: ContractContext = {};

openToOtherHosts();

function tell(message: LoadMessage | HelpMessage, transfer: ArrayBuffer[] = []): void {
  postMessage(message, { transfer });
}

const AWAKE_MS = 2000;

/** Without a graphics card the whole page is put together anew each time, which takes from the reading. */
const PROGRESS_MS = 500;

async function load(source: Source, isOurs: boolean): Promise<void> {
  const tellAwake = () => tell({ kind: 'awake' });
  tellAwake();
  const awake = setInterval(tellAwake, AWAKE_MS);
  const progress = new WaitingProgress((done) => tell({ kind: 'progress', done }), PROGRESS_MS);
  const helpers = new HelpingWorkers(arriving);
  const loaded = await readSource(source, arriving, {
    progress: progress.tell,
    isOurs,
    readerOf: (context, options) => new SharedReader(context, helpers, options),
  });
  clearInterval(awake);
  progress.end();
  helpers.close();
  if (loaded.kind !== 'sightings') return tell(loaded);
  const { packed, transfer } = packSightings(loaded.sightings);
  tell({ kind: 'sightings', packed }, transfer);
}

addEventListener('message', ({ data }: MessageEvent<LoadRequest>) => {
  switch (data.kind) {
    case 'load':
      return void load(data.source, data.isOurs);
    case 'context':
      return setContext(data.context);
    case 'help':
      known = data.context;
      return tell({ kind: 'ready' });
    case 'block': {
      const read = readBlock(data.block, known);
      return tell({ kind: 'read', read }, transferOfRead(read));
    }
  }
});
