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
  /** Whoever had proposed what `loadedBy` confirmed. */
  proposedBy: string | null;
  /** Loaded by one person because there was nobody else. */
  alone: boolean;
}>;
/** Waits for a second person. */
export type ProposedEdition = Readonly<{
  year: number;
  holidays: readonly NamedDay[];
  swappedWorkdays: readonly NamedDay[];
  reference: string;
  proposedBy: string;
  proposedAt: string;
  /** Of the year's stream: a confirmation rests on it. */
  revision: number;
}>;

/** What administrators see of calendar and rules. */
@Injectable()
export class CalendarQueries {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Editions that were loaded, newest first. */
  async editions(year?: number): Promise<readonly LoadedEdition[]> {
    const rows: readonly (Omit<LoadedEdition, 'loadedAt'> & { loadedAt: Date })[] = await this.dataSource.query(
      `select year, version, holidays, swapped_workdays as "swappedWorkdays", reference, loaded_by as "loadedBy", loaded_at as "loadedAt",
              proposed_by as "proposedBy", alone
         from calendar_year where $1::int is null or year = $1 order by year desc, version desc`,
      [year ?? null],
    );
    return rows.map((row) => ({ ...row, loadedAt: row.loadedAt.toISOString() }));
  }

  async proposals(): Promise<readonly ProposedEdition[]> {
    const rows: readonly (Omit<ProposedEdition, 'proposedAt'> & { proposedAt: Date })[] = await this.dataSource.query(
      `select year, holidays, swapped_workdays as "swappedWorkdays", reference, proposed_by as "proposedBy", proposed_at as "proposedAt",
              revision
         from calendar_proposal order by year`,
    );
    return rows.map((row) => ({ ...row, proposedAt: row.proposedAt.toISOString() }));
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
