import type { RecordedEvent } from '@app/event-store';
import type { Projection, Tx } from '@app/read-store';
import { SUPERVISION_CASE_TYPES, SUPERVISION_RULE_TYPES } from '../domain/supervision.event-types';
import type { SupervisionEvent } from '../domain/supervision.events';
import { unitsOfSubject } from '../domain/supervision.types';
import { defaultVersions, withRuleEvent } from '../domain/supervision-rule.decider';
import type { SupervisionRuleEvent } from '../domain/supervision-rule.events';
import type { SupervisionRule } from '../domain/supervision-rule.types';
import { foldCase, reportDueOf, type SupervisionCase } from './supervision-case';

const save = async (event: SupervisionEvent, stored: RecordedEvent, tx: Tx): Promise<void> => {
  const { supervisionId, round, at } = event.data;
  const [row] = await tx.query<{ view: SupervisionCase }[]>('select view from supervision_case where supervision_id = $1 and round = $2', [
    supervisionId,
    round,
  ]);
  const view = foldCase(row?.view ?? null, event);
  if (view === null) return;
  const { subject, state } = view;
  await tx.query(
    `insert into supervision_case (supervision_id, round, state, subject_kind, subject_id, unit_ids, report_due, changed_at, view, revision)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10)
     on conflict (supervision_id, round) do update set state = excluded.state, report_due = excluded.report_due,
       changed_at = excluded.changed_at, view = excluded.view, revision = excluded.revision`,
    [
      supervisionId,
      round,
      state,
      subject.kind,
      subject.kind === 'unit' ? subject.unitId : subject.findingId,
      unitsOfSubject(subject),
      reportDueOf(view),
      at,
      JSON.stringify(view),
      stored.revision.toString(),
    ],
  );
};

/** Cases of supervision, one row each. */
export const supervisionProjection: Projection = {
  name: 'supervision',
  version: 1,
  handles: Object.keys(SUPERVISION_CASE_TYPES),
  tables: ['supervision_case'],
  async apply(events, tx) {
    for (const stored of events) await save({ type: stored.type, data: stored.data } as SupervisionEvent, stored, tx);
  },
};

/** Every version of every rule that was touched; a rule nobody touched is only in the product's own list. */
export const supervisionRuleProjection: Projection = {
  name: 'supervision-rule',
  // 2: which units a rule looks at.
  version: 2,
  handles: Object.keys(SUPERVISION_RULE_TYPES),
  tables: ['supervision_rule'],
  async apply(events, tx) {
    for (const stored of events) {
      const event = { type: stored.type, data: stored.data } as SupervisionRuleEvent;
      const { ruleId, version, reason } = event.data;
      const rows = await tx.query<{ rule: SupervisionRule }[]>('select rule from supervision_rule where rule_id = $1 order by version', [
        ruleId,
      ]);
      const before = rows.length > 0 ? rows.map(({ rule }) => rule) : defaultVersions(ruleId);
      for (const rule of withRuleEvent(before, event)) {
        await tx.query(
          `insert into supervision_rule (rule_id, version, rule, reason) values ($1, $2, $3::jsonb, $4)
           on conflict (rule_id, version) do update set rule = excluded.rule`,
          [ruleId, rule.version, JSON.stringify(rule), rule.version === version ? reason : ''],
        );
      }
    }
  },
};
