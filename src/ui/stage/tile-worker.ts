import { SightingTiles } from '../../map/tiles';
import type { TileAnswer, TileQuestion } from './tile-messages';

let tiles: SightingTiles | undefined;
let revision = 0;

function answer(question: TileQuestion): TileAnswer | undefined {
  switch (question.kind) {
    case 'table':
      tiles = new SightingTiles(question.table);
      return undefined;
    case 'show':
      tiles?.show(question.rows);
      revision = question.revision;
      return undefined;
    case 'tile': {
      const bytes = tiles?.tile(question.z, question.x, question.y) ?? new Uint8Array();
      return { kind: 'tile', id: question.id, bytes: bytes.slice().buffer, revision };
    }
    case 'sharing-mark':
      return {
        kind: 'sharing-mark',
        id: question.id,
        rows: tiles?.sharingMark(question.row, question.z) ?? [],
      };
  }
}

self.onmessage = ({ data }: MessageEvent<TileQuestion>) => {
  try {
    const given = answer(data);
    if (given) self.postMessage(given, { transfer: given.kind === 'tile' ? [given.bytes] : [] });
  } catch (error) {
    if (!('id' in data)) throw error; // the page hears of it as the worker's own error
    const message = error instanceof Error ? error.message : String(error);
    self.postMessage({ kind: 'error', id: data.id, message } satisfies TileAnswer);
  }
};
