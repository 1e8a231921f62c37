import type { Instant, LocalDate } from '@app/kernel';
import type { ExtensionLevel, RuleUnit } from './rule-book';

/** Where a due time comes from, strongest first (R18). */
export type DueSource = 'upper' | 'instruction' | 'list-row' | 'rule';

/** Why a clock stood: the office had the work (R19), a return was to be ruled on (R21), or it was granted for a stated reason (R23). */
export type PauseGround = 'under-review' | 'under-return' | 'granted';

/** One step of the account of how a due time came about (期限溯源). Flat, so that it can stand in an event forever. */
export type DerivationStep =
  | Readonly<{ kind: 'delivered'; at: Instant; countsFrom: LocalDate }>
  | Readonly<{ kind: 'rule'; ruleId: string; ruleVersion: number; days: number; unit: RuleUnit }>
  | Readonly<{ kind: 'skipped'; from: LocalDate; to: LocalDate; name: string }>
  | Readonly<{ kind: 'given'; source: DueSource; due: LocalDate; reference: string }>
  | Readonly<{ kind: 'inner'; upperDue: LocalDate; earlierBy: number }>
  /** `reference` says on what it rests, where it was granted. */
  | Readonly<{ kind: 'paused'; from: LocalDate; to: LocalDate; days: number; because: PauseGround; reference?: string }>
  /** A clock that runs in hours stood this long. */
  | Readonly<{ kind: 'stood'; from: Instant; to: Instant; because: PauseGround; reference?: string }>
  /** `grantedBy` is absent where it was granted before levels were told apart. */
  | Readonly<{ kind: 'extended'; until: LocalDate; reference: string; grantedBy?: ExtensionLevel }>
  | Readonly<{ kind: 'calendar'; oldVersion: string; newVersion: string }>;

export type DueTime = Readonly<{
  /** 17:30 Shanghai time of the due day; of a clock in hours the exact moment. */
  at: Instant;
  day: LocalDate;
  source: DueSource;
  provisional: boolean;
  calendarVersion: string;
  steps: readonly DerivationStep[];
}>;
