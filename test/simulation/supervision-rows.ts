import type { RecordedEvent } from '@app/event-store';
import type { Instant } from '@app/kernel';
import { SupervisionQueries, type SupervisionCase, type SupervisionEvent } from '@app/supervision';
import type { DataSource } from 'typeorm';
import { foldCase, reportDueOf } from '../../libs/supervision/src/read-models/supervision-case';
import type { DueCase } from '../../libs/supervision/src/read-models/supervision.queries';
import { Behind } from './behind';
import type { Life } from './simulated-host';

/** The read model of 挂牌督办 as the database has it: one row for each case. */
export class SupervisionRows {
  private readonly cases = new Map<string, SupervisionCase>();
  private readonly behind: Behind;
  private seen = 0n;

  constructor(lag: () => number) {
    this.behind = new Behind(lag);
  }

  tell(event: RecordedEvent): void {
    this.behind.tell(event);
  }

  /** Position up to which everything shows. */
  position(): bigint {
    for (const { type, data, position } of this.behind.shown()) {
      const event = { type, data } as SupervisionEvent;
      const key = `${event.data.supervisionId} ${event.data.round}`;
      const row = foldCase(this.cases.get(key) ?? null, event);
      if (row !== null) this.cases.set(key, row);
      this.seen = position;
    }
    return this.seen;
  }

  due(now: Instant, limit: number): readonly DueCase[] {
    this.position();
    const found = [...this.cases.values()].flatMap((row) => {
      const dueAt = reportDueOf(row);
      const { supervisionId, round, reports } = row;
      return dueAt === null || dueAt > now ? [] : [{ supervisionId, round, period: reports.at(-1)?.period ?? 0, dueAt }];
    });
    return found.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0)).slice(0, limit);
  }
}

/** The queries as one life of a worker asks them. */
export class CasesOfLife extends SupervisionQueries {
  constructor(
    private readonly life: Life,
    private readonly rows: SupervisionRows,
  ) {
    super(undefined as unknown as DataSource);
  }

  override due(now: Instant, limit: number): Promise<readonly DueCase[]> {
    return this.life.ask(async () => this.rows.due(now, limit));
  }
}
