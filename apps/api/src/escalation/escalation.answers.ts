import {
  draftText,
  isJoint,
  isRung,
  jointDraftText,
  type AddresseeKind,
  type InterviewRow,
  type LadderClockRow,
  type LadderStep,
  type Rung,
  type RungRow,
} from '@app/escalation';
import type { Actor, Instant, LocalDate, PersonId, UnitId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import { addWorkingDays, type WorkCalendar } from '@app/worktime';

export type Named = Readonly<{ id: string; name: string }>;
export type RungAddressee = Readonly<{ kind: AddresseeKind; unit: Named; person: Named | null }>;
/** One rung as its reader sees it. `draft` and `proposedReplyBy` are what goes out where nothing else is written. */
export type RungShown = Readonly<
  Omit<RungRow, 'unitId' | 'townId' | 'addressees' | 'decidedBy' | 'answeredBy' | 'interview' | 'replyDays'> & {
    unit: Named;
    addressees: readonly RungAddressee[];
    decidedBy: Named | null;
    answeredBy: Named | null;
    interview: Readonly<
      Pick<InterviewRow, 'metOn' | 'agreed' | 'nextOn' | 'recordedAt'> & {
        heldBy: readonly Named[];
        met: readonly Named[];
        recordedBy: Named;
      }
    > | null;
    draft: string;
    /** The same for several of its unit on one notice; null where a rung goes out alone. */
    jointDraft: string | null;
    proposedReplyBy: LocalDate | null;
    may: Readonly<{ decide: boolean; answer: boolean; record: boolean }>;
  }
>;
/** A step of the ladder of a missed due time; `reachedOn` by the calendar that holds now. */
export type LadderStepShown = Readonly<{
  step: LadderStep;
  days: number;
  reachedOn: LocalDate;
  rule: Readonly<{ id: string; version: number }>;
  reached: boolean;
}>;
export type LadderShown = Readonly<{
  legId: string;
  unit: Named;
  dueAt: Instant;
  dueOn: LocalDate;
  halted: LadderClockRow['halted'];
  steps: readonly LadderStepShown[];
  /** What is proposed next and on which day; null while nothing is. */
  next: Readonly<{ step: LadderStep; on: LocalDate }> | null;
}>;

export type Reading = Readonly<{ actor: Actor; view: DirectoryView; today: LocalDate; calendar: WorkCalendar }>;

const unitNamed = (view: DirectoryView, id: UnitId): Named => ({ id, name: view.unit(id)?.name ?? id });
const named = (view: DirectoryView, id: PersonId): Named => ({ id, name: view.person(id)?.name ?? id });
const hasRole = ({ roles }: Actor, ...wanted: Actor['roles']): boolean => wanted.some((role) => roles.includes(role));
const standing = (view: DirectoryView, id: UnitId): UnitId => (view.unit(id) === undefined ? id : view.standing(id));

/** The rungs that this post may decide, of other units than its own. */
export const decidable = (actor: Actor): readonly Rung[] => {
  if (hasRole(actor, 'office-head')) return ['urging', 'supervision-letter', 'interview', 'listing'];
  return [
    ...(hasRole(actor, 'office') ? (['urging'] as const) : []),
    ...(hasRole(actor, 'leader') ? (['interview', 'listing'] as const) : []),
  ];
};

const mayOf = (row: RungRow, { actor, view }: Reading): RungShown['may'] => {
  const unit = standing(view, row.unitId);
  const own = actor.ownUnits.includes(unit) || actor.ownUnits.includes(row.unitId);
  const ofOffice = unit === view.managingOffice()?.id && hasRole(actor, 'leader');
  return {
    decide: row.state === 'proposed' && !own && (decidable(actor).includes(row.rung) || ofOffice),
    answer: row.state === 'issued' && row.answeredAt === null && actor.unitId === unit && hasRole(actor, 'clerk', 'deputy', 'head'),
    record:
      row.rung === 'interview' &&
      row.state === 'issued' &&
      row.interview === null &&
      !own &&
      hasRole(actor, 'office', 'office-head', 'leader'),
  };
};

export const rungShown = (row: RungRow, reading: Reading): RungShown => {
  const { view, calendar, today } = reading;
  const { unitId, townId: _town, addressees, decidedBy, answeredBy, interview, replyDays, ...told } = row;
  const unit = unitNamed(view, standing(view, unitId));
  return {
    ...told,
    unit,
    addressees: addressees.map(({ kind, unitId: of, personId }) => ({
      kind,
      unit: unitNamed(view, of),
      person: personId === null ? null : named(view, personId),
    })),
    decidedBy: decidedBy === null ? null : named(view, decidedBy),
    answeredBy: answeredBy === null ? null : named(view, answeredBy),
    interview:
      interview === null
        ? null
        : {
            ...interview,
            heldBy: interview.heldBy.map((id) => named(view, id)),
            met: interview.met.map((id) => named(view, id)),
            recordedBy: named(view, interview.recordedBy),
          },
    draft: draftText(row.rung, { number: row.number, unit: unit.name, dueOn: row.dueOn, overdueDays: row.overdueDays }),
    jointDraft: isJoint(row.rung) ? jointDraftText(row.rung, unit.name) : null,
    proposedReplyBy: replyDays === null ? null : addWorkingDays(today, replyDays, calendar),
    may: mayOf(row, reading),
  };
};

export const ladderShown = (
  { legId, unitId, dueAt, dueOn, steps, halted }: LadderClockRow,
  rungs: readonly RungRow[],
  { view, today, calendar }: Reading,
): LadderShown => {
  const shown = steps.map(({ step, days, rule }): LadderStepShown => {
    const reachedOn = addWorkingDays(dueOn, days, calendar);
    return { step, days, reachedOn, rule, reached: halted === null && reachedOn <= today };
  });
  const standing = new Set(
    rungs
      .filter((rung) => rung.legId === legId && rung.dueAt === dueAt && rung.unitId === unitId && rung.state !== 'lapsed')
      .map(({ rung }) => rung),
  );
  const next = halted === null ? shown.find(({ step }) => isRung(step) && !standing.has(step)) : undefined;
  return {
    legId,
    unit: unitNamed(view, unitId),
    dueAt,
    dueOn,
    halted,
    steps: shown,
    next: next === undefined ? null : { step: next.step, on: next.reachedOn },
  };
};
