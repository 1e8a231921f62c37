import { assertNever, type FindingId, type Instant, type LegId, type LocalDate, type UnitId } from '@app/kernel';
import type { EscalationEvent, LadderHalted, RungIssued } from './escalation.events';
import type { PlannedStep, Rung, RungState } from './escalation.types';

export type RungRecord = Readonly<{
  state: RungState;
  /** Of the proposal, then of what was issued. */
  issued: Pick<RungIssued['data'], 'addressees' | 'text' | 'replyBy' | 'togetherId'> | null;
  answered: boolean;
  interviewed: boolean;
}>;

/** The ladder of one missed due time of one unit. */
export type Ladder = Readonly<{
  findingId: FindingId;
  number: string;
  legId: LegId;
  unitId: UnitId;
  dueAt: Instant;
  dueOn: LocalDate;
  steps: readonly PlannedStep[];
  /** Null while it goes on. */
  halted: LadderHalted['data']['because'] | null;
  rungs: Readonly<Partial<Record<Rung, RungRecord>>>;
}>;

/** Oldest first; the last one is the one that goes on, if any does. */
export type LadderState = Readonly<{ ladders: readonly Ladder[] }>;
export const NO_LADDER: LadderState = { ladders: [] };

const proposed: RungRecord = { state: 'proposed', issued: null, answered: false, interviewed: false };

type Of = Readonly<{ unitId: UnitId; dueAt: Instant }>;
export const isOf = (ladder: Ladder, { unitId, dueAt }: Of): boolean => ladder.dueAt === dueAt && ladder.unitId === unitId;

const change = ({ ladders }: LadderState, of: Of, how: (ladder: Ladder) => Ladder): LadderState => ({
  ladders: ladders.map((ladder) => (isOf(ladder, of) ? how(ladder) : ladder)),
});
const changeRung = (state: LadderState, of: Of & Readonly<{ rung: Rung }>, part: Partial<RungRecord>): LadderState =>
  change(state, of, (ladder) => ({
    ...ladder,
    rungs: { ...ladder.rungs, [of.rung]: { ...(ladder.rungs[of.rung] ?? proposed), ...part } },
  }));

export const evolveLadder = (state: LadderState, event: EscalationEvent): LadderState => {
  switch (event.type) {
    case 'LadderStarted': {
      const { findingId, number, legId, unitId, dueAt, dueOn, steps } = event.data;
      const started: Ladder = { findingId, number, legId, unitId, dueAt, dueOn, steps, halted: null, rungs: {} };
      return { ladders: [...state.ladders, started] };
    }
    case 'LadderHalted':
      return change(state, event.data, (ladder) => ({ ...ladder, halted: event.data.because }));
    case 'LadderResumed':
      return {
        ladders: [
          ...state.ladders.filter((ladder) => !isOf(ladder, event.data)),
          ...state.ladders.filter((ladder) => isOf(ladder, event.data)).map((ladder) => ({ ...ladder, halted: null })),
        ],
      };
    case 'RungProposed':
      return changeRung(state, event.data, proposed);
    case 'RungIssued': {
      const { addressees, text, replyBy, togetherId } = event.data;
      const issued = { addressees, text, replyBy, ...(togetherId === undefined ? {} : { togetherId }) };
      return changeRung(state, event.data, { state: 'issued', issued });
    }
    case 'RungDeclined':
      return changeRung(state, event.data, { state: 'declined' });
    case 'RungLapsed':
      return changeRung(state, event.data, { state: 'lapsed' });
    case 'RungAnswered':
      return changeRung(state, event.data, { answered: true });
    case 'InterviewRecorded':
      return changeRung(state, event.data, { interviewed: true });
    default:
      return assertNever(event);
  }
};
