import fc from 'fast-check';
import { DomainError, localDateOf, type Actor, type Instant, type LegId } from '@app/kernel';
import {
  ACTORS,
  allPassed,
  anItem,
  assigned,
  at,
  aWorld,
  cleared,
  filed,
  L1,
  L2,
  reported,
  stateOf,
  TOWN_LEG,
  underWork,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { anyHistory, later } from '../../testing/random-histories';
import { findingDecider } from '../finding.decider';
import type { FindingCommand } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import type { FindingState } from '../finding.state';
import type { Present } from '../guards';
import { offersTo, OFFERED_COMMANDS, type Offer } from './offers';
import { SAMPLES, type OfferedCommand } from './sample-commands';

const world = aWorld();
const present = (state: FindingState): Present => {
  if (state.phase === 'absent') throw new Error('there is no finding');
  return state;
};
const offers = (by: Actor, past: readonly FindingEvent[], when: Instant): readonly Offer[] =>
  offersTo(by, present(stateOf(...past)), { at: when, world });
const allowed = (by: Actor, past: readonly FindingEvent[], when: Instant): readonly string[] =>
  offers(by, past, when).flatMap((offer) => (offer.allowed ? [`${offer.command}${offer.legId === null ? '' : ` ${offer.legId}`}`] : []));
const whyNot = (by: Actor, past: readonly FindingEvent[], when: Instant, command: OfferedCommand, legId: LegId | null = null) =>
  offers(by, past, when).find((offer) => offer.command === command && offer.legId === legId)?.refusal?.code;

const TUESDAY = at('2020-07-07', '15:00');

describe('What somebody may do to a finding now', () => {
  it('is triage for the office, and at once on the spot for the head of the team', () => {
    expect(allowed(ACTORS.office, [filed()], TUESDAY)).toStrictEqual([
      'CorrectFinding',
      'AddItems',
      'AddEvidence',
      'AddComment',
      'WithdrawFinding',
      'DismissFinding',
      'LinkFinding',
      'AcceptFinding',
    ]);
    expect(allowed(ACTORS.teamHead, [filed()], TUESDAY)).toStrictEqual(['AddEvidence', 'AddComment', 'AcceptFinding']);
    expect(whyNot(ACTORS.office, [filed({}, ACTORS.office)], TUESDAY, 'AcceptFinding')).toBe('finder-may-not-triage');
  });

  it('is for a unit the work on its own leg, and nothing on the other one', () => {
    const mine = allowed(ACTORS.townClerk, assigned(), TUESDAY);
    expect(mine).toStrictEqual([
      'AddEvidence',
      'AddComment',
      'SignForLeg L1',
      'ReturnLeg L1',
      'AssignLeg L1',
      'PlanLeg L1',
      'RecordProgress L1',
      'AskExtension L1',
      'AskPause L1',
      'ReportLeg L1',
    ]);
    expect(whyNot(ACTORS.townClerk, assigned(), TUESDAY, 'ReportLeg', L2)).toBe('not-yours');
  });

  it('says why not: too late, not transferred yet, done already, somebody else’s turn', () => {
    expect(whyNot(ACTORS.townClerk, underWork(), at('2020-07-20'), 'ReturnLeg', L1)).toBe('return-too-late');
    expect(whyNot(ACTORS.townClerk, [filed()], TUESDAY, 'ReportLeg')).toBe('not-transferred');
    expect(whyNot(ACTORS.townClerk, underWork(), TUESDAY, 'SignForLeg', L1)).toBe('nothing-to-do');
    expect(whyNot(ACTORS.townClerk, [...underWork(), reported(TOWN_LEG)], at('2020-07-10', '10:00'), 'FirstReviewLeg', L1)).toBe(
      'reviewer-reported',
    );
    expect(whyNot(ACTORS.townDeputy, underWork(), TUESDAY, 'SignLeg', L1)).toBe('leg-not-open');
  });

  it('shows avoidance where it refuses to review, verify and clear (R9)', () => {
    const seconded: Actor = { ...ACTORS.secondOffice, ownUnits: [UNITS.office, UNITS.town] };
    const now = at('2020-07-14', '16:00');
    expect(whyNot(seconded, allPassed(), now, 'SendLegBack', L1)).toBe('avoidance');
    expect(whyNot(seconded, allPassed(), now, 'VerifyFinding')).toBe('avoidance');
    expect(whyNot(seconded, [...allPassed(), verified()], now, 'ClearFinding')).toBe('avoidance');
    expect(whyNot(seconded, [...allPassed(), verified(), cleared()], now, 'LookBack')).toBe('avoidance');
    expect(allowed(ACTORS.secondOffice, allPassed(), now)).toContain('VerifyFinding');
  });

  it('asks for no proof beforehand: the report brings it along, the answers to items do come first', () => {
    expect(allowed(ACTORS.townClerk, underWork(), TUESDAY)).toContain('ReportLeg L1');
    const withItems = underWork({ filed: { items: [anItem('i1')] } });
    expect(whyNot(ACTORS.townClerk, withItems, TUESDAY, 'ReportLeg', L1)).toBe('items-unanswered');
    expect(allowed(ACTORS.townClerk, withItems, TUESDAY)).toContain('AnswerItems L1');
  });

  it('never offers what the product sends by itself, nor filing', () => {
    const kept = Object.entries(SAMPLES).flatMap(([type, sample]) => (typeof sample === 'string' ? [type] : []));
    expect(kept).toStrictEqual(['FileFinding', 'RecordChildPassed', 'RecordChildReopened', 'MoveDueTime', 'ReachDeadline']);
    expect(OFFERED_COMMANDS.filter((type) => kept.includes(type))).toStrictEqual([]);
  });

  it('leaves out nothing: whatever succeeds in any history was offered before', () => {
    const offeredTypes: ReadonlySet<string> = new Set(OFFERED_COMMANDS);
    const check = (command: FindingCommand, state: FindingState): void => {
      if (state.phase === 'absent' || !offeredTypes.has(command.type)) return;
      const legId = 'legId' in command.data && SAMPLES[command.type as OfferedCommand].about === 'leg' ? command.data.legId : null;
      const offer = offersTo(command.by, state, command).find((one) => one.command === command.type && one.legId === legId);
      expect([command.type, legId, command.by.personId, offer?.refusal?.code ?? null]).toStrictEqual([
        command.type,
        legId,
        command.by.personId,
        null,
      ]);
    };
    fc.assert(
      fc.property(anyHistory, ({ past, steps }) => {
        let [state, now] = [stateOf(...past), at('2020-07-20')];
        for (const { command, minutes } of steps) {
          now = later(now, minutes);
          const given = { ...command, at: now, on: localDateOf(now) } as FindingCommand;
          try {
            const made = findingDecider.decide(given, state);
            if (made.length > 0) check(given, state);
            state = made.reduce(findingDecider.evolve, state);
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
