import { localDateOf } from '@app/kernel';
import type { FirstReviewLeg, GiveOpinion, ReportLeg, SignLeg } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent, LateEntry } from '../finding.events';
import { legsOf, type Assignment, type Core, type FindingState, type Leg } from '../finding.state';
import { deadlineKey } from '../finding.types';
import { actOf, hasRole, isOffice, mustBeAssigned, mustHaveLeg, mustHoldLeg, mustSay } from '../guards';
import { mustNotBePaused, UNIT_ROLES } from './leg-rights';
import { opinionDueOf, originalDueOf, reviewDueOf } from '../review-dues';

const isHandedIn = (leg: Leg): boolean => leg.stage === 'submitted' || leg.stage === 'passed';
const isReported = (leg: Leg): boolean => leg.stage === 'reported' || leg.stage === 'first-reviewed' || isHandedIn(leg);

/** Signing for never blocks work (R17), so a leg may be reported before it was signed for. */
const isOpenForWork = (leg: Leg): boolean => leg.stage === 'delivered' || leg.stage === 'working';

const mustHaveProof = (core: Core, leg: Leg, ids: ReportLeg['data']['evidence']): void => {
  const files = ids.map((id) => {
    const file = core.evidence[id];
    const usable = file !== undefined && !file.removed && (file.legId === null || file.legId === leg.legId);
    return usable ? file : reject('evidence-not-found');
  });
  // A picture from before proves nothing about the result; what kind of file proves it is free (R41).
  if (!files.some((file) => file.phase !== 'before')) reject('evidence-required');
};

export const reportLeg = (command: ReportLeg, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { legId, text, measures, effect, completedOn, evidence } = command.data;
  const leg = mustHaveLeg(work, legId);
  mustHoldLeg(command.by, command.world, leg, ...UNIT_ROLES);
  if (leg.duty === 'guides') return reject('leg-guides');
  if (isReported(leg)) return [];
  if (!isOpenForWork(leg)) return reject('leg-not-open');
  mustNotBePaused(leg);
  if (completedOn > localDateOf(command.at)) return reject('business-date-in-future');
  if (core.items.some((item) => item.answer === 'open')) return reject('items-unanswered');
  mustHaveProof(core, leg, evidence);
  return [
    {
      type: 'LegReported',
      data: {
        ...actOf(command),
        legId,
        unitId: leg.unitId,
        text: mustSay(text),
        measures: mustSay(measures),
        effect: effect.trim(),
        completedOn,
        evidence,
      },
    },
  ];
};

/** 谁报谁不审, filling in for one another included. */
const isTheReporter = (leg: Extract<Leg, { stage: 'reported' | 'first-reviewed' }>, by: FirstReviewLeg['by']): boolean =>
  [leg.reportedBy.personId, leg.reportedBy.inPlaceOf].some(
    (person) => person !== null && (person === by.personId || person === by.inPlaceOf),
  );

export const firstReviewLeg = (command: FirstReviewLeg, state: FindingState): readonly FindingEvent[] => {
  const { work } = mustBeAssigned(state);
  const { legId, passed, reason } = command.data;
  const leg = mustHaveLeg(work, legId);
  mustHoldLeg(command.by, command.world, leg, ...UNIT_ROLES);
  if (leg.stage === 'first-reviewed' || isHandedIn(leg)) return passed ? [] : reject('leg-not-open');
  if (leg.stage !== 'reported') return reject('leg-not-open');
  if (isTheReporter(leg, command.by)) return reject('reviewer-reported');
  const said = passed ? reason : mustSay(reason, 'reason-required');
  return [{ type: 'LegFirstReviewed', data: { ...actOf(command), legId, unitId: leg.unitId, passed, reason: said } }];
};

/** R12: serious, major and upper-level ones are the head's to sign. */
const mustSign = ({ by, world }: SignLeg, core: Core, leg: Leg): void => {
  mustHoldLeg(by, world, leg, ...UNIT_ROLES);
  const needsHead = core.seriousness !== 'ordinary' || core.upper !== null;
  if (needsHead && !hasRole(by, 'head', 'office-head')) reject('signature-needs-head');
  if (!hasRole(by, 'deputy', 'head', 'office-head')) reject('signature-needs-deputy');
};

/** R16: what the unit signed on paper, entered by the office; counted apart, judged by the day the paper claims. */
const lateEntryOf = ({ by, world, data }: SignLeg): LateEntry | null => {
  if (data.lateEntry === null) return null;
  if (!isOffice(by, world)) return reject('not-yours');
  const documentNumber = data.lateEntry.documentNumber.trim();
  if (documentNumber === '') return reject('document-number-required');
  return { kind: 'office', documentNumber, reason: mustSay(data.lateEntry.reason, 'reason-required') };
};

/** Guiding legs owe their opinion once the last acting leg is in. */
const opinionsOwed = (command: SignLeg, core: Core, work: Assignment) => {
  const waiting = legsOf(work).some((leg) => leg.duty === 'acts' && leg.legId !== command.data.legId && !isHandedIn(leg));
  const guiding = waiting ? [] : legsOf(work).filter((leg) => leg.duty === 'guides' && !isHandedIn(leg));
  return guiding.map((leg) => ({ legId: leg.legId, due: opinionDueOf(core, work, leg, command.world, command.at) }));
};

export const signLeg = (command: SignLeg, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { at, on, world } = command;
  const leg = mustHaveLeg(work, command.data.legId);
  const lateEntry = lateEntryOf(command);
  if (lateEntry === null) mustSign(command, core, leg);
  if (isHandedIn(leg)) return [];
  const signable = leg.stage === 'first-reviewed' || (lateEntry !== null && leg.stage === 'reported');
  if (!signable) return reject('leg-not-open');
  const original = originalDueOf(leg, world);
  return [
    {
      type: 'LegSubmitted',
      data: {
        ...actOf(command),
        legId: leg.legId,
        unitId: leg.unitId,
        onTime: !leg.grantedLate && (lateEntry === null ? at <= leg.due.at : on <= leg.due.day),
        onTimeByOriginal: lateEntry === null ? at <= original.at : on <= original.day,
        reviewDue: reviewDueOf(core, work, leg, world, at),
        opinionDues: opinionsOwed(command, core, work),
        lateEntry,
      },
    },
  ];
};

export const giveOpinion = (command: GiveOpinion, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { legId, agrees, text } = command.data;
  const leg = mustHaveLeg(work, legId);
  mustHoldLeg(command.by, command.world, leg, ...UNIT_ROLES);
  if (leg.duty === 'acts') return reject('leg-acts');
  if (isHandedIn(leg)) return [];
  if (!isOpenForWork(leg)) return reject('leg-not-open');
  if (!legsOf(work).every((other) => other.duty === 'guides' || isHandedIn(other))) return reject('opinion-too-early');
  const due = core.deadlines[deadlineKey('opinion', legId)]?.due ?? leg.due;
  return [
    {
      type: 'OpinionGiven',
      data: {
        ...actOf(command),
        legId,
        unitId: leg.unitId,
        agrees,
        text: mustSay(text),
        onTime: command.at <= due.at,
        reviewDue: reviewDueOf(core, work, leg, command.world, command.at),
      },
    },
  ];
};
