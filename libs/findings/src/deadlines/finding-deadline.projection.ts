import type { RecordedEvent } from '@app/event-store';
import type { FindingId, LocalDate } from '@app/kernel';
import type { Projection } from '@app/read-store';
import type { DueTime } from '@app/worktime';
import type { EntityManager } from 'typeorm';
import { findingIdOf } from '../application/finding-stream';
import type { FindingEvent } from '../domain/finding.events';
import { EMPTY_FOLD, foldClock, type ClockFold } from './clock-fold';
import { clocksOf } from './finding-deadlines.policy';

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
      reminded_3: given(3),
      reminded_1: given(1),
      passed: given(0),
    };
  });
};

type Moved = Readonly<Record<string, unknown>>;

const movedRow = (findingId: FindingId, stored: RecordedEvent, before: ClockFold): Moved | null => {
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

const COLUMNS = `finding_id text, key text, kind text, leg_id text, unit_id text, running boolean, due_at timestamptz, due jsonb,
  since timestamptz, provisional boolean, calendar_version text, first_year int, last_year int,
  reminded_3 boolean, reminded_1 boolean, passed boolean`;
const NAMES = COLUMNS.replace(/ (text|boolean|timestamptz|jsonb|int)\b/g, '');

const store = async (tx: EntityManager, folds: ReadonlyMap<FindingId, ClockFold>, moved: readonly Moved[]): Promise<void> => {
  const ids = [...folds.keys()];
  const states = [...folds].map(([finding_id, fold]) => ({ finding_id, fold }));
  const rows = [...folds].flatMap(([id, fold]) => deadlineRows(id, fold));
  await tx.query(
    `insert into finding_clock (finding_id, fold)
     select finding_id, fold from jsonb_to_recordset($1::jsonb) as t(finding_id text, fold jsonb)
     on conflict (finding_id) do update set fold = excluded.fold`,
    [JSON.stringify(states)],
  );
  await tx.query(`delete from finding_deadline where finding_id = any($1)`, [ids]);
  if (rows.length > 0) {
    await tx.query(`insert into finding_deadline (${NAMES}) select ${NAMES} from jsonb_to_recordset($1::jsonb) as t(${COLUMNS})`, [
      JSON.stringify(rows),
    ]);
  }
  if (moved.length > 0) {
    await tx.query(
      `insert into moved_due_time (finding_id, revision, key, because, moved_at, from_due, to_due, caused_by)
       select finding_id, revision, key, because, moved_at, from_due, to_due, caused_by from jsonb_to_recordset($1::jsonb)
         as t(finding_id text, revision bigint, key text, because text, moved_at timestamptz, from_due jsonb, to_due jsonb, caused_by text)`,
      [JSON.stringify(moved)],
    );
  }
};

/** The clocks of every finding, and every due time that was moved by something other than a leg's own history. */
export const findingDeadlineProjection: Projection = {
  name: 'finding-deadline',
  version: 1,
  handles: CLOCK_EVENTS,
  tables: ['finding_clock', 'finding_deadline', 'moved_due_time'],
  async apply(events: readonly RecordedEvent[], tx: EntityManager): Promise<void> {
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
    await store(tx, folds, moved);
  },
};
