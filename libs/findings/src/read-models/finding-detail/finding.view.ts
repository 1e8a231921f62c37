import type { FindingId, Instant, LegId, LocalDate, PersonId, UnitId } from '@app/kernel';
import type { LateEntry, LegReported } from '../../domain/finding.events';
import { absent, type FindingState } from '../../domain/finding.state';
import type {
  DeadlineKey,
  FindingStage,
  LegStage,
  LookBackResult,
  Manner,
  Rectification,
  ReturnGround,
  UpperAnswer,
} from '../../domain/finding.types';

/** What is told of a leg and decided on by nobody. */
export type LegFacts = Readonly<{
  /** Since when the leg is in its stage. */
  since: Instant;
  stage: LegStage;
  villageId: UnitId | null;
  assignee: string | null;
  plan: Readonly<{ measures: string; responsible: string; targetOn: LocalDate }> | null;
  progress: Readonly<{ on: LocalDate; text: string; basicallyComplete: Readonly<{ remains: string; by: LocalDate }> | null }> | null;
  guidance: string | null;
  report: Readonly<Pick<LegReported['data'], 'on' | 'text' | 'measures' | 'effect' | 'completedOn' | 'evidence'>> | null;
  opinion: Readonly<{ agrees: boolean; text: string }> | null;
  /** The result was entered late by the office, judged by the paper's date: marked apart (R16). */
  lateEntry: LateEntry | null;
  sentBackBecause: string | null;
  signedAt: Instant | null;
  deemedSigned: boolean;
  movedFrom: UnitId | null;
  returned: Readonly<{ at: Instant; ground: ReturnGround; text: string }> | null;
  ruling: Readonly<{ ruling: 'stays' | 'moved' | 'untrue'; reason: string; final: boolean }> | null;
}>;

/** The effects of knocks on one clock, for the due time they were set for. */
export type Mark = Readonly<{ dueAt: string; remindedAt: Instant | null; passedAt: Instant | null }>;

/** What is told of a finding beside the state that decisions rest on. */
export type Facts = Readonly<{
  foundOn: LocalDate;
  manner: Manner;
  text: string;
  basis: string | null;
  suggestedMeasure: string | null;
  capturedAt: string | null;
  lateEntry: LateEntry | null;
  stage: FindingStage;
  stageSince: Instant;
  acceptedAt: Instant | null;
  rectification: Rectification | null;
  transferredAt: Instant | null;
  overruledBecause: string | null;
  singleLegBecause: string | null;
  legs: Readonly<Record<LegId, LegFacts>>;
  instructionUnits: Readonly<Record<number, readonly UnitId[]>>;
  jointRuling: Readonly<{ text: string; participants: readonly string[] }> | null;
  marks: Readonly<Record<DeadlineKey, Mark>>;
  verification: Readonly<{ method: string; text: string }> | null;
  clearance: Readonly<{ text: string; onTime: boolean; onTimeByOriginal: boolean }> | null;
  revocations: readonly Readonly<{ on: LocalDate; reason: string; level: string }>[];
  lookBacks: readonly Readonly<{ on: LocalDate; round: string; result: LookBackResult; text: string; relapseId: FindingId | null }>[];
  upperAnswers: readonly Readonly<{ on: LocalDate; answer: UpperAnswer; documentNumber: string; text: string; due: LocalDate | null }>[];
  upperClearance: Readonly<{ on: LocalDate; documentNumber: string }> | null;
  ended: Readonly<{ at: Instant; reason: string; documentNumber: string | null; to: FindingId | null }> | null;
  childNumbers: Readonly<Record<FindingId, string>>;
  /** Who had a hand in it: the named handlers of what is sensitive (R40). */
  handlers: readonly PersonId[];
  /**
   * The units that stood for those stated, and what they were called, when the finding closed: closed history keeps the old
   * name (R14). Null while open; null for a unit until it was looked up.
   */
  closedAs: Readonly<Record<UnitId, Readonly<{ id: UnitId; name: string }> | null>> | null;
}>;

export type FindingView = Readonly<{
  state: FindingState;
  facts: Facts;
  /** Of the last event in it, within the stream. */
  revision: number;
  /** Of the last event in it, over all streams; decimal digits. */
  position: string;
  changedAt: Instant;
}>;

const NO_INSTANT = '' as Instant;
export const NO_VIEW: FindingView = {
  state: absent,
  facts: {
    foundOn: '' as LocalDate,
    manner: 'documents',
    text: '',
    basis: null,
    suggestedMeasure: null,
    capturedAt: null,
    lateEntry: null,
    stage: 'untriaged',
    stageSince: NO_INSTANT,
    acceptedAt: null,
    rectification: null,
    transferredAt: null,
    overruledBecause: null,
    singleLegBecause: null,
    legs: {},
    instructionUnits: {},
    jointRuling: null,
    marks: {},
    verification: null,
    clearance: null,
    revocations: [],
    lookBacks: [],
    upperAnswers: [],
    upperClearance: null,
    ended: null,
    childNumbers: {},
    handlers: [],
    closedAs: null,
  },
  revision: -1,
  position: '0',
  changedAt: NO_INSTANT,
};

/** Nothing more is done on it unless a clearance is revoked. */
export const isClosed = (state: FindingState): boolean =>
  state.phase === 'cleared' || state.phase === 'long-term' || state.phase === 'ended';
