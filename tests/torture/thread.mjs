// Node runs TypeScript in a thread only when the thread itself says so.
import { register } from 'tsx/esm/api';

register();
await import('./trial-worker.ts');
