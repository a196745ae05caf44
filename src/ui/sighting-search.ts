import type { System } from '../domain/sighting';
import type { SightingTable } from '../domain/table';
export class SightingSearch {
  constructor(
    private readonly table: SightingTable,
    readonly systems: readonly System[],
  ) {}
  prepare(): Promise<void> {
    return Promise.resolve();
  }
  find(text: string): Promise<Uint32Array> {
    const rows = Array.from({ length: this.table.length }, (_, r) => r).filter((r) =>
      JSON.stringify(this.table.record(r)).toLowerCase().includes(text.toLowerCase()),
    );
    return Promise.resolve(Uint32Array.from(rows));
  }
  close(): void {
    return;
  }
}
