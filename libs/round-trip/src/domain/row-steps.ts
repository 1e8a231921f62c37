import type { EvidenceId, ItemId, LegId, LocalDate } from '@app/kernel';

export type ItemAnswerWord = 'done' | 'untrue' | 'cannot';
type Step<T extends string, D> = Readonly<{ type: T; data: Readonly<D & { legId: LegId }> }>;

/** What the cells of one row become: the domain's own commands, in the order in which they are sent. */
export type RowStep =
  | Step<'PlanLeg', { measures: string; responsible: string; targetOn: LocalDate }>
  | Step<'RecordProgress', { text: string; basicallyComplete: Readonly<{ remains: string; by: LocalDate }> | null }>
  | Step<'AskExtension', { reason: string; progress: string; until: LocalDate }>
  | Step<'AnswerItems', { answers: readonly Readonly<{ itemId: ItemId; answer: ItemAnswerWord; basis: string | null }>[] }>
  | Step<'ReportLeg', { text: string; measures: string; effect: string; completedOn: LocalDate; evidence: readonly EvidenceId[] }>
  | Step<'GiveGuidance', { text: string }>;
