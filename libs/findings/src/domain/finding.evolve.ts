import { assertNever, type LegId, type UnitId } from '@app/kernel';
import type { DueTime } from '@app/worktime';
import type { FindingEvent, FindingFiled, LegDelivered } from './finding.events';
import { legsOf, type Assignment, type Core, type FindingState, type Leg } from './finding.state';
import {
  deadlineKey,
  type DeadlineKind,
  type Evidence,
  type LegPlan,
  type OpenDeadline,
  type Stage,
  type StagePlan,
} from './finding.types';

const filed = (data: FindingFiled['data']): FindingState => ({
  phase: 'filed',
  core: {
    number: data.number,
    kind: data.kind,
    source: data.source,
    teamId: data.teamId,
    filedBy: data.by,
    filedAt: data.at,
    place: data.place,
    subject: data.subject,
    category: data.category,
    seriousness: data.seriousness,
    responsibleUnitId: data.responsibleUnitId,
    projectOwnerId: data.projectOwnerId,
    selfFound: data.selfFound,
    upper: data.upper,
    upperDue: data.upper?.due ?? null,
    upperCleared: false,
    list: data.list,
    parentId: data.parentId,
    relapseOf: data.relapseOf,
    children: [],
    items: data.items.map((item) => ({ ...item, answer: 'open', basis: null })),
    evidence: {},
    instructions: [],
    deadlines: { triage: { key: 'triage', kind: 'triage', legId: null, unitId: data.teamId, due: data.triageDue } },
    knocked: {},
    lookedBack: [],
  },
});

const without = <K extends string, V>(record: Readonly<Record<K, V>>, ...keys: readonly K[]): Record<K, V> => {
  const next = { ...record };
  for (const key of keys) delete next[key];
  return next;
};

/** Running clocks: started and stopped here and nowhere else. */
const start = (core: Core, kind: DeadlineKind, part: string | undefined, legId: LegId | null, unitId: UnitId, due: DueTime): Core => {
  const key = deadlineKey(kind, part);
  const open: OpenDeadline = { key, kind, legId, unitId, due };
  return { ...core, deadlines: { ...core.deadlines, [key]: open } };
};
const stop = (core: Core, ...keys: readonly string[]): Core => ({ ...core, deadlines: without(core.deadlines, ...keys) });
const legClocks = (legId: LegId): readonly string[] =>
  (['sign', 'rectify', 'guide', 'opinion', 'review', 'ruling'] as const).map((kind) => deadlineKey(kind, legId));
/** Instructions have a reply date of their own, whatever becomes of the finding. */
const stopAll = (core: Core): Core =>
  stop(core, ...Object.values(core.deadlines).flatMap((d) => (d.kind === 'instruction' ? [] : [d.key])));

const workKind = (leg: Pick<Leg, 'duty'>): DeadlineKind => (leg.duty === 'guides' ? 'guide' : 'rectify');
const restart = (core: Core, leg: Leg, due: DueTime): Core =>
  leg.duty === 'guides' && leg.guided ? core : start(core, workKind(leg), leg.legId, leg.legId, leg.unitId, due);

const addEvidence = (core: Core, evidence: readonly Evidence[], by: Core['filedBy']): Core => ({
  ...core,
  evidence: { ...core.evidence, ...Object.fromEntries(evidence.map((e) => [e.evidenceId, { ...e, removed: false, by }])) },
});

const numbered = (plans: readonly StagePlan[]): readonly Stage[] => plans.map((plan, i) => ({ ...plan, stage: i + 1, passed: false }));
const startStages = (core: Core, stages: readonly Stage[]): Core =>
  stages.reduce((acc, s) => (s.passed ? acc : start(acc, 'stage', String(s.stage), null, core.teamId, s.due)), core);

const union = <T>(list: readonly T[], ...more: readonly T[]): readonly T[] => [...new Set([...list, ...more])];
const rectifiedBy = (work: Assignment, unitId: UnitId, person?: Core['filedBy']['personId']): Assignment => ({
  ...work,
  rectifiers: {
    units: union(work.rectifiers.units, unitId),
    persons: person === undefined ? work.rectifiers.persons : union(work.rectifiers.persons, person),
  },
});

const assigned = (state: FindingState): { core: Core; work: Assignment } | null => (state.phase === 'assigned' ? state : null);
const withCore = (state: FindingState, change: (core: Core) => Core): FindingState =>
  state.phase === 'absent' ? state : { ...state, core: change(state.core) };
const withWork = (state: FindingState, change: (core: Core, work: Assignment) => { core?: Core; work?: Assignment }): FindingState => {
  const now = assigned(state);
  if (now === null) return state;
  const next = change(now.core, now.work);
  return { phase: 'assigned', core: next.core ?? now.core, work: next.work ?? now.work };
};
const setLeg = (work: Assignment, leg: Leg): Assignment => ({ ...work, legs: { ...work.legs, [leg.legId]: leg } });
const withLeg = (
  state: FindingState,
  legId: LegId,
  change: (leg: Leg, core: Core, work: Assignment) => { leg: Leg; core?: Core; work?: Assignment },
): FindingState =>
  withWork(state, (core, work) => {
    const leg = work.legs[legId];
    if (leg === undefined) return {};
    const next = change(leg, core, work);
    return { core: next.core ?? core, work: setLeg(next.work ?? work, next.leg) };
  });

const working = (leg: Leg, due: DueTime = leg.due): Leg => {
  const {
    legId,
    unitId,
    line,
    duty,
    leads,
    originalDue,
    deliveredAt,
    signed,
    sentBackBefore,
    guided,
    extension,
    extensions,
    ruling,
    submission,
  } = leg;
  const base = {
    legId,
    unitId,
    line,
    duty,
    leads,
    due,
    originalDue,
    deliveredAt,
    signed,
    sentBackBefore,
    guided,
    extension,
    extensions,
    ruling,
  };
  return { ...base, submission, stage: signed ? 'working' : 'delivered' };
};

const deliver = (state: FindingState, data: LegDelivered['data']): FindingState =>
  withWork(state, (core, work) => {
    const plan: LegPlan | undefined = work.legs[data.legId];
    if (plan === undefined) return {};
    const leg: Leg = {
      legId: plan.legId,
      unitId: data.unitId,
      line: plan.line,
      duty: plan.duty,
      leads: plan.leads,
      due: data.due,
      originalDue: data.due,
      deliveredAt: data.at,
      signed: false,
      sentBackBefore: false,
      guided: false,
      extension: null,
      extensions: 0,
      ruling: null,
      submission: null,
      stage: 'delivered',
    };
    const clean = stop(core, ...legClocks(leg.legId));
    const signing = start(clean, 'sign', leg.legId, leg.legId, leg.unitId, data.signDue);
    return { core: restart(signing, leg, data.due), work: setLeg(work, leg) };
  });

/** Shared by sending back and by revoking a clearance: legs that had passed are open again. */
const reopen = (
  core: Core,
  work: Assignment,
  legs: readonly Readonly<{ legId: LegId; due: DueTime }>[],
): { core: Core; work: Assignment } =>
  legs.reduce(
    (acc, { legId, due }) => {
      const leg = acc.work.legs[legId];
      if (leg === undefined) return acc;
      const opened = working(leg, due);
      return { core: restart(acc.core, opened, due), work: setLeg(acc.work, opened) };
    },
    { core, work },
  );

export const evolve = (state: FindingState, event: FindingEvent): FindingState => {
  switch (event.type) {
    case 'FindingFiled':
      return filed(event.data);
    case 'FindingCorrected':
      return withCore(state, (core) => {
        const { place, subject, category, seriousness, responsibleUnitId, projectOwnerId } = { ...core, ...event.data.changes };
        return { ...core, place, subject, category, seriousness, responsibleUnitId, projectOwnerId };
      });
    case 'ItemsAdded':
      return withCore(state, (core) => ({
        ...core,
        items: [...core.items, ...event.data.items.map((item) => ({ ...item, answer: 'open' as const, basis: null }))],
      }));
    case 'EvidenceAdded':
      return withCore(state, (core) => addEvidence(core, [event.data.evidence], event.data.by));
    case 'EvidenceRemoved':
      return withCore(state, (core) => {
        const found = core.evidence[event.data.evidenceId];
        return found === undefined
          ? core
          : { ...core, evidence: { ...core.evidence, [event.data.evidenceId]: { ...found, removed: true } } };
      });
    case 'FindingDismissed':
    case 'FindingWithdrawn':
    case 'FindingLinked': {
      if (state.phase === 'absent') return state;
      const how = ({ FindingDismissed: 'dismissed', FindingWithdrawn: 'withdrawn', FindingLinked: 'linked' } as const)[event.type];
      return { phase: 'ended', how, core: stopAll(state.core), work: 'work' in state ? state.work : null };
    }
    case 'FindingAccepted': {
      if (state.phase === 'absent') return state;
      const stages = numbered(event.data.stages);
      const core = { ...stop(state.core, 'triage'), seriousness: event.data.seriousness };
      return { phase: 'accepted', core, rectification: event.data.rectification, stages };
    }
    case 'FindingTransferred': {
      if (state.phase !== 'accepted') return state;
      const { legs, assisting, copies, independent, at } = event.data;
      // A planned leg has no clock before its delivery, which follows in the same batch and replaces this shape.
      const none = { at, day: event.data.on, source: 'rule', provisional: false, calendarVersion: '', steps: [] } as const;
      const planned = legs.map((plan): [LegId, Leg] => [
        plan.legId,
        {
          ...plan,
          due: none,
          originalDue: none,
          deliveredAt: at,
          signed: false,
          sentBackBefore: false,
          guided: false,
          extension: null,
          extensions: 0,
          ruling: null,
          submission: null,
          stage: 'delivered',
        },
      ]);
      const work: Assignment = {
        rectification: state.rectification,
        stages: state.stages,
        legs: Object.fromEntries(planned),
        assisting,
        copies,
        independent,
        returnedBy: [],
        rectifiers: { units: [], persons: [] },
        verified: null,
      };
      return { phase: 'assigned', core: startStages(state.core, state.stages), work };
    }
    case 'LegDelivered':
      return deliver(state, event.data);
    case 'LegSignedFor':
      return withLeg(state, event.data.legId, (leg, core) => ({
        core: stop(core, deadlineKey('sign', leg.legId)),
        leg: leg.stage === 'delivered' ? { ...leg, signed: true, stage: 'working' } : { ...leg, signed: true },
      }));
    case 'LegReturned':
      return withLeg(state, event.data.legId, (leg, core, work) => ({
        core: start(stop(core, ...legClocks(leg.legId)), 'ruling', leg.legId, leg.legId, leg.unitId, event.data.rulingDue),
        work: { ...work, returnedBy: union(work.returnedBy, leg.unitId) },
        leg: {
          ...working(leg),
          stage: 'under-return',
          returned: { at: event.data.at, ground: event.data.ground, objection: event.data.objection, by: event.data.by },
        },
      }));
    case 'ReturnRuled':
      return withLeg(state, event.data.legId, (leg, core) => {
        const stopped = stop(core, deadlineKey('ruling', leg.legId));
        if (event.data.ruling !== 'stays') return { core: stopped, leg };
        const back: Leg = { ...working(leg), ruling: { ruling: 'stays', final: event.data.final, at: event.data.at } };
        return { core: restart(stopped, back, back.due), leg: back };
      });
    case 'JointRulingRecorded':
      return withWork(state, (_core, work) => ({
        work: {
          ...work,
          legs: Object.fromEntries(
            Object.entries(work.legs).map(([id, leg]) => [id, { ...leg, leads: leg.legId === event.data.leadingLegId }]),
          ),
        },
      }));
    case 'ProgressRecorded':
      return withWork(state, (_core, work) => ({ work: rectifiedBy(work, event.data.unitId, event.data.by.personId) }));
    case 'ExtensionAsked':
      return withLeg(state, event.data.legId, (leg) => ({
        leg: { ...leg, extension: { reason: event.data.reason, until: event.data.until, askedAt: event.data.at } },
      }));
    case 'ExtensionGranted':
      return withLeg(state, event.data.legId, (leg, core) => {
        const next = { ...leg, due: event.data.due, extension: null, extensions: leg.extensions + 1 };
        const running = core.deadlines[deadlineKey('rectify', leg.legId)] !== undefined;
        return { leg: next, core: running ? restart(core, next, event.data.due) : core };
      });
    case 'ExtensionRefused':
      return withLeg(state, event.data.legId, (leg) => ({ leg: { ...leg, extension: null } }));
    case 'ItemsAnswered': {
      const answers = new Map(event.data.answers.map((a) => [a.itemId, a]));
      const answered = withCore(state, (core) => ({
        ...core,
        items: core.items.map((item) => {
          const found = answers.get(item.itemId);
          return found === undefined ? item : { ...item, answer: found.answer, basis: found.basis };
        }),
      }));
      return withWork(answered, (_core, work) => ({ work: rectifiedBy(work, event.data.unitId, event.data.by.personId) }));
    }
    case 'GuidanceGiven':
      return withLeg(state, event.data.legId, (leg, core) => ({
        leg: { ...leg, guided: true },
        core: stop(core, deadlineKey('guide', leg.legId)),
      }));
    case 'LegReported':
      return withLeg(state, event.data.legId, (leg, _core, work) => ({
        leg: { ...working(leg), stage: 'reported', reportedBy: event.data.by },
        work: rectifiedBy(work, event.data.unitId, event.data.by.personId),
      }));
    case 'LegFirstReviewed':
      return withLeg(state, event.data.legId, (leg, _core, work) => {
        if (leg.stage !== 'reported') return { leg };
        return { leg: event.data.passed ? { ...leg, stage: 'first-reviewed' } : working(leg), work };
      });
    case 'LegSubmitted':
    case 'OpinionGiven':
      return withLeg(state, event.data.legId, (leg, core, work) => {
        const { at, onTime } = event.data;
        const onTimeByOriginal = event.type === 'LegSubmitted' ? event.data.onTimeByOriginal : onTime;
        const stopped = stop(core, ...legClocks(leg.legId));
        const reviewing = start(stopped, 'review', leg.legId, leg.legId, leg.unitId, event.data.reviewDue);
        const owed = event.type === 'LegSubmitted' ? event.data.opinionDues : [];
        const asking = owed.reduce(
          (acc, { legId, due }) => start(acc, 'opinion', legId, legId, work.legs[legId]?.unitId ?? leg.unitId, due),
          reviewing,
        );
        return {
          core: asking,
          leg: { ...working(leg), guided: true, stage: 'submitted', submission: { at, onTime, onTimeByOriginal } },
          work: event.type === 'LegSubmitted' ? rectifiedBy(work, leg.unitId, event.data.by.personId) : work,
        };
      });
    case 'RectifiedOnTheSpot': {
      const { legId, at, by, evidence, rectifyingUnitId, reviewDue } = event.data;
      return withLeg(state, legId, (leg, core, work) => ({
        core: start(stop(addEvidence(core, evidence, by), ...legClocks(legId)), 'review', legId, legId, leg.unitId, reviewDue),
        work: rectifiedBy(rectifiedBy(work, rectifyingUnitId), leg.unitId),
        leg: { ...working(leg), signed: true, stage: 'submitted', submission: { at, onTime: true, onTimeByOriginal: true } },
      }));
    }
    case 'LegPassed':
      return withLeg(state, event.data.legId, (leg, core) => {
        if (leg.stage !== 'submitted') return { leg };
        const stopped = stop(core, deadlineKey('review', leg.legId));
        const due = event.data.verifyDue;
        return {
          leg: { ...leg, stage: 'passed', passedAt: event.data.at },
          core: due === null ? stopped : start(stopped, 'verify', undefined, null, event.data.by.unitId, due),
        };
      });
    case 'LegSentBack': {
      const { legId, due, reopened } = event.data;
      return withWork(state, (core, work) => {
        const leg = work.legs[legId];
        if (leg === undefined) return {};
        const stopped = stop(core, deadlineKey('review', legId), 'verify');
        const marked: Assignment = { ...work, verified: null, legs: { ...work.legs, [legId]: { ...leg, sentBackBefore: true } } };
        // An opinion on a result that was sent back is owed again with the next result.
        const opinions = legsOf(marked).filter((l) => leg.duty === 'acts' && l.duty === 'guides' && l.stage === 'submitted');
        const clean = stop(
          stopped,
          ...opinions.map((l) => deadlineKey('review', l.legId)),
          ...Object.keys(stopped.deadlines).filter((k) => leg.duty === 'acts' && k.startsWith('opinion/')),
        );
        return reopen(clean, marked, [{ legId, due }, ...reopened, ...opinions.map((l) => ({ legId: l.legId, due: l.due }))]);
      });
    }
    case 'FindingVerified':
      return withWork(state, (core, work) => ({
        work: { ...work, verified: { at: event.data.at, by: event.data.by } },
        core:
          event.data.clearDue === null
            ? stop(core, 'verify')
            : start(core, 'verify', undefined, null, event.data.by.unitId, event.data.clearDue),
      }));
    case 'FindingCleared':
    case 'TurnedLongTerm': {
      const now = assigned(state);
      if (now === null) return state;
      const longTerm = event.type === 'TurnedLongTerm';
      const { at, on, by } = event.data;
      return {
        ...now,
        phase: longTerm ? 'long-term' : 'cleared',
        core: stopAll(now.core),
        clearance: { at, on, by, wentLongTerm: longTerm },
      };
    }
    case 'ClearanceRevoked': {
      if (state.phase !== 'cleared' && state.phase !== 'long-term') return state;
      return { phase: 'assigned', ...reopen(state.core, { ...state.work, verified: null }, event.data.legs) };
    }
    case 'LookedBack':
      return withCore(state, (core) => ({ ...core, lookedBack: union(core.lookedBack, event.data.round) }));
    case 'StagePassed':
      return withWork(state, (core, work) => ({
        core: stop(core, deadlineKey('stage', String(event.data.stage))),
        work: { ...work, stages: work.stages.map((s) => (s.stage === event.data.stage ? { ...s, passed: true } : s)) },
      }));
    case 'StagesRescheduled':
      return withWork(state, (core, work) => {
        const stages = numbered(event.data.stages);
        const stopped = stop(core, ...work.stages.map((s) => deadlineKey('stage', String(s.stage))));
        return { work: { ...work, stages }, core: startStages(stopped, stages) };
      });
    case 'InstructionGiven':
      return withCore(state, (core) => {
        const { seq, leader, text, replyDue, toUnits, rectifyBy } = event.data;
        const given = { ...core, instructions: [...core.instructions, { seq, leader, text, replyDue, rectifyBy, reply: null }] };
        return start(given, 'instruction', String(seq), null, toUnits[0] ?? core.teamId, replyDue);
      });
    case 'InstructionReplied':
      return withCore(state, (core) => ({
        ...stop(core, deadlineKey('instruction', String(event.data.seq))),
        instructions: core.instructions.map((i) => (i.seq === event.data.seq ? { ...i, reply: event.data.text } : i)),
      }));
    case 'UpperAnswerRecorded':
      return withCore(state, (core) => ({ ...core, upperDue: event.data.due ?? core.upperDue }));
    case 'UpperCleared':
      return withCore(state, (core) => ({ ...core, upperCleared: true }));
    case 'FindingSplit':
      return withCore(state, (core) => ({
        ...core,
        children: event.data.children.map(({ findingId, townId }) => ({ findingId, townId, passed: false })),
      }));
    case 'ChildPassed':
    case 'ChildReopened':
      return withCore(
        event.type === 'ChildReopened' ? withWork(state, (_core, work) => ({ work: { ...work, verified: null } })) : state,
        (core) => {
          const passed = event.type === 'ChildPassed';
          const family = { ...core, children: core.children.map((c) => (c.findingId === event.data.childId ? { ...c, passed } : c)) };
          if (event.type === 'ChildReopened') return stop(family, 'verify');
          const due = event.data.verifyDue;
          return due === null ? family : start(family, 'verify', undefined, null, event.data.by.unitId, due);
        },
      );
    case 'DueTimeMoved': {
      const { key, due, legId } = event.data;
      const moved = withCore(state, (core) => {
        const open = core.deadlines[key];
        return open === undefined ? core : { ...core, deadlines: { ...core.deadlines, [key]: { ...open, due } } };
      });
      const movesLeg = legId !== null && (key === deadlineKey('rectify', legId) || key === deadlineKey('guide', legId));
      return movesLeg ? withLeg(moved, legId, (leg) => ({ leg: { ...leg, due } })) : moved;
    }
    case 'DeadlineApproached':
      return withCore(state, (core) => ({
        ...core,
        knocked: { ...core.knocked, [`${event.data.key}|${event.data.dueAt}|${event.data.before}`]: true },
      }));
    case 'DeadlinePassed':
      return withCore(state, (core) => ({ ...core, knocked: { ...core.knocked, [`${event.data.key}|${event.data.dueAt}|0`]: true } }));
    // Told in the timeline; nothing is decided on them.
    case 'CommentAdded':
    case 'LegAssigned':
    case 'LegPlanned':
      return state;
    default:
      return assertNever(event);
  }
};
