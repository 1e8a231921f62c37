import type { RecordedEvent } from '@app/event-store';
import type { Projection, Tx } from '@app/read-store';
import type { DeadlineRule } from '@app/worktime';
import { defaultVersions, withRuleEvent } from '../domain/deadline-rule.decider';
import type { DeadlineRuleEvent } from '../domain/deadline-rule.events';

const HANDLES = { DeadlineRuleSet: true, DeadlineRuleRetired: true } satisfies Record<DeadlineRuleEvent['type'], boolean>;

type Row = Readonly<{ rule: DeadlineRule }>;

const save = (tx: Tx, rule: DeadlineRule, reason: string, position: bigint): Promise<unknown> =>
  tx.query(
    `insert into deadline_rule (rule_id, version, kind, from_day, to_day, rule, reason, event_position)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)
     on conflict (rule_id, version) do update set from_day = excluded.from_day, to_day = excluded.to_day, rule = excluded.rule`,
    [rule.id, rule.version, rule.kind, rule.from, rule.to, JSON.stringify(rule), reason, position.toString()],
  );

/** Every version of every rule that was touched; a rule nobody touched is only in the product's own list. */
export const deadlineRuleProjection: Projection = {
  name: 'deadline-rule',
  version: 1,
  handles: Object.keys(HANDLES),
  tables: ['deadline_rule'],
  async apply(events: readonly RecordedEvent[], tx: Tx): Promise<void> {
    for (const stored of events) {
      const event = { type: stored.type, data: stored.data } as DeadlineRuleEvent;
      const { ruleId, reason } = event.data;
      const rows: Row[] = await tx.query(`select rule from deadline_rule where rule_id = $1 order by version`, [ruleId]);
      const before = rows.length > 0 ? rows.map(({ rule }) => rule) : defaultVersions(ruleId);
      for (const rule of withRuleEvent(before, event))
        await save(tx, rule, rule.version === event.data.version ? reason : '', stored.position);
    }
  },
};
