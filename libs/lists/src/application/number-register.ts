import { Clock } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { findingSeries } from './finding-number';

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
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The next number of `series`. The same command gets the same number again, however often it asks. */
  async take(series: string, commandId: string, takenFor: string): Promise<number> {
    const numbers = await this.takeAll(series, [{ commandId, takenFor }]);
    return numbers.get(commandId) ?? 0;
  }

  /** The next numbers of `series`, by command, in the order given; with one wait for the lock of the series. */
  async takeAll(
    series: string,
    wanted: readonly Readonly<{ commandId: string; takenFor: string }>[],
  ): Promise<ReadonlyMap<string, number>> {
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      // One at a time per series, over all processes; other series do not wait.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 50))', [series]);
      const commandIds = wanted.map((w) => w.commandId);
      const known: { command_id: string; n: number }[] = await tx.query(
        'select command_id, n from number_taken where series = $1 and command_id = any($2)',
        [series, commandIds],
      );
      const numbers = new Map(known.map((row) => [row.command_id, row.n]));
      const fresh = new Map(wanted.filter((w) => !numbers.has(w.commandId)).map((w) => [w.commandId, w.takenFor]));
      if (fresh.size === 0) return numbers;
      const taken: { command_id: string; n: number }[] = await tx.query(
        `insert into number_taken (series, n, command_id, taken_for, taken_at)
         select $1, (select coalesce(max(n), 0) from number_taken where series = $1) + w.at, w.command_id, w.taken_for, $4
         from unnest($2::text[], $3::text[]) with ordinality as w (command_id, taken_for, at)
         returning command_id, n`,
        [series, [...fresh.keys()], [...fresh.values()], at],
      );
      for (const row of taken) numbers.set(row.command_id, row.n);
      return numbers;
    });
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
