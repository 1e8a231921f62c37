import { assertNever, localDateOf, type LocalDate } from '@app/kernel';
import type { SupervisionEvent } from './supervision.events';
import type { ReportPeriod, SupervisionPlan, SupervisionSubject } from './supervision.types';

export type Listed = Readonly<{
  phase: 'listed';
  round: number;
  subject: SupervisionSubject;
  plan: SupervisionPlan;
  since: LocalDate;
  /** The period whose report was asked for last; null before the first. */
  current: ReportPeriod | null;
  /** Of every period asked for, when it was due. */
  asked: Readonly<Record<number, ReportPeriod>>;
  given: Readonly<Record<number, true>>;
  removalAsked: boolean;
}>;
export type SupervisionState =
  | Readonly<{ phase: 'free'; round: number; lastEnded: LocalDate | null }>
  | Readonly<{ phase: 'proposed'; round: number; subject: SupervisionSubject }>
  | Listed;

export const INITIAL: SupervisionState = { phase: 'free', round: 0, lastEnded: null };

export const evolve = (state: SupervisionState, event: SupervisionEvent): SupervisionState => {
  const { round, subject, at } = event.data;
  switch (event.type) {
    case 'ListingProposed':
      return { phase: 'proposed', round, subject };
    case 'ListingDeclined':
    case 'SupervisionRemoved':
      return { phase: 'free', round, lastEnded: localDateOf(at) };
    case 'PutUnderSupervision': {
      const { leaderId, rectifierId, measures, funds, emergencyPlan, deadline, cadence, criteria } = event.data;
      const plan = { leaderId, rectifierId, measures, funds, emergencyPlan, deadline, cadence, criteria };
      return { phase: 'listed', round, subject, plan, since: localDateOf(at), current: null, asked: {}, given: {}, removalAsked: false };
    }
    case 'SupervisionReportAsked': {
      if (state.phase !== 'listed') return state;
      const { period, dueAt } = event.data;
      const current = { period, dueAt };
      return { ...state, current, asked: { ...state.asked, [period]: current } };
    }
    case 'SupervisionReportGiven':
      return state.phase === 'listed' ? { ...state, given: { ...state.given, [event.data.period]: true } } : state;
    case 'SupervisionReportMissed':
      return state;
    case 'RemovalAsked':
      return state.phase === 'listed' ? { ...state, removalAsked: true } : state;
    case 'RemovalRefused':
      return state.phase === 'listed' ? { ...state, removalAsked: false } : state;
    default:
      return assertNever(event);
  }
};
