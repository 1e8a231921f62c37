import { DomainError, type Actor, type Instant } from '@app/kernel';
import {
  ACTORS,
  at,
  cleared,
  GUIDING_LEG,
  happened,
  L1,
  order,
  passed,
  stateOf,
  submission,
  TOWN_LEG,
  underWork,
  UNITS,
} from '../testing/finding-builders';
import type { FindingCommand } from './finding.commands';
import { findingDecider } from './finding.decider';
import type { FindingEvent } from './finding.events';
import { stageOf } from './finding.state';

type Over = NonNullable<Parameters<typeof underWork>[0]>;
const NOW = at('2020-07-14');
const SELF_FOUND = { teamId: UNITS.town, selfFound: true } as const;
const underReview = (over: Over = {}): readonly FindingEvent[] => [
  ...underWork({ filed: SELF_FOUND, transferred: { legs: [TOWN_LEG] }, ...over }),
  ...submission(TOWN_LEG),
];
const pass = (by: Actor): FindingCommand => order('PassLeg', { legId: L1, text: '属实' }, by, NOW);
const clear = (by: Actor, when: Instant = NOW): FindingCommand => order('ClearFinding', { text: '同意销号' }, by, when);
const done = (past: readonly FindingEvent[], command: FindingCommand): readonly FindingEvent[] => [
  ...past,
  ...findingDecider.decide(command, stateOf(...past)),
];
const outcome = (past: readonly FindingEvent[], command: FindingCommand): string => {
  try {
    return (
      findingDecider
        .decide(command, stateOf(...past))
        .map((event) => event.type)
        .join() || 'nothing'
    );
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
};

describe('What a town found itself', () => {
  it('is reviewed in the town by somebody who signs and had no hand in the rectification (R10)', () => {
    expect(outcome(underReview(), pass(ACTORS.townHead))).toBe('LegPassed');
    expect(outcome(underReview(), pass(ACTORS.townDeputy))).toBe('rectifier-may-not-review');
    expect(outcome(underReview(), pass(ACTORS.townClerk))).toBe('not-yours');
    expect(outcome(underReview(), pass(ACTORS.otherTownDeputy))).toBe('not-yours');
  });

  it('is not reviewed by somebody who fills in for one that had a hand in it', () => {
    const inPlace = { ...ACTORS.townHead, inPlaceOf: ACTORS.townDeputy.personId };
    expect(outcome(underReview(), pass(inPlace))).toBe('rectifier-may-not-review');
  });

  it('may be sent back in the town, too, as long as it has not passed', () => {
    const back = order('SendLegBack', { legId: L1, reason: '缺材料', alsoReopen: [] }, ACTORS.townHead, NOW);
    expect(outcome(underReview(), back)).toBe('LegSentBack');
    expect(outcome(done(underReview(), pass(ACTORS.townHead)), back)).toBe('not-yours');
  });

  it('then waits for the county, which clears it as it is; nobody of the town clears (R9)', () => {
    const past = done(underReview(), pass(ACTORS.townHead));
    expect(stageOf(stateOf(...past))).toBe('to-clear');
    expect(outcome(past, clear(ACTORS.office))).toBe('FindingCleared');
    expect(outcome(past, clear(ACTORS.townHead))).toBe('not-yours');
  });

  it('is sampled by the county: drawn before the town’s review or after it, verified or sent back', () => {
    const drawn = done(underReview(), pass(ACTORS.office));
    expect([stageOf(stateOf(...drawn)), outcome(drawn, clear(ACTORS.office))]).toStrictEqual(['to-verify', 'not-verified']);
    const past = done(underReview(), pass(ACTORS.townHead));
    const sample = order('VerifyFinding', { method: 'sample', text: '抽查属实' }, ACTORS.secondOffice, NOW);
    const back = order('SendLegBack', { legId: L1, reason: '抽查未到位', alsoReopen: [] }, ACTORS.secondOffice, NOW);
    expect([outcome(past, sample), outcome(past, back)]).toStrictEqual(['FindingVerified', 'LegSentBack']);
    expect(outcome(past, { ...sample, by: ACTORS.townHead })).toBe('not-yours');
    expect(stageOf(stateOf(...done(past, back)))).toBe('rectifying');
  });

  it.each<readonly [string, Over]>([
    ['that an inspection found', { filed: {} }],
    ['that is serious', { accepted: { seriousness: 'serious' } }],
    ['that another town found', { filed: { ...SELF_FOUND, teamId: UNITS.otherTown } }],
    ['that is part of a family', { filed: { ...SELF_FOUND, parentId: 'another' as never } }],
  ])('is no longer what this is about with a finding %s: the county reviews', (_which, over) => {
    expect(outcome(underReview(over), pass(ACTORS.townHead))).toBe('not-yours');
    expect(stageOf(stateOf(...underReview(over), passed(TOWN_LEG, true)))).toBe('to-verify');
  });

  it('is verified by the county where somebody else’s leg hangs on it', () => {
    const past = [...underReview({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } })];
    const opinion = happened(
      'OpinionGiven',
      {
        legId: GUIDING_LEG.legId,
        unitId: UNITS.department,
        agrees: true,
        text: '同意',
        onTime: true,
        reviewDue: passed(TOWN_LEG, true).data.verifyDue as never,
      },
      ACTORS.departmentClerk,
      NOW,
    );
    const both = done(
      done([...past, opinion], pass(ACTORS.townHead)),
      order('PassLeg', { legId: GUIDING_LEG.legId, text: '属实' }, ACTORS.office, NOW),
    );
    expect(stageOf(stateOf(...both))).toBe('to-verify');
    expect(stageOf(stateOf(...both, cleared()))).toBe('cleared');
  });
});
