import { assertNever, daysBetween, localDateOf, type Instant, type LocalDate, type PersonId } from '@app/kernel';
import type { SupervisionEvent } from '../domain/supervision.events';
import type {
  CriterionCheck,
  Grounds,
  ProposalOrigin,
  SupervisionId,
  SupervisionPlan,
  SupervisionSubject,
} from '../domain/supervision.types';

export const SUPERVISION_STATES = ['proposed', 'declined', 'listed', 'removed'] as const;
export type SupervisionCaseState = (typeof SUPERVISION_STATES)[number];

type Said = Readonly<{ by: PersonId; at: Instant }>;
export type ReportShown = Readonly<{
  period: number;
  dueAt: Instant;
  missed: boolean;
  given: (Said & Readonly<{ text: string; onTime: boolean }>) | null;
}>;
/** One asking for removal and what came of it. */
export type RemovalShown = Readonly<{
  asked: Said & Readonly<{ answers: readonly string[]; checks: readonly CriterionCheck[] }>;
  decided: (Said & Readonly<{ approved: boolean; reason: string | null; checks: readonly CriterionCheck[] }>) | null;
}>;

/** One case of supervision, from its proposal to its end. */
export type SupervisionCase = Readonly<{
  supervisionId: SupervisionId;
  round: number;
  subject: SupervisionSubject;
  state: SupervisionCaseState;
  proposed: Said & Readonly<{ origin: ProposalOrigin; reason: string; grounds: Grounds | null }>;
  decided: (Said & Readonly<{ reason: string }>) | null;
  plan: SupervisionPlan | null;
  listedOn: LocalDate | null;
  /** 挂牌号. */
  number: string | null;
  reports: readonly ReportShown[];
  removals: readonly RemovalShown[];
  removedOn: LocalDate | null;
}>;

const saidIn = ({ data }: SupervisionEvent): Said => ({ by: data.by.personId, at: data.at });

const withReport = (so: SupervisionCase, period: number, part: Partial<ReportShown>): SupervisionCase => ({
  ...so,
  reports: so.reports.map((report) => (report.period === period ? { ...report, ...part } : report)),
});

const withDecision = (so: SupervisionCase, decided: NonNullable<RemovalShown['decided']>): SupervisionCase => ({
  ...so,
  removals: so.removals.map((removal, i) => (i === so.removals.length - 1 ? { ...removal, decided } : removal)),
});

/** One event further; null before the proposal. */
export const foldCase = (so: SupervisionCase | null, event: SupervisionEvent): SupervisionCase | null => {
  if (event.type === 'ListingProposed') {
    const { supervisionId, round, subject, origin, reason, grounds } = event.data;
    const proposed = { ...saidIn(event), origin, reason, grounds };
    const nothing = { decided: null, plan: null, listedOn: null, number: null, reports: [], removals: [], removedOn: null };
    return { supervisionId, round, subject, state: 'proposed', proposed, ...nothing };
  }
  if (so === null) return null;
  switch (event.type) {
    case 'ListingDeclined':
      return { ...so, state: 'declined', decided: { ...saidIn(event), reason: event.data.reason } };
    case 'PutUnderSupervision': {
      const { leaderId, rectifierId, measures, funds, emergencyPlan, deadline, cadence, criteria, reason, number, at } = event.data;
      const plan = { leaderId, rectifierId, measures, funds, emergencyPlan, deadline, cadence, criteria };
      return { ...so, state: 'listed', decided: { ...saidIn(event), reason }, plan, listedOn: localDateOf(at), number: number ?? null };
    }
    case 'SupervisionReportAsked': {
      const { period, dueAt } = event.data;
      return { ...so, reports: [...so.reports, { period, dueAt, missed: false, given: null }] };
    }
    case 'SupervisionReportGiven': {
      const { period, text, onTime } = event.data;
      return withReport(so, period, { given: { ...saidIn(event), text, onTime } });
    }
    case 'SupervisionReportMissed':
      return withReport(so, event.data.period, { missed: true });
    case 'RemovalAsked': {
      const { answers, checks } = event.data;
      return { ...so, removals: [...so.removals, { asked: { ...saidIn(event), answers, checks }, decided: null }] };
    }
    case 'RemovalRefused': {
      const { reason, checks } = event.data;
      return withDecision(so, { ...saidIn(event), approved: false, reason, checks });
    }
    case 'SupervisionRemoved': {
      const { reason, checks, at } = event.data;
      const removed = withDecision(so, { ...saidIn(event), approved: true, reason, checks });
      return { ...removed, state: 'removed', removedOn: localDateOf(at) };
    }
    default:
      return assertNever(event);
  }
};

/** When the clock of the reports is to be knocked at; null while none runs. */
export const reportDueOf = ({ state, reports }: SupervisionCase): Instant | null =>
  state === 'listed' ? (reports.at(-1)?.dueAt ?? null) : null;

/** 挂牌天数, the first day and the last or today included; 0 while never listed. */
export const daysListed = ({ listedOn, removedOn }: Pick<SupervisionCase, 'listedOn' | 'removedOn'>, today: LocalDate): number =>
  listedOn === null ? 0 : Math.max(0, daysBetween(listedOn, removedOn ?? today) + 1);
