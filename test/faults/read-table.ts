import type { SeededRandom } from '@app/kernel';
import { pause } from '@app/event-store';
import type { FollowerTable, TableCommit } from './record';

/** The transaction was rolled back, or was committed and nobody heard of it, or somebody else had moved the checkpoint. */
export class TableTrouble extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TableTrouble';
  }
}

export type TableOptions = Readonly<{
  name: string;
  /** Where the checkpoint stands at first. */
  base: bigint;
  prefixes: readonly string[];
  random: SeededRandom;
  /** How often a transaction fails, 0 to 1. */
  failRate: number;
  /** The longest that one half of a transaction takes, ms. */
  paceMs: number;
  now: () => number;
}>;

/** A read store of one table: rows and checkpoint are committed together, and outlive the processes that write them. */
export class ReadTable {
  protected readonly rows: string[] = [];
  protected readonly commits: TableCommit[] = [];
  protected at: bigint;
  private calm = false;

  constructor(protected readonly options: TableOptions) {
    this.at = options.base;
  }

  get checkpoint(): bigint {
    return this.at;
  }

  get name(): string {
    return this.options.name;
  }

  get prefixes(): readonly string[] {
    return this.options.prefixes;
  }

  /** Nothing goes wrong with it any more. */
  rest(): void {
    this.calm = true;
  }

  /** Errors: TableTrouble; the checkpoint must then be read again. */
  async apply(from: bigint, ids: readonly string[], to: bigint): Promise<void> {
    await this.work();
    this.refuseUnlessAt(from);
    if (this.fails()) throw new TableTrouble('rolled back');
    this.rows.push(...ids);
    this.moveTo(to);
    await this.work();
    if (this.fails()) throw new TableTrouble('committed, and the answer was lost');
  }

  result(): FollowerTable {
    return { name: this.name, prefixes: this.prefixes, rows: this.rows, commits: this.commits };
  }

  protected refuseUnlessAt(from: bigint): void {
    if (this.at !== from) throw new TableTrouble('somebody else moved the checkpoint');
  }

  protected moveTo(to: bigint): void {
    this.at = to;
    this.noteCommit();
  }

  protected noteCommit(): void {
    this.commits.push({ at: this.options.now(), rows: this.rows.length, checkpoint: this.at });
  }

  protected work(): Promise<void> {
    return pause(this.options.random.next() * this.options.paceMs);
  }

  protected fails(): boolean {
    return !this.calm && this.options.random.chance(this.options.failRate);
  }
}
