import type { RecordedEvent } from '@app/event-store';
import { assertNever, idFrom } from '@app/kernel';
import type { Projection, Tx } from '@app/read-store';
import { LADDER_EVENT_TYPES, LADDER_RULE_EVENT_TYPES } from '../domain/escalation.event-types';
import type { EscalationEvent, LadderRuleEvent } from '../domain/escalation.events';
import { isRung, type LadderRule, type PlannedStep, type Rung } from '../domain/escalation.types';
import { DEFAULT_LADDER_RULES, withLadderRuleEvent } from '../domain/ladder-rules';

type Missed = Readonly<{ findingId: string; legId: string; unitId: string; dueAt: string }>;
const clockKey = ({ findingId, legId, unitId, dueAt }: Missed): readonly string[] => [findingId, legId, unitId, dueAt];
const rungId = (missed: Missed & Readonly<{ rung: Rung }>): string => idFrom('rung', ...clockKey(missed), missed.rung);

type ClockRow = { steps: readonly PlannedStep[]; standing: readonly Rung[]; halted: string | null };

/** The rung that is reached next: the first of the plan that neither stands as a proposal nor was decided. */
const nextOf = ({ steps, standing, halted }: ClockRow): Readonly<{ rung: Rung; days: number }> | null => {
  if (halted !== null) return null;
  for (const { step, days } of steps) if (isRung(step) && !standing.includes(step)) return { rung: step, days };
  return null;
};

const changeClock = async (tx: Tx, of: Missed, revision: bigint, how: (row: ClockRow) => ClockRow): Promise<void> => {
  const where = 'finding_id = $1 and leg_id = $2 and unit_id = $3 and due_at = $4';
  const [row] = await tx.query<ClockRow[]>(`select steps, standing, halted from ladder_clock where ${where}`, [...clockKey(of)]);
  if (row === undefined) return;
  const changed = how(row);
  const next = nextOf(changed);
  await tx.query(`update ladder_clock set standing = $5, halted = $6, next_rung = $7, next_days = $8, revision = $9 where ${where}`, [
    ...clockKey(of),
    changed.standing,
    changed.halted,
    next?.rung ?? null,
    next?.days ?? null,
    revision.toString(),
  ]);
};

const changeRung = async (
  tx: Tx,
  of: Missed & Readonly<{ rung: Rung }>,
  revision: bigint,
  values: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const names = Object.keys(values);
  const sets = names.map((name, n) => `${name} = $${String(n + 3)}`).join(', ');
  await tx.query(`update ladder_rung set revision = $2, ${sets} where rung_id = $1`, [
    rungId(of),
    revision.toString(),
    ...Object.values(values),
  ]);
};

const applyLadder = async (event: EscalationEvent, { revision, position }: RecordedEvent, tx: Tx): Promise<void> => {
  const { data } = event;
  switch (event.type) {
    case 'LadderStarted': {
      const { number, townId, dueOn, steps } = event.data;
      const next = nextOf({ steps, standing: [], halted: null });
      await tx.query(
        `insert into ladder_clock (finding_id, leg_id, unit_id, due_at, due_on, number, town_id, steps, standing, next_rung, next_days, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, '{}', $9, $10, $11)`,
        [...clockKey(data), dueOn, number, townId, JSON.stringify(steps), next?.rung ?? null, next?.days ?? null, revision.toString()],
      );
      return;
    }
    case 'LadderHalted':
      return changeClock(tx, data, revision, (row) => ({ ...row, halted: event.data.because }));
    case 'LadderResumed':
      return changeClock(tx, data, revision, (row) => ({ ...row, halted: null }));
    case 'RungProposed': {
      const { rung, number, rule, overdueDays, addressees, replyDays, at } = event.data;
      // Proposed once more after it lapsed: the same row begins anew.
      await tx.query('delete from ladder_rung where rung_id = $1', [rungId(event.data)]);
      await tx.query(
        `insert into ladder_rung (rung_id, finding_id, leg_id, unit_id, due_at, number, rung, state, rule_id, rule_version, overdue_days,
           addressees, reply_days, proposed_at, "position", revision, due_on, town_id)
         select $1, finding_id, leg_id, unit_id, due_at, $6, $7, 'proposed', $8, $9, $10, $11::jsonb, $12, $13, $14, $15, due_on, town_id
         from ladder_clock where finding_id = $2 and leg_id = $3 and unit_id = $4 and due_at = $5`,
        [
          rungId(event.data),
          ...clockKey(data),
          number,
          rung,
          rule.id,
          rule.version,
          overdueDays,
          JSON.stringify(addressees),
          replyDays,
          at,
          position.toString(),
          revision.toString(),
        ],
      );
      return changeClock(tx, data, revision, (row) => ({ ...row, standing: [...row.standing, rung] }));
    }
    case 'RungIssued': {
      const { addressees, text, replyBy, changed, at, by } = event.data;
      const values = { addressees: JSON.stringify(addressees), text, reply_by: replyBy, changed };
      return changeRung(tx, event.data, revision, { state: 'issued', ...values, decided_at: at, decided_by: by.personId });
    }
    case 'RungDeclined': {
      const { reason, at, by } = event.data;
      return changeRung(tx, event.data, revision, { state: 'declined', reason, decided_at: at, decided_by: by.personId });
    }
    case 'RungLapsed': {
      const { because, at, rung } = event.data;
      await changeRung(tx, event.data, revision, { state: 'lapsed', reason: because, decided_at: at });
      return changeClock(tx, data, revision, (row) => ({ ...row, standing: row.standing.filter((one) => one !== rung) }));
    }
    case 'RungAnswered': {
      const { text, late, at, by } = event.data;
      return changeRung(tx, event.data, revision, { answer: text, answered_at: at, answered_by: by.personId, answer_late: late });
    }
    case 'InterviewRecorded': {
      const { metOn, heldBy, met, agreed, nextOn, at, by } = event.data;
      const interview = { metOn, heldBy, met, agreed, nextOn, recordedAt: at, recordedBy: by.personId };
      return changeRung(tx, event.data, revision, { interview: JSON.stringify(interview) });
    }
    default:
      return assertNever(event);
  }
};

type RuleRow = Readonly<{ rule: LadderRule; reason: string }>;

/** Rules that come with the product stand here once somebody touches them. */
const applyRule = async (event: LadderRuleEvent, { revision }: RecordedEvent, tx: Tx): Promise<void> => {
  const { ruleId, reason } = event.data;
  const rows = await tx.query<RuleRow[]>('select rule, reason from ladder_rule where rule_id = $1 order by version', [ruleId]);
  const before = rows.length > 0 ? rows.map(({ rule }) => rule) : DEFAULT_LADDER_RULES.filter(({ id }) => id === ruleId);
  for (const rule of withLadderRuleEvent(before, event)) {
    const said = rule.version === event.data.version ? reason : (rows.find((row) => row.rule.version === rule.version)?.reason ?? '');
    await tx.query(
      `insert into ladder_rule (rule_id, version, rule, reason, revision) values ($1, $2, $3::jsonb, $4, $5)
       on conflict (rule_id, version) do update set rule = excluded.rule, reason = excluded.reason, revision = excluded.revision`,
      [rule.id, rule.version, JSON.stringify(rule), said, revision.toString()],
    );
  }
};

export const ladderProjection: Projection = {
  name: 'escalation',
  version: 1,
  handles: [...Object.keys(LADDER_EVENT_TYPES), ...Object.keys(LADDER_RULE_EVENT_TYPES)],
  tables: ['ladder_clock', 'ladder_rung', 'ladder_rule'],
  async apply(events: readonly RecordedEvent[], tx: Tx): Promise<void> {
    for (const stored of events) {
      const event = { type: stored.type, data: stored.data } as EscalationEvent | LadderRuleEvent;
      if (event.type === 'LadderRuleSet' || event.type === 'LadderRuleEnded') await applyRule(event, stored, tx);
      else await applyLadder(event, stored, tx);
    }
  },
};
