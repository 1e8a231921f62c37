import type { RecordedEvent } from '@app/event-store';
import type { FindingId, LocalDate } from '@app/kernel';
import { together, type Asked, type Projection, type Tx } from '@app/read-store';
import { hoursOf, type DueTime } from '@app/worktime';
import { add, replace, upsert } from '../read-models/finding-list/rows';
import { findingIdOf } from '../application/finding-stream';
import type { FindingEvent } from '../domain/finding.events';
import { EMPTY_FOLD, foldClock, type ClockFold } from './clock-fold';
import { clocksOf, nextHourly } from './finding-deadlines.policy';

/** False: told in the timeline only, moves no clock. */
const HANDLES = {
  FindingFiled: true,
  FindingCorrected: false,
  ItemsAdded: false,
  EvidenceAdded: false,
  EvidenceRemoved: false,
  CommentAdded: false,
  FindingDismissed: true,
  FindingWithdrawn: true,
  FindingLinked: true,
  FindingAccepted: true,
  FindingTransferred: true,
  LegDelivered: true,
  LegSignedFor: true,
  LegReturned: true,
  ReturnRuled: true,
  JointRulingRecorded: false,
  LegAssigned: false,
  LegPlanned: false,
  ProgressRecorded: false,
  ExtensionAsked: false,
  ExtensionGranted: true,
  ExtensionRefused: false,
  PauseAsked: true,
  PauseGranted: true,
  PauseRefused: true,
  PauseEnded: true,
  ItemsAnswered: false,
  GuidanceGiven: true,
  LegReported: true,
  LegFirstReviewed: true,
  LegSubmitted: true,
  OpinionGiven: true,
  OnTheSpotWitnessed: false,
  RectifiedOnTheSpot: true,
  LegPassed: true,
  LegSentBack: true,
  FindingVerified: true,
  FindingCleared: true,
  ClearanceRevoked: true,
  LookedBack: false,
  StagePassed: true,
  StagesRescheduled: true,
  TurnedLongTerm: true,
  InstructionGiven: true,
  InstructionReplied: true,
  UpperAnswerRecorded: false,
  UpperCleared: false,
  FindingSplit: true,
  ChildPassed: true,
  ChildReopened: true,
  DueTimeMoved: true,
  DeadlineApproached: true,
  DeadlinePassed: true,
} satisfies Record<FindingEvent['type'], boolean>;

export const CLOCK_EVENTS: readonly string[] = Object.entries(HANDLES).flatMap(([type, moves]) => (moves ? [type] : []));

/** The earliest and the latest day a due time rests on, for finding those that a year's calendar may move. */
const spanOf = ({ day, steps }: DueTime): readonly [LocalDate, LocalDate] =>
  steps.reduce<readonly [LocalDate, LocalDate]>(
    ([first, last], step) => {
      const days =
        step.kind === 'delivered'
          ? [step.countsFrom]
          : step.kind === 'given'
            ? [step.due]
            : step.kind === 'extended'
              ? [step.until]
              : step.kind === 'paused'
                ? [step.from, step.to]
                : [];
      return days.reduce<readonly [LocalDate, LocalDate]>(([a, b], d) => [d < a ? d : a, d > b ? d : b], [first, last]);
    },
    [day, day],
  );

type DeadlineRow = Readonly<Record<string, unknown>>;

/** The rows of one finding, made from its fold alone. */
export const deadlineRows = (findingId: FindingId, { state, since }: ClockFold): readonly DeadlineRow[] => {
  const knocked = state.phase === 'absent' ? {} : state.core.knocked;
  return clocksOf(state).map(({ key, kind, legId, unitId, due, running }) => {
    const given = (before: number): boolean => knocked[`${key}|${due.at}|${String(before)}`] === true;
    const [first, last] = spanOf(due);
    return {
      finding_id: findingId,
      key,
      kind,
      leg_id: legId,
      unit_id: unitId,
      running,
      due_at: due.at,
      due,
      since: since[key] ?? null,
      provisional: due.provisional,
      calendar_version: due.calendarVersion,
      first_year: Number(first.slice(0, 4)),
      last_year: Number(last.slice(0, 4)),
      // Reminders in hours have a time of their own to be found by.
      reminded_3: hoursOf(due) !== null || given(3),
      reminded_1: hoursOf(due) !== null || given(1),
      remind_at: nextHourly({ kind, due, since: since[key] ?? null, isGiven: given }),
      passed: given(0),
    };
  });
};

type Moved = Readonly<Record<string, unknown>>;

export const movedRow = (findingId: FindingId, stored: RecordedEvent, before: ClockFold): Moved | null => {
  const event = { type: stored.type, data: stored.data } as FindingEvent;
  if (event.type !== 'DueTimeMoved') return null;
  const { key, because, due, at } = event.data;
  return {
    finding_id: findingId,
    revision: stored.revision.toString(),
    key,
    because,
    moved_at: at,
    from_due: clocksOf(before.state).find((clock) => clock.key === key)?.due ?? null,
    to_due: due,
    caused_by: stored.metadata.causationId,
  };
};

const statements = (folds: ReadonlyMap<FindingId, ClockFold>, moved: readonly Moved[]): readonly Asked[] => {
  const ids = [...folds.keys()];
  const states = [...folds].map(([finding_id, fold]) => ({ finding_id, fold }));
  const rows = [...folds].flatMap(([id, fold]) => deadlineRows(id, fold));
  return [
    ...upsert('finding_clock', ['finding_id'], states),
    ...replace('finding_deadline', ['finding_id', 'key'], ids, rows),
    ...add('moved_due_time', moved),
  ];
};

/** The clocks of every finding, and every due time that was moved by something other than a leg's own history. */
export const findingDeadlineProjection: Projection = {
  name: 'finding-deadline',
  version: 2,
  handles: CLOCK_EVENTS,
  tables: ['finding_clock', 'finding_deadline', 'moved_due_time'],
  async apply(events: readonly RecordedEvent[], tx: Tx): Promise<void> {
    const ids = [...new Set(events.map(({ stream }) => findingIdOf(stream)))];
    const known: readonly { finding_id: FindingId; fold: ClockFold }[] = await tx.query(
      `select finding_id, fold from finding_clock where finding_id = any($1)`,
      [ids],
    );
    const folds = new Map(known.map(({ finding_id, fold }) => [finding_id, fold]));
    const moved: Moved[] = [];
    for (const stored of events) {
      const id = findingIdOf(stored.stream);
      const before = folds.get(id) ?? EMPTY_FOLD;
      const row = movedRow(id, stored, before);
      if (row !== null) moved.push(row);
      folds.set(id, foldClock(before, { type: stored.type, data: stored.data } as FindingEvent));
    }
    await together(tx, statements(folds, moved));
  },
};
