import { assertNever } from '@app/kernel';
import { filed, transferred } from './evolve/begin';
import { legClocks, restart, start, startStages, stop, stopAll } from './evolve/clocks';
import { addEvidence, deliver, numbered, rectifiedBy, reopen, union, withCore, withLeg, withWork, working } from './evolve/parts';
import { dueTimeMoved } from './evolve/due-time-moved';
import { pauseAsked, pauseEnded, pauseGranted, withoutPause } from './evolve/pause';
import type { FindingEvent } from './finding.events';
import { legsOf, type Assignment, type FindingState, type Leg } from './finding.state';
import { deadlineKey } from './finding.types';

export const evolve = (state: FindingState, event: FindingEvent): FindingState => {
  switch (event.type) {
    case 'FindingFiled':
      return filed(event.data);
    case 'FindingCorrected':
      return withCore(state, (core) => ({ ...core, ...event.data.changes }));
    case 'ItemsAdded':
      return withCore(state, (core) => ({
        ...core,
        items: [...core.items, ...event.data.items.map((item) => ({ ...item, answer: 'open' as const, basis: null }))],
      }));
    case 'OnTheSpotWitnessed': {
      const { rectifyingUnitId, personPresent, inspectors, text, by, on } = event.data;
      return withCore(state, (core) => ({ ...core, onTheSpot: { rectifyingUnitId, personPresent, inspectors, text, by, on } }));
    }
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
      const linkedTo = event.type === 'FindingLinked' ? event.data.to : null;
      return { phase: 'ended', how, linkedTo, core: stopAll(state.core), work: 'work' in state ? state.work : null };
    }
    case 'FindingAccepted': {
      if (state.phase === 'absent') return state;
      const stages = numbered(event.data.stages);
      const core = { ...stop(state.core, 'triage'), seriousness: event.data.seriousness };
      return { phase: 'accepted', core, rectification: event.data.rectification, stages };
    }
    case 'FindingTransferred':
      return transferred(state, event.data);
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
        const ground = leg.stage === 'under-return' ? leg.returned.ground : (leg.ruling?.ground ?? 'not-our-duty');
        const back: Leg = { ...working(leg), ruling: { ruling: 'stays', final: event.data.final, at: event.data.at, ground } };
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
        leg: {
          ...leg,
          extension: { reason: event.data.reason, until: event.data.until, askedAt: event.data.at, level: event.data.level ?? 'office' },
        },
      }));
    case 'ExtensionGranted':
      return withLeg(state, event.data.legId, (leg, core) => {
        const next = {
          ...leg,
          due: event.data.due,
          extension: null,
          extensions: leg.extensions + 1,
          grantedLate: leg.grantedLate || event.data.afterDue,
        };
        const running = core.deadlines[deadlineKey('rectify', leg.legId)] !== undefined;
        return { leg: next, core: running ? restart(core, next, event.data.due) : core };
      });
    case 'ExtensionRefused':
      return withLeg(state, event.data.legId, (leg) => ({ leg: { ...leg, extension: null } }));
    case 'PauseAsked':
      return pauseAsked(state, event.data);
    case 'PauseGranted':
      return pauseGranted(state, event.data);
    case 'PauseRefused':
      return withLeg(state, event.data.legId, (leg) => ({ leg: withoutPause(leg) }));
    case 'PauseEnded':
      return pauseEnded(state, event.data);
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
          // Whoever hands in has received, signed for or not.
          leg: { ...working(leg), signed: true, guided: true, stage: 'submitted', submission: { at, onTime, onTimeByOriginal } },
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
          leg: { ...leg, stage: 'passed', passedAt: event.data.at, passedBy: event.data.by.unitId },
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
      if (state.phase !== 'assigned') return state;
      const longTerm = event.type === 'TurnedLongTerm';
      const { at, on, by } = event.data;
      return {
        ...state,
        phase: longTerm ? 'long-term' : 'cleared',
        core: stopAll(state.core),
        clearance: { at, on, by, wentLongTerm: longTerm },
      };
    }
    case 'ClearanceRevoked': {
      if (state.phase !== 'cleared' && state.phase !== 'long-term') return state;
      const open = reopen(state.core, { ...state.work, verified: null }, event.data.legs);
      // A clock of its own, on which nothing of the first one weighs.
      const fresh = event.data.legs.flatMap(({ legId, due }) => {
        const leg = open.work.legs[legId];
        return leg === undefined ? [] : [[legId, { ...leg, originalDue: due, grantedLate: false }] as const];
      });
      return { phase: 'assigned', core: open.core, work: { ...open.work, legs: { ...open.work.legs, ...Object.fromEntries(fresh) } } };
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
        const given = { ...core, instructions: [...core.instructions, { seq, leader, text, toUnits, replyDue, rectifyBy, reply: null }] };
        return start(given, 'instruction', String(seq), null, toUnits[0] ?? core.teamId, replyDue);
      });
    case 'InstructionReplied':
      return withCore(state, (core) => ({
        ...stop(core, deadlineKey('instruction', String(event.data.seq))),
        instructions: core.instructions.map((i) => (i.seq === event.data.seq ? { ...i, reply: event.data.text } : i)),
      }));
    case 'UpperAnswerRecorded':
      return withCore(state, (core) => ({
        ...core,
        upperDue: event.data.due ?? core.upperDue,
        upperAnswers: union(core.upperAnswers, event.data.documentNumber),
      }));
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
    case 'DueTimeMoved':
      return dueTimeMoved(state, event.data);
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
