import type { Instant, LocalDate } from '@app/kernel';

/** Where a due time comes from, strongest first (R18). */
export type DueSource = 'upper' | 'instruction' | 'list-row' | 'rule';

/** One step of the account of how a due time came about (期限溯源). Flat, so that it can stand in an event forever. */
export type DerivationStep =
  | Readonly<{ kind: 'delivered'; at: Instant; countsFrom: LocalDate }>
  | Readonly<{ kind: 'rule'; ruleId: string; ruleVersion: number; days: number; unit: 'working' | 'natural' }>
  | Readonly<{ kind: 'skipped'; from: LocalDate; to: LocalDate; name: string }>
  | Readonly<{ kind: 'given'; source: DueSource; due: LocalDate; reference: string }>
  | Readonly<{ kind: 'inner'; upperDue: LocalDate; earlierBy: number }>
  | Readonly<{ kind: 'paused'; from: LocalDate; to: LocalDate; days: number; because: 'under-review' | 'under-return' }>
  | Readonly<{ kind: 'extended'; until: LocalDate; reference: string }>
  | Readonly<{ kind: 'calendar'; oldVersion: string; newVersion: string }>;

export type DueTime = Readonly<{
  /** Normally 17:30 Shanghai time of the due day. */
  at: Instant;
  day: LocalDate;
  source: DueSource;
  provisional: boolean;
  calendarVersion: string;
  steps: readonly DerivationStep[];
}>;
