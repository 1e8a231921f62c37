import type { Act, LegId, LocalDate, Message, UnitId } from '@app/kernel';
import type { DueTime, ExtensionLevel } from '@app/worktime';
import type { DeadlineKey, PauseReason } from './finding.types';

/** Every event says when the server took it, which day is claimed, and who acted. */
export type Ev<T extends string, D> = Message<T, D & Act>;

// ---- what becomes of the clocks of a finding ----
/** `level` is who has to grant it at least; absent where it was asked for before levels were told apart, which reads as the office. */
export type ExtensionAsked = Ev<
  'ExtensionAsked',
  { legId: LegId; unitId: UnitId; reason: string; progress: string; until: LocalDate; level?: ExtensionLevel }
>;
export type ExtensionGranted = Ev<'ExtensionGranted', { legId: LegId; due: DueTime; reason: string; afterDue: boolean }>;
export type ExtensionRefused = Ev<'ExtensionRefused', { legId: LegId; reason: string }>;
/** 申请暂停: for a stated reason, until a day. */
export type PauseAsked = Ev<'PauseAsked', { legId: LegId; unitId: UnitId; reason: PauseReason; text: string; until: LocalDate }>;
/** The unit's clock stands from here; `text` says on what that rests, `endDue` when it runs again by itself. */
export type PauseGranted = Ev<
  'PauseGranted',
  { legId: LegId; unitId: UnitId; reason: PauseReason; text: string; until: LocalDate; endDue: DueTime }
>;
export type PauseRefused = Ev<'PauseRefused', { legId: LegId; reason: string }>;
/** The clock runs again with the due time moved by the working days it stood; `days` is how many. */
export type PauseEnded = Ev<'PauseEnded', { legId: LegId; unitId: UnitId; because: 'limit' | 'resumed'; due: DueTime; days: number }>;
/** The due time moved for another reason than a leg's own history: a loaded calendar, an instruction, an upper answer. */
export type DueTimeMoved = Ev<
  'DueTimeMoved',
  { key: DeadlineKey; legId: LegId | null; due: DueTime; because: 'calendar' | 'instruction' | 'upper' }
>;
/** A knock's effect, once per deadline, due time and kind of knock. `before` counts working days, of a clock in hours hours. */
export type DeadlineApproached = Ev<
  'DeadlineApproached',
  { key: DeadlineKey; legId: LegId | null; unitId: UnitId; dueAt: string; before: number; unit?: 'hours' }
>;
export type DeadlinePassed = Ev<'DeadlinePassed', { key: DeadlineKey; legId: LegId | null; unitId: UnitId; dueAt: string }>;

export type ClockEvent =
  | ExtensionAsked
  | ExtensionGranted
  | ExtensionRefused
  | PauseAsked
  | PauseGranted
  | PauseRefused
  | PauseEnded
  | DueTimeMoved
  | DeadlineApproached
  | DeadlinePassed;
