import { Clock } from '@app/kernel';
import { Batched } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { findingSeries } from './finding-number';

type Wanted = Readonly<{ commandId: string; takenFor: string }>;

/** One number of a series: for what it was taken, and what became of it. */
export type TakenNumber = Readonly<{
  n: number;
  takenFor: string;
  takenAt: string;
  /** taken: nothing known yet (a crash came between) · used · void: the step it was taken for was refused. */
  outcome: 'taken' | 'used' | 'void';
  because: string | null;
}>;

/**
 * Numbers of a series, 1, 2, 3 … in the order they are asked for: unique, never given twice. A number whose step was then refused
 * stays a gap, and the register says why.
 */
@Injectable()
export class NumberRegister {
  /** Those who ask this process for a number of one series at the same time wait for its lock, and for the disk, once. */
  private readonly taking = new Map<string, Batched<Wanted, number>>();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The next number of `series`. The same command gets the same number again, however often it asks. */
  take(series: string, commandId: string, takenFor: string): Promise<number> {
    const known = this.taking.get(series);
    const taking =
      known ??
      new Batched<Wanted, number>(async (wanted) => {
        const numbers = await this.takeAll(series, wanted);
        return wanted.map((one) => numbers.get(one.commandId) ?? 0);
      });
    if (known === undefined) this.taking.set(series, taking);
    return taking.of({ commandId, takenFor });
  }

  /** The next numbers of `series`, by command, in the order given; with one wait for the lock of the series. */
  async takeAll(series: string, wanted: readonly Wanted[]): Promise<ReadonlyMap<string, number>> {
    const each = new Map(wanted.map(({ commandId, takenFor }) => [commandId, takenFor]));
    const rows: { command_id: string; n: number }[] = await this.database.query(
      'select command_id, n from take_numbers($1, $2::text[], $3::text[], $4)',
      [series, [...each.keys()], [...each.values()], this.clock.now()],
    );
    return new Map(rows.map((row) => [row.command_id, row.n]));
  }

  /** Says what became of the number that a command took; the first word stands. */
  async settle(series: string, commandId: string, outcome: 'used' | 'void', because: string | null = null): Promise<void> {
    await this.settleAll(series, [commandId], outcome, because);
  }
  async settleAll(series: string, commandIds: readonly string[], outcome: 'used' | 'void', because: string | null = null): Promise<void> {
    await this.database.query(
      `update number_taken set outcome = $3, because = $4 where series = $1 and command_id = any($2) and outcome = 'taken'`,
      [series, commandIds, outcome, because],
    );
  }

  /** Numbers of findings `QL-2020-000123` that no finding bears, each with what became of it. */
  findingGaps(year: number, limit: number): Promise<readonly TakenNumber[]> {
    return this.database.query(
      `select n, taken_for as "takenFor", taken_at as "takenAt", outcome, because from number_taken t
       where series = $1 and not exists (select 1 from finding_list f where f.number = $1 || '-' || lpad(t.n::text, 6, '0'))
       order by n limit $2`,
      [findingSeries(year), limit],
    );
  }

  /** Every number of a series in order: where one is missing from what was issued, this explains it. */
  explain(series: string): Promise<readonly TakenNumber[]> {
    return this.database.query(
      `select n, taken_for as "takenFor", taken_at as "takenAt", outcome, because from number_taken where series = $1 order by n`,
      [series],
    );
  }
}
