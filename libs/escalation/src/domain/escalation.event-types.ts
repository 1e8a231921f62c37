import type { EscalationEvent, LadderRuleEvent, TogetherEvent } from './escalation.events';

export const LADDER_EVENT_TYPES = {
  LadderStarted: { version: 1 },
  LadderHalted: { version: 1 },
  LadderResumed: { version: 1 },
  RungProposed: { version: 1 },
  RungIssued: { version: 1 },
  RungDeclined: { version: 1 },
  RungLapsed: { version: 1 },
  RungAnswered: { version: 1 },
  InterviewRecorded: { version: 1 },
} as const satisfies Record<EscalationEvent['type'], { version: number }>;

export const LADDER_RULE_EVENT_TYPES = {
  LadderRuleSet: { version: 1 },
  LadderRuleEnded: { version: 1 },
} as const satisfies Record<LadderRuleEvent['type'], { version: number }>;

export const TOGETHER_EVENT_TYPES = {
  RungsChosen: { version: 1 },
  RungsIssuedTogether: { version: 1 },
} as const satisfies Record<TogetherEvent['type'], { version: number }>;

export const ESCALATION_EVENT_TYPES = { ...LADDER_EVENT_TYPES, ...LADDER_RULE_EVENT_TYPES, ...TOGETHER_EVENT_TYPES } as const;
