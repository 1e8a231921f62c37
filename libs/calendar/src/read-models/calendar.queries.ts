import type { DeadlineRule, NamedDay } from '@app/worktime';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export type LoadedEdition = Readonly<{
  year: number;
  version: number;
  holidays: readonly NamedDay[];
  swappedWorkdays: readonly NamedDay[];
  reference: string;
  loadedBy: string;
  loadedAt: string;
}>;

/** What administrators see of calendar and rules. */
@Injectable()
export class CalendarQueries {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Editions that were loaded, newest first. */
  async editions(year?: number): Promise<readonly LoadedEdition[]> {
    const rows: readonly (Omit<LoadedEdition, 'loadedAt'> & { loadedAt: Date })[] = await this.dataSource.query(
      `select year, version, holidays, swapped_workdays as "swappedWorkdays", reference, loaded_by as "loadedBy", loaded_at as "loadedAt"
         from calendar_year where $1::int is null or year = $1 order by year desc, version desc`,
      [year ?? null],
    );
    return rows.map((row) => ({ ...row, loadedAt: row.loadedAt.toISOString() }));
  }

  /** Versions of rules that were set, by rule and version. */
  async ruleVersions(ruleId?: string): Promise<readonly (DeadlineRule & Readonly<{ reason: string }>)[]> {
    const rows: readonly { rule: DeadlineRule; reason: string }[] = await this.dataSource.query(
      `select rule, reason from deadline_rule where $1::text is null or rule_id = $1 order by rule_id, version`,
      [ruleId ?? null],
    );
    return rows.map(({ rule, reason }) => ({ ...rule, reason }));
  }
}
