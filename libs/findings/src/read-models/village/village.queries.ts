import type { EvidenceId, FindingId, LocalDate, PersonId, SubjectId, UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Assignment } from '../../domain/finding.state';
import { STAGES, type FindingStage, type Subject } from '../../domain/finding.types';
import { addScope } from '../finding-list/finding-list.filter';
import { Conditions } from '../finding-list/sql-parts';
import type { VisibilityScope } from '../finding-list/visibility';

/** 未销号: everything that is neither cleared, nor long-term, nor out of the count. */
export const OPEN_STAGES: readonly FindingStage[] = STAGES.filter(
  (stage) => !['cleared', 'long-term', 'dismissed', 'withdrawn', 'linked'].includes(stage),
);

export type VillageNumbers = Readonly<{ villageId: UnitId; open: number; toVerify: number; lastVisit: LocalDate | null }>;
export type VillageFinding = Readonly<{
  findingId: FindingId;
  revision: number;
  number: string;
  stage: FindingStage;
  category: string;
  subject: Readonly<{ kind: Subject['kind']; label: string; subjectId: SubjectId | null; sensitive: boolean }>;
  text: string;
  dueAt: string | null;
  evidence: readonly Readonly<{ evidenceId: EvidenceId; phase: string; mediaType: string }>[];
  /** What the rules of verifying look at; null before the transfer. */
  work: Pick<Assignment, 'independent' | 'rectifiers'> | null;
}>;
export type KnownSubject = Readonly<{ kind: Subject['kind']; label: string; subjectId: SubjectId }>;

type FindingRecord = Omit<VillageFinding, 'revision'> & Readonly<{ revision: string }>;

/** Acts for which somebody was there. */
const VISITS = `(e.type = 'FindingFiled' and f.manner in ('on-site', 'household', 'unannounced')
  or e.type = 'FindingVerified' and e.params ->> 'method' = 'on-site' or e.type in ('RectifiedOnTheSpot', 'LookedBack'))`;
const SUBJECT = `v.view #> '{state,core,subject}'`;

/** What a team in a village needs to know of the findings there; only those that the reader may see. */
@Injectable()
export class VillageQueries {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** In the order of the villages given; one without findings has zeros. */
  async numbers(villages: readonly UnitId[], scope: VisibilityScope): Promise<readonly VillageNumbers[]> {
    const where = new Conditions();
    where.add(`f.village_id = any(${where.param(villages)}::text[])`);
    addScope(where, scope);
    const open = `f.stage = any(${where.param(OPEN_STAGES)}::text[])`;
    type Row = Readonly<{ village: UnitId; open: number; toVerify: number; last: LocalDate | null }>;
    const rows = await this.dataSource.query<Row[]>(
      `with here as (select f.finding_id, f.village_id, f.stage, f.manner, ${open} as open from finding_list f where ${where.where})
       select h.village_id as village, count(*) filter (where h.open)::int as open,
         count(*) filter (where h.stage = 'to-verify')::int as "toVerify",
         (select max(e.on_day) from here f join finding_event e using (finding_id) where f.village_id = h.village_id and ${VISITS}) as last
       from here h group by h.village_id`,
      [...where.params],
    );
    const known = new Map(rows.map((row) => [row.village, row]));
    return villages.map((villageId) => {
      const row = known.get(villageId);
      return { villageId, open: row?.open ?? 0, toVerify: row?.toVerify ?? 0, lastVisit: row?.last ?? null };
    });
  }

  /** Open findings of one village, the most pressing first. */
  async open(village: UnitId, scope: VisibilityScope, limit: number): Promise<readonly VillageFinding[]> {
    const where = new Conditions();
    where.add(`f.village_id = ${where.param(village)}`);
    where.add(`f.stage = any(${where.param(OPEN_STAGES)}::text[])`);
    addScope(where, scope);
    const rows = await this.dataSource.query<FindingRecord[]>(
      `select f.finding_id as "findingId", f.revision, f.number, f.stage, f.category, f.text, f.due_at as "dueAt",
         jsonb_build_object('kind', f.subject_kind, 'label', f.subject_label, 'subjectId', ${SUBJECT} -> 'subjectId',
           'sensitive', ${SUBJECT} -> 'sensitive') as subject,
         coalesce((select jsonb_agg(jsonb_build_object('evidenceId', e.value ->> 'evidenceId', 'phase', e.value ->> 'phase',
             'mediaType', e.value ->> 'mediaType') order by e.value ->> 'phase', e.key)
           from json_each(v.view #> '{state,core,evidence}') e where not (e.value ->> 'removed')::bool), '[]') as evidence,
         case when json_typeof(v.view #> '{state,work}') = 'object' then jsonb_build_object('independent', v.view #> '{state,work,independent}',
           'rectifiers', v.view #> '{state,work,rectifiers}') end as work
       from finding_list f join finding_view v using (finding_id) where ${where.where}
       order by f.due_sort, f.finding_id limit ${where.param(limit)}`,
      [...where.params],
    );
    return rows.map((row) => ({ ...row, revision: Number(row.revision) }));
  }

  /** Persons and households that findings of the village are about, the latest first: by masked label, nothing sealed. */
  async subjects(village: UnitId, scope: VisibilityScope, limit: number): Promise<readonly KnownSubject[]> {
    const where = new Conditions();
    where.add(`f.village_id = ${where.param(village)}`);
    where.add(`f.subject_kind in ('household', 'person') and ${SUBJECT} ->> 'subjectId' is not null`);
    // Named handlers only (R40).
    where.add(`not (${SUBJECT} ->> 'sensitive')::bool`);
    addScope(where, scope);
    return this.dataSource.query<KnownSubject[]>(
      `select s.kind, s.label, s."subjectId" from (
         select distinct on (${SUBJECT} ->> 'subjectId') ${SUBJECT} ->> 'subjectId' as "subjectId", f.subject_kind as kind,
           f.subject_label as label, f.filed_at
         from finding_list f join finding_view v using (finding_id) where ${where.where}
         order by ${SUBJECT} ->> 'subjectId', f.filed_at desc) s
       order by s.filed_at desc, s."subjectId" limit ${where.param(limit)}`,
      [...where.params],
    );
  }

  /** A subject of the village as it was recorded, to be named again; null when none that the reader may see. */
  async subject(village: UnitId, subjectId: SubjectId, scope: VisibilityScope): Promise<Subject | null> {
    const where = new Conditions();
    where.add(`f.village_id = ${where.param(village)}`);
    where.add(`${SUBJECT} ->> 'subjectId' = ${where.param(subjectId)} and not (${SUBJECT} ->> 'sensitive')::bool`);
    addScope(where, scope);
    const [row] = await this.dataSource.query<{ subject: Subject }[]>(
      `select ${SUBJECT} as subject from finding_list f join finding_view v using (finding_id) where ${where.where} limit 1`,
      [...where.params],
    );
    return row?.subject ?? null;
  }

  /** Categories of what this person filed last, the latest first. */
  async recentCategories(person: PersonId, limit: number): Promise<readonly string[]> {
    const rows = await this.dataSource.query<{ category: string }[]>(
      `select category from (
         select distinct on (r.category) r.category, r."position" from (
           select f.category, e."position" from finding_event e join finding_list f using (finding_id)
           where e.person_id = $1 and e.type = 'FindingFiled' order by e."position" desc limit 200) r
         order by r.category, r."position" desc) c
       order by c."position" desc limit $2`,
      [person, limit],
    );
    return rows.map(({ category }) => category);
  }
}
