import { assertNever, instantAt, type Instant } from '@app/kernel';
import { notAfter, shiftedByPause, type DueTime } from '@app/worktime';
import { dueByRule, findingScope, upperDueOf } from './dues';
import type { World } from './finding.commands';
import { everythingPassed, type Assignment, type Core, type Leg } from './finding.state';

const scopeOf = (core: Core, work: Assignment, leg: Leg) => ({
  ...findingScope(core),
  rectification: work.rectification,
  line: leg.line,
  duty: leg.duty,
});

export const reviewDueOf = (core: Core, work: Assignment, leg: Leg, world: World, from: Instant): DueTime =>
  dueByRule(world, { kind: 'review', ...scopeOf(core, work, leg) }, from);

/** A guiding leg's clock for its opinion, as long as the one for its guidance (R2). */
export const opinionDueOf = (core: Core, work: Assignment, leg: Leg, world: World, from: Instant): DueTime =>
  dueByRule(world, { kind: 'guide', ...scopeOf(core, work, leg) }, from);

/** A full clock from now on, for a leg that is open again. */
export const workDueOf = (core: Core, work: Assignment, leg: Leg, world: World, from: Instant): DueTime =>
  dueByRule(world, { kind: leg.duty === 'guides' ? 'guide' : 'rectify', ...scopeOf(core, work, leg) }, from);

/** The clock for verifying, on the event after which everything has passed; null before that. Staged findings are checked stage by stage instead. */
export const verifyDueOnceAllPassed = (core: Core, work: Assignment, world: World, from: Instant): DueTime | null =>
  work.rectification !== 'staged' && everythingPassed(core, work)
    ? dueByRule(world, { kind: 'verify', ...findingScope(core), rectification: work.rectification }, from)
    : null;

/** The deadline after the first sending back (R19); later ones do not move it, and nothing moves it past an upper level's date (R23). */
export const dueAfterSendingBack = (core: Core, leg: Leg, world: World, at: Instant): DueTime => {
  const { calendar } = world;
  const moves = !leg.sentBackBefore && leg.submission !== null;
  const due = moves ? shiftedByPause(leg.due, leg.submission.at, at, 'under-review', calendar) : leg.due;
  return notAfter(due, upperDueOf(world, core), calendar);
};

/** The original deadline, moved by the office's own time (R19) but by no extension and no granted pause (R35). */
export const originalDueOf = (leg: Leg, world: World): DueTime =>
  leg.due.steps.reduce((due, step) => {
    switch (step.kind) {
      case 'paused':
        if (step.because === 'granted') return due;
        return shiftedByPause(due, instantAt(step.from, '12:00'), instantAt(step.to, '12:00'), step.because, world.calendar);
      case 'stood':
        if (step.because === 'granted') return due;
        return shiftedByPause(due, step.from, step.to, step.because, world.calendar);
      case 'delivered':
      case 'rule':
      case 'skipped':
      case 'given':
      case 'inner':
      case 'extended':
      case 'calendar':
        return due;
      default:
        return assertNever(step);
    }
  }, leg.originalDue);
