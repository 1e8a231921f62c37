import type { FindingId, Instant, LegId, LocalDate, PersonId, UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Addressee, LadderRule, PlannedStep, Rung, RungState } from '../domain/escalation.types';
import { DEFAULT_LADDER_RULES } from '../domain/ladder-rules';

/** A missed due time whose next rung has been reached; `revision` is of the ladder's stream. */
export type ReachedRung = Readonly<{
  findingId: FindingId;
  legId: LegId;
  unitId: UnitId;
  dueAt: Instant;
  dueOn: LocalDate;
  rung: Rung;
  revision: string;
}>;
export type LadderClockRow = Readonly<{
  legId: LegId;
  unitId: UnitId;
  townId: UnitId;
  dueAt: Instant;
  dueOn: LocalDate;
  steps: readonly PlannedStep[];
  /** Why nothing more is proposed; null while it goes on. */
  halted: 'standing' | 'done' | 'moved' | 'extended' | 'closed' | null;
}>;
export type InterviewRow = Readonly<{
  metOn: LocalDate;
  heldBy: readonly PersonId[];
  met: readonly PersonId[];
  agreed: string;
  nextOn: LocalDate | null;
  recordedAt: Instant;
  recordedBy: PersonId;
}>;
export type RungRow = Readonly<{
  rungId: string;
  findingId: FindingId;
  legId: LegId;
  unitId: UnitId;
  townId: UnitId;
  number: string;
  rung: Rung;
  dueAt: Instant;
  dueOn: LocalDate;
  state: RungState;
  ruleId: string;
  ruleVersion: number;
  overdueDays: number;
  addressees: readonly Addressee[];
  replyDays: number | null;
  proposedAt: Instant;
  text: string | null;
  replyBy: LocalDate | null;
  changed: boolean | null;
  /** Of declining; of a rung that lapsed, what became of its ground. */
  reason: string | null;
  decidedAt: Instant | null;
  decidedBy: PersonId | null;
  answer: string | null;
  answeredAt: Instant | null;
  answeredBy: PersonId | null;
  answerLate: boolean | null;
  interview: InterviewRow | null;
  /** Decimal digits, of the proposal; newest first. */
  position: string;
  revision: string;
}>;

/** What somebody may see: proposals and all, or of some units only what was issued. */
export type RungSight = Readonly<{ all: boolean; issuedOf: readonly UnitId[]; everythingOf: readonly UnitId[] }>;
export type RungFilter = Readonly<{
  state?: RungState | undefined;
  rung?: Rung | undefined;
  /** Any of these. */
  rungs?: readonly Rung[] | undefined;
  unit?: UnitId | undefined;
  town?: UnitId | undefined;
  findingId?: FindingId | undefined;
  /** Issued with a day for the answer, and not answered. */
  unanswered?: boolean | undefined;
}>;

const COLUMNS = `rung_id as "rungId", finding_id as "findingId", leg_id as "legId", unit_id as "unitId", town_id as "townId", number, rung,
  due_at as "dueAt", due_on as "dueOn", state, rule_id as "ruleId", rule_version as "ruleVersion", overdue_days as "overdueDays",
  addressees, reply_days as "replyDays", proposed_at as "proposedAt", text, reply_by as "replyBy", changed, reason,
  decided_at as "decidedAt", decided_by as "decidedBy", answer, answered_at as "answeredAt", answered_by as "answeredBy",
  answer_late as "answerLate", interview, "position"::text as position, revision::text as revision`;

@Injectable()
export class LadderQueries {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Ladders whose next rung lies that many working days after its due time, due until that day, oldest first. */
  reached(days: number, dueUntil: LocalDate, after: ReachedRung | null, limit: number): Promise<readonly ReachedRung[]> {
    return this.database.query<ReachedRung[]>(
      `select finding_id as "findingId", leg_id as "legId", unit_id as "unitId", due_at as "dueAt", due_on as "dueOn", next_rung as rung,
              revision::text as revision
       from ladder_clock
       where next_rung is not null and next_days = $1 and due_on <= $2 and (due_on, finding_id, leg_id) > ($3, $4, $5)
       order by due_on, finding_id, leg_id limit $6`,
      [days, dueUntil, after?.dueOn ?? '', after?.findingId ?? '', after?.legId ?? '', limit],
    );
  }

  /** Every number of days at which some ladder has its next rung; as many as there are different rules, however many ladders. */
  async nextDays(): Promise<readonly number[]> {
    const rows = await this.database.query<{ days: number }[]>(
      `with recursive step (days) as (
         (select next_days from ladder_clock where next_rung is not null order by next_days limit 1)
         union all
         select (select c.next_days from ladder_clock c where c.next_rung is not null and c.next_days > step.days order by c.next_days limit 1)
         from step where step.days is not null
       ) select days from step where days is not null`,
    );
    return rows.map(({ days }) => days);
  }

  /** Newest first, from below `before`. */
  page(sight: RungSight, filter: RungFilter, before: string | null, limit: number): Promise<readonly RungRow[]> {
    return this.database.query<RungRow[]>(
      `select ${COLUMNS} from ladder_rung
       where ($1 or (state = 'issued' and unit_id = any($2)) or unit_id = any($3) or town_id = any($3))
         and ($4::text is null or state = $4) and ($5::text is null or rung = $5) and ($6::text is null or unit_id = $6)
         and ($7::text is null or town_id = $7) and ($8::text is null or finding_id = $8)
         and ($9::boolean is null or (state = 'issued' and reply_by is not null and answered_at is null) = $9)
         and ($10::bigint is null or "position" < $10) and ($11::text[] is null or rung = any($11))
       order by ladder_rung."position" desc limit $12`,
      [
        sight.all,
        sight.issuedOf,
        sight.everythingOf,
        filter.state ?? null,
        filter.rung ?? null,
        filter.unit ?? null,
        filter.town ?? null,
        filter.findingId ?? null,
        filter.unanswered ?? null,
        before,
        filter.rungs ?? null,
        limit,
      ],
    );
  }

  async one(rungId: string): Promise<RungRow | undefined> {
    const rows = await this.database.query<RungRow[]>(`select ${COLUMNS} from ladder_rung where rung_id = $1`, [rungId]);
    return rows[0];
  }

  /** Every missed due time of a finding, oldest first. */
  clocksOf(findingId: FindingId): Promise<readonly LadderClockRow[]> {
    return this.database.query<LadderClockRow[]>(
      `select leg_id as "legId", unit_id as "unitId", town_id as "townId", due_at as "dueAt", due_on as "dueOn", steps, halted
       from ladder_clock where finding_id = $1 order by due_at, leg_id, unit_id`,
      [findingId],
    );
  }

  /** Every version of every rule; those that come with the product and were never touched among them. */
  async rules(): Promise<readonly (LadderRule & Readonly<{ reason: string }>)[]> {
    const rows = await this.database.query<{ rule: LadderRule; reason: string }[]>(
      'select rule, reason from ladder_rule order by rule_id, version',
    );
    const touched = new Set(rows.map(({ rule }) => rule.id));
    const untouched = DEFAULT_LADDER_RULES.filter(({ id }) => !touched.has(id)).map((rule) => ({ ...rule, reason: '' }));
    return [...untouched, ...rows.map(({ rule, reason }) => ({ ...rule, reason }))];
  }
}
