import type { SupervisionEvent } from './supervision.events';
import type { SupervisionRuleEvent } from './supervision-rule.events';

export const SUPERVISION_CASE_TYPES = {
  ListingProposed: { version: 1 },
  ListingDeclined: { version: 1 },
  PutUnderSupervision: { version: 1 },
  SupervisionReportAsked: { version: 1 },
  SupervisionReportGiven: { version: 1 },
  SupervisionReportMissed: { version: 1 },
  RemovalAsked: { version: 1 },
  RemovalRefused: { version: 1 },
  SupervisionRemoved: { version: 1 },
} as const satisfies Record<SupervisionEvent['type'], { version: number }>;

export const SUPERVISION_RULE_TYPES = {
  SupervisionRuleSet: { version: 1 },
  SupervisionRuleRetired: { version: 1 },
} as const satisfies Record<SupervisionRuleEvent['type'], { version: number }>;

export const SUPERVISION_EVENT_TYPES = { ...SUPERVISION_CASE_TYPES, ...SUPERVISION_RULE_TYPES } as const;
