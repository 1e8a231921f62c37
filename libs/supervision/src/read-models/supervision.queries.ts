import type { Instant, LocalDate, UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SupervisionId } from '../domain/supervision.types';
import { DEFAULT_SUPERVISION_RULES, ruleInForce, type SupervisionRule } from '../domain/supervision-rule.types';
import type { SupervisionCase, SupervisionCaseState } from './supervision-case';

export type CaseRow = SupervisionCase & Readonly<{ revision: number }>;
/** Whose cases somebody is concerned with: everybody’s, those of any of these units, and those of none but these. */
export type CaseScope = Readonly<{ all: boolean; any: readonly UnitId[]; only: readonly UnitId[] }>;
/** The page before ended with this one. */
export type CaseCursor = Readonly<{ changedAt: Instant; supervisionId: SupervisionId; round: number }>;
export type CasePage = Readonly<{ cases: readonly CaseRow[]; next: CaseCursor | null }>;
/** What carries the sign 挂牌 now. */
export type SupervisionFlag = Readonly<{
  supervisionId: SupervisionId;
  kind: 'unit' | 'finding';
  subjectId: string;
  unitIds: readonly UnitId[];
  listedOn: LocalDate;
}>;
export type DueCase = Readonly<{ supervisionId: SupervisionId; round: number; period: number; dueAt: Instant }>;

type Stored = Readonly<{ view: SupervisionCase; revision: string; changed_at: Instant }>;
// Rows of before there were numbers have none.
const rowOf = ({ view, revision }: Stored): CaseRow => ({ ...view, number: view.number ?? null, revision: Number(revision) });

@Injectable()
export class SupervisionQueries {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Last changed first, as far as the scope goes; units on the list are public. */
  async page(
    asked: Readonly<{ states: readonly SupervisionCaseState[]; scope: CaseScope; after: CaseCursor | null; limit: number }>,
  ): Promise<CasePage> {
    const { states, scope, after, limit } = asked;
    const rows = await this.dataSource.query<Stored[]>(
      `select view, revision, changed_at from supervision_case
       where state = any($1) and ($2::bool or unit_ids && $3::text[] or unit_ids <@ $4::text[] or (subject_kind = 'unit' and state in ('listed', 'removed')))
         and ($5::text is null or (changed_at, supervision_id, round) < ($5, $6, $7))
       order by changed_at desc, supervision_id desc, round desc limit $8`,
      [states, scope.all, scope.any, scope.only, after?.changedAt ?? null, after?.supervisionId ?? null, after?.round ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const more = rows.length > limit && last !== undefined;
    return {
      cases: page.map(rowOf),
      next: more ? { changedAt: last.changed_at, supervisionId: last.view.supervisionId, round: last.view.round } : null,
    };
  }

  /** All cases of a subject, the newest first. */
  async of(id: SupervisionId): Promise<readonly CaseRow[]> {
    const rows = await this.dataSource.query<Stored[]>(
      'select view, revision, changed_at from supervision_case where supervision_id = $1 order by round desc',
      [id],
    );
    return rows.map(rowOf);
  }

  /** Everything under supervision now: as many rows as there are listings. */
  flags(): Promise<readonly SupervisionFlag[]> {
    return this.dataSource.query(
      `select supervision_id as "supervisionId", subject_kind as kind, subject_id as "subjectId", unit_ids as "unitIds",
         view ->> 'listedOn' as "listedOn"
       from supervision_case where state = 'listed'
       order by subject_kind, subject_id`,
    );
  }

  /** Cases whose report is due by now. */
  due(now: Instant, limit: number): Promise<readonly DueCase[]> {
    return this.dataSource.query(
      `select supervision_id as "supervisionId", round, (view -> 'reports' -> -1 ->> 'period')::int as period, report_due as "dueAt"
       from supervision_case where report_due <= $1 order by report_due, supervision_id limit $2`,
      [now, limit],
    );
  }

  /** Every version of every rule, the product's own where nobody touched one. */
  async rules(): Promise<readonly (SupervisionRule & Readonly<{ reason: string }>)[]> {
    const rows = await this.dataSource.query<{ rule: SupervisionRule; reason: string }[]>(
      'select rule, reason from supervision_rule order by rule_id, version',
    );
    const set = rows.map(({ rule, reason }) => ({ ...rule, reason }));
    const touched = new Set(set.map(({ ruleId }) => ruleId));
    return [...DEFAULT_SUPERVISION_RULES.filter(({ ruleId }) => !touched.has(ruleId)).map((rule) => ({ ...rule, reason: '' })), ...set];
  }

  async rulesInForce(day: LocalDate): Promise<readonly SupervisionRule[]> {
    const versions = (await this.rules()).map(({ reason: _said, ...rule }) => rule);
    return [...new Set(versions.map(({ ruleId }) => ruleId))].flatMap((id) => {
      const rule = ruleInForce(
        versions.filter(({ ruleId }) => ruleId === id),
        day,
      );
      return rule === undefined ? [] : [rule];
    });
  }
}
