import type { FindingId, LegId, UnitId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addScope } from '../finding-list/finding-list.filter';
import { Conditions } from '../finding-list/sql-parts';
import type { VisibilityScope } from '../finding-list/visibility';

/** What is told of a finding on the leaders' first screen, as it reads today. */
export type ToldFinding = Readonly<{
  findingId: FindingId;
  text: string;
  subject: string;
  town: Readonly<{ id: UnitId; name: string }>;
  seriousness: string;
  category: string;
}>;
export type ToldLeg = Readonly<{ findingId: FindingId; legId: LegId; assignee: string | null }>;
export type ToldUpper = Readonly<{ findingId: FindingId; authority: string; batch: string; number: string; due: string | null }>;

/** The words beside the figures, of a few findings and only of those the reader may read. */
@Injectable()
export class OverviewTexts {
  constructor(private readonly dataSource: DataSource) {}

  async findings(scope: VisibilityScope, ids: readonly FindingId[]): Promise<ReadonlyMap<FindingId, ToldFinding>> {
    const where = new Conditions();
    addScope(where, scope);
    where.add(`finding_id = any(${where.param([...new Set(ids)])}::text[])`);
    const rows = await this.dataSource.query<ToldFinding[]>(
      `select finding_id as "findingId", text, subject_label as subject, jsonb_build_object('id', town_id, 'name', town_name) as town, seriousness, category
       from finding_list where ${where.where}`,
      [...where.params],
    );
    return new Map(rows.map((row) => [row.findingId, row]));
  }

  /** Who was named for a leg inside its unit. */
  async legs(of: readonly Readonly<{ findingId: FindingId; legId: LegId }>[]): Promise<readonly ToldLeg[]> {
    return this.dataSource.query(
      `select l.finding_id as "findingId", l.leg_id as "legId", l.assignee from finding_leg l
       join unnest($1::text[], $2::text[]) as asked (finding_id, leg_id) using (finding_id, leg_id)`,
      [of.map((leg) => leg.findingId), of.map((leg) => leg.legId)],
    );
  }

  /** Authority, batch and number of upper-level findings (R23). */
  async uppers(ids: readonly FindingId[]): Promise<ReadonlyMap<FindingId, ToldUpper>> {
    const rows = await this.dataSource.query<ToldUpper[]>(
      `select finding_id as "findingId", u ->> 'authority' as authority, u ->> 'batch' as batch, u ->> 'number' as number, u ->> 'due' as due
       from finding_view, lateral (select view -> 'state' -> 'core' -> 'upper' as u) t where finding_id = any($1::text[]) and u is not null`,
      [ids],
    );
    return new Map(rows.map((row) => [row.findingId, row]));
  }
}
