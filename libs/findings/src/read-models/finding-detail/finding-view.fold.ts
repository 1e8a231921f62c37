import { assertNever, type Instant, type LegId } from '@app/kernel';
import type { FindingEvent } from '../../domain/finding.events';
import { evolve } from '../../domain/finding.evolve';
import { legsOf, stageOf, type FindingState } from '../../domain/finding.state';
import { unitsIn } from './units-in';
import { isClosed, type Facts, type FindingView, type LegFacts, type Mark } from './finding.view';

const workOf = (state: FindingState) => ('work' in state ? state.work : null);

const emptyLeg = (at: Instant): LegFacts => ({
  since: at,
  stage: 'delivered',
  villageId: null,
  assignee: null,
  plan: null,
  progress: null,
  guidance: null,
  report: null,
  opinion: null,
  lateEntry: null,
  sentBackBecause: null,
  signedAt: null,
  deemedSigned: false,
  movedFrom: null,
  returned: null,
  ruling: null,
});

const withLeg = (facts: Facts, legId: LegId, at: Instant, change: Partial<LegFacts>): Facts => ({
  ...facts,
  legs: { ...facts.legs, [legId]: { ...(facts.legs[legId] ?? emptyLeg(at)), ...change } },
});

const withMark = (facts: Facts, key: string, dueAt: string, change: Partial<Mark>): Facts => {
  const known = facts.marks[key];
  const mark: Mark = known?.dueAt === dueAt ? known : { dueAt, remindedAt: null, passedAt: null };
  return { ...facts, marks: { ...facts.marks, [key]: { ...mark, ...change } } };
};

const ended = (facts: Facts, at: Instant, reason: string, more: Partial<NonNullable<Facts['ended']>> = {}): Facts => ({
  ...facts,
  ended: { at, reason, documentNumber: null, to: null, ...more },
});

const told = (facts: Facts, event: FindingEvent): Facts => {
  const { at, on } = event.data;
  switch (event.type) {
    case 'FindingFiled': {
      const { foundOn, manner, text, basis, suggestedMeasure, capturedAt, lateEntry } = event.data;
      return { ...facts, foundOn, manner, text, basis, suggestedMeasure, capturedAt, lateEntry };
    }
    case 'FindingCorrected': {
      const { manner, text, basis, suggestedMeasure } = { ...facts, ...event.data.changes };
      return { ...facts, manner, text, basis, suggestedMeasure };
    }
    case 'FindingDismissed':
      return ended(facts, at, event.data.reason);
    case 'FindingWithdrawn':
      return ended(facts, at, event.data.reason, { documentNumber: event.data.documentNumber });
    case 'FindingLinked':
      return ended(facts, at, event.data.reason, { to: event.data.to });
    case 'FindingAccepted':
      return { ...facts, acceptedAt: at, rectification: event.data.rectification };
    case 'FindingTransferred': {
      const { overruledBecause, singleLegBecause } = event.data;
      return { ...facts, transferredAt: at, overruledBecause, singleLegBecause };
    }
    case 'LegDelivered':
      return withLeg(facts, event.data.legId, at, { ...emptyLeg(at), movedFrom: event.data.movedFrom });
    case 'LegSignedFor':
      return withLeg(facts, event.data.legId, at, { signedAt: at, deemedSigned: event.data.deemed });
    case 'LegReturned': {
      const { ground, text } = event.data;
      return withLeg(facts, event.data.legId, at, { returned: { at, ground, text } });
    }
    case 'ReturnRuled': {
      const { ruling, reason, final } = event.data;
      return withLeg(facts, event.data.legId, at, { ruling: { ruling, reason, final } });
    }
    case 'JointRulingRecorded':
      return { ...facts, jointRuling: { text: event.data.text, participants: event.data.participants } };
    case 'LegAssigned':
      return withLeg(facts, event.data.legId, at, { villageId: event.data.villageId, assignee: event.data.assignee });
    case 'LegPlanned': {
      const { measures, responsible, targetOn } = event.data;
      return withLeg(facts, event.data.legId, at, { plan: { measures, responsible, targetOn } });
    }
    case 'ProgressRecorded':
      return withLeg(facts, event.data.legId, at, {
        progress: { on, text: event.data.text, basicallyComplete: event.data.basicallyComplete },
      });
    case 'GuidanceGiven':
      return withLeg(facts, event.data.legId, at, { guidance: event.data.text });
    case 'LegReported': {
      const { text, measures, effect, completedOn, evidence } = event.data;
      return withLeg(facts, event.data.legId, at, { report: { on, text, measures, effect, completedOn, evidence } });
    }
    case 'RectifiedOnTheSpot': {
      const { text, evidence } = event.data;
      return withLeg(facts, event.data.legId, at, {
        report: { on, text, measures: '', effect: '', completedOn: on, evidence: evidence.map((e) => e.evidenceId) },
      });
    }
    case 'LegSubmitted':
      return withLeg(facts, event.data.legId, at, { lateEntry: event.data.lateEntry });
    case 'OpinionGiven':
      return withLeg(facts, event.data.legId, at, { opinion: { agrees: event.data.agrees, text: event.data.text } });
    case 'LegSentBack':
      return withLeg(facts, event.data.legId, at, { sentBackBecause: event.data.reason });
    case 'FindingVerified':
      return { ...facts, verification: { method: event.data.method, text: event.data.text } };
    case 'FindingCleared': {
      const { text, onTime, onTimeByOriginal } = event.data;
      return { ...facts, clearance: { text, onTime, onTimeByOriginal } };
    }
    case 'ClearanceRevoked': {
      const { reason, level } = event.data;
      return { ...facts, verification: null, clearance: null, closedAs: null, revocations: [...facts.revocations, { on, reason, level }] };
    }
    case 'LookedBack': {
      const { round, result, text, relapseId } = event.data;
      return { ...facts, lookBacks: [...facts.lookBacks, { on, round, result, text, relapseId }] };
    }
    case 'InstructionGiven':
      return { ...facts, instructionUnits: { ...facts.instructionUnits, [event.data.seq]: event.data.toUnits } };
    case 'UpperAnswerRecorded': {
      const { answer, documentNumber, text, due } = event.data;
      return { ...facts, upperAnswers: [...facts.upperAnswers, { on, answer, documentNumber, text, due }] };
    }
    case 'UpperCleared':
      return { ...facts, upperClearance: { on, documentNumber: event.data.documentNumber } };
    case 'FindingSplit':
      return { ...facts, childNumbers: Object.fromEntries(event.data.children.map((c) => [c.findingId, c.number])) };
    case 'DeadlineApproached':
      return withMark(facts, event.data.key, event.data.dueAt, { remindedAt: at });
    case 'DeadlinePassed':
      return withMark(facts, event.data.key, event.data.dueAt, { passedAt: at });
    // In the state or in the timeline, or both; nothing to tell beside them.
    case 'OnTheSpotWitnessed':
    case 'ItemsAdded':
    case 'EvidenceAdded':
    case 'EvidenceRemoved':
    case 'CommentAdded':
    case 'ExtensionAsked':
    case 'ExtensionGranted':
    case 'ExtensionRefused':
    case 'PauseAsked':
    case 'PauseGranted':
    case 'PauseRefused':
    case 'PauseEnded':
    case 'ItemsAnswered':
    case 'LegFirstReviewed':
    case 'LegPassed':
    case 'StagePassed':
    case 'StagesRescheduled':
    case 'TurnedLongTerm':
    case 'InstructionReplied':
    case 'ChildPassed':
    case 'ChildReopened':
    case 'DueTimeMoved':
      return facts;
    default:
      return assertNever(event);
  }
};

/** Since when: the finding and each leg are in the stage they are in. */
const dated = (facts: Facts, state: FindingState, at: Instant): Facts => {
  const stage = stageOf(state) ?? facts.stage;
  const onStage = stage === facts.stage && facts.stageSince !== '' ? facts : { ...facts, stage, stageSince: at };
  const work = workOf(state);
  if (work === null) return onStage;
  return legsOf(work).reduce((acc, leg) => {
    const known = acc.legs[leg.legId];
    return known?.stage === leg.stage ? acc : withLeg(acc, leg.legId, at, { stage: leg.stage, since: at });
  }, onStage);
};

const SYSTEM_PERSON = 'system';
/** Open to whoever may know the finding: doing so makes nobody a named handler of what is sensitive (R40). */
const BY_BYSTANDERS: ReadonlySet<FindingEvent['type']> = new Set(['CommentAdded', 'EvidenceAdded']);
const handled = (facts: Facts, event: FindingEvent): Facts => {
  const { personId } = event.data.by;
  return personId === SYSTEM_PERSON || BY_BYSTANDERS.has(event.type) || facts.handlers.includes(personId)
    ? facts
    : { ...facts, handlers: [...facts.handlers, personId] };
};

/** One event more, which leaves the finding in `state`. Total: never fails on an event that was stored; an event seen before changes nothing. */
export const fold = (
  view: FindingView,
  event: FindingEvent,
  revision: number,
  position: string,
  state: FindingState = evolve(view.state, event),
): FindingView => {
  if (revision <= view.revision) return view;
  const facts = dated(handled(told(view.facts, event), event), state, event.data.at);
  const next: FindingView = { state, facts, revision, position, changedAt: event.data.at };
  if (!isClosed(state)) return { ...next, facts: { ...facts, closedAs: null } };
  // The set is fixed by the event that closes it; who stands for them is filled in where the units are known.
  return isClosed(view.state)
    ? next
    : { ...next, facts: { ...facts, closedAs: Object.fromEntries(unitsIn(next).map((id) => [id, null])) } };
};
