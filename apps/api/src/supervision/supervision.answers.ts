import type { Actor, Instant, LocalDate, PersonId, UnitId } from '@app/kernel';
import type { DirectoryView, Post } from '@app/organisation';
import {
  daysListed,
  rightsOf,
  supervisionWorldOf,
  unitsOfSubject,
  type CaseRow,
  type CriterionCheck,
  type Grounds,
  type ProposalOrigin,
  type SupervisionCaseState,
  type SupervisionPlan,
  type SupervisionRights,
  type SupervisionSubject,
} from '@app/supervision';

type Named = Readonly<{ id: string; name: string }>;
type Said = Readonly<{ by: Named; at: Instant }>;

export type SupervisionReport = Readonly<{
  period: number;
  dueAt: Instant;
  missed: boolean;
  given: (Said & Readonly<{ text: string; onTime: boolean }>) | null;
}>;
export type SupervisionRemoval = Readonly<{
  asked: Said & Readonly<{ answers: readonly string[]; checks: readonly CriterionCheck[] }>;
  decided: (Said & Readonly<{ approved: boolean; reason: string | null; checks: readonly CriterionCheck[] }>) | null;
}>;
/** A line of the public list. */
export type SupervisionShown = Readonly<{
  supervisionId: string;
  round: number;
  revision: number;
  state: SupervisionCaseState;
  subject: Readonly<{ kind: 'unit' | 'finding'; id: string; name: string }>;
  units: readonly Named[];
  proposedOn: Instant;
  origin: ProposalOrigin['kind'];
  /** 挂牌号. */
  number: string | null;
  listedOn: LocalDate | null;
  removedOn: LocalDate | null;
  /** 挂牌天数. */
  days: number;
  leader: Named | null;
  deadline: LocalDate | null;
  /** The listing's own deadline has passed. */
  overdue: boolean;
  reports: Readonly<{ given: number; missed: number; nextDue: Instant | null }>;
  removalAsked: boolean;
}>;
/** The whole case, for those it concerns. */
export type SupervisionCaseAnswer = SupervisionShown &
  Readonly<{
    proposed: Said & Readonly<{ origin: ProposalOrigin; reason: string; grounds: Grounds | null }>;
    decided: (Said & Readonly<{ reason: string }>) | null;
    plan: (Omit<SupervisionPlan, 'leaderId' | 'rectifierId'> & Readonly<{ leader: Named; rectifier: Named | null }>) | null;
    reportList: readonly SupervisionReport[];
    removals: readonly SupervisionRemoval[];
  }>;

const named = (view: DirectoryView, id: PersonId): Named => ({ id, name: view.person(id)?.name ?? id });
const said = (view: DirectoryView, { by, at }: Readonly<{ by: PersonId; at: Instant }>): Said => ({ by: named(view, by), at });
const unitNamed = (view: DirectoryView, id: UnitId): Named => {
  const standing = view.currentOf(id);
  return { id: standing, name: view.unit(standing)?.name ?? standing };
};

export const shownAnswer = (row: CaseRow, view: DirectoryView, today: LocalDate): SupervisionShown => {
  const { subject, plan, reports, state } = row;
  const units = unitsOfSubject(subject).map((id) => unitNamed(view, id));
  const waiting = reports.at(-1);
  return {
    supervisionId: row.supervisionId,
    round: row.round,
    revision: row.revision,
    state,
    subject:
      subject.kind === 'unit'
        ? { kind: 'unit', ...unitNamed(view, subject.unitId) }
        : { kind: 'finding', id: subject.findingId, name: subject.number },
    units,
    proposedOn: row.proposed.at,
    origin: row.proposed.origin.kind,
    number: row.number,
    listedOn: row.listedOn,
    removedOn: row.removedOn,
    days: daysListed(row, today),
    leader: plan === null ? null : named(view, plan.leaderId),
    deadline: plan?.deadline ?? null,
    overdue: state === 'listed' && plan !== null && plan.deadline < today,
    reports: {
      given: reports.filter(({ given }) => given !== null).length,
      missed: reports.filter(({ missed }) => missed).length,
      nextDue: state === 'listed' && waiting !== undefined && waiting.given === null ? waiting.dueAt : null,
    },
    removalAsked: state === 'listed' && row.removals.at(-1)?.decided === null,
  };
};

export const caseAnswer = (row: CaseRow, view: DirectoryView, today: LocalDate): SupervisionCaseAnswer => {
  const { proposed, decided, plan } = row;
  const { origin, reason, grounds } = proposed;
  const planAnswer = (of: SupervisionPlan): SupervisionCaseAnswer['plan'] => {
    const { leaderId, rectifierId, measures, funds, emergencyPlan, deadline, cadence, criteria } = of;
    const people = { leader: named(view, leaderId), rectifier: rectifierId === null ? null : named(view, rectifierId) };
    return { ...people, measures, funds, emergencyPlan, deadline, cadence, criteria };
  };
  return {
    ...shownAnswer(row, view, today),
    proposed: { ...said(view, proposed), origin, reason, grounds },
    decided: decided === null ? null : { ...said(view, decided), reason: decided.reason },
    plan: plan === null ? null : planAnswer(plan),
    reportList: row.reports.map(({ period, dueAt, missed, given }) => ({
      period,
      dueAt,
      missed,
      given: given === null ? null : { ...said(view, given), text: given.text, onTime: given.onTime },
    })),
    removals: row.removals.map(({ asked, decided: by }) => ({
      asked: { ...said(view, asked), answers: asked.answers, checks: asked.checks },
      decided: by === null ? null : { ...said(view, by), approved: by.approved, reason: by.reason, checks: by.checks },
    })),
  };
};

const NOTHING: SupervisionRights = { decideListing: false, decideRemoval: false, report: false, askRemoval: false };

/** What the reader may do with the latest case, as it stands. */
export const mayAnswer = (row: CaseRow, actor: Actor, view: DirectoryView, today: LocalDate): SupervisionRights => {
  if (row.state !== 'proposed' && row.state !== 'listed') return NOTHING;
  const rights = rightsOf({ by: actor, world: supervisionWorldOf(view, row.subject, today) }, row.subject);
  const asked = row.removals.at(-1)?.decided === null;
  const listed = row.state === 'listed';
  return {
    decideListing: row.state === 'proposed' && rights.decideListing,
    decideRemoval: listed && asked && rights.decideRemoval,
    report: listed && rights.report,
    askRemoval: listed && !asked && rights.askRemoval,
  };
};

type PlanNames = Readonly<{ leaders: readonly Named[]; rectifiers: readonly Named[] }>;

/** Leaders of today, and who signs for the units concerned. */
export const namesForPlan = (subject: SupervisionSubject, view: DirectoryView, today: LocalDate): PlanNames => {
  const units = new Set(unitsOfSubject(subject).map((id) => view.currentOf(id)));
  const holders = (fits: (post: Post) => boolean): readonly Named[] => {
    const posts = view.allPosts().filter((post) => fits(post) && (post.closedAfter === null || today <= post.closedAfter));
    return [...new Set(posts.flatMap(({ id }) => view.holdersOf(id, today)))].map((id) => named(view, id));
  };
  return {
    leaders: holders(({ roles }) => roles.includes('leader')),
    rectifiers: holders(({ unitId, roles }) => units.has(view.currentOf(unitId)) && (roles.includes('head') || roles.includes('deputy'))),
  };
};
