import { Clock } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

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
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      // One at a time per series, over all processes; other series do not wait.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 50))', [series]);
      const known: { n: number }[] = await tx.query('select n from number_taken where series = $1 and command_id = $2', [
        series,
        commandId,
      ]);
      if (known[0] !== undefined) return known[0].n;
      const taken: { n: number }[] = await tx.query(
        `insert into number_taken (series, n, command_id, taken_for, taken_at)
         select $1, coalesce(max(n), 0) + 1, $2, $3, $4 from number_taken where series = $1
         returning n`,
        [series, commandId, takenFor, at],
      );
      return taken[0]?.n ?? 0;
    });
  }

  /** Says what became of the number that a command took; the first word stands. */
  async settle(series: string, commandId: string, outcome: 'used' | 'void', because: string | null = null): Promise<void> {
    await this.database.query(
      `update number_taken set outcome = $3, because = $4 where series = $1 and command_id = $2 and outcome = 'taken'`,
      [series, commandId, outcome, because],
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
