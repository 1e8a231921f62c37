import { DomainError, instantAt, localDate, type Actor, type UnitId } from '@app/kernel';
import {
  answer,
  clerk,
  clockOf,
  decline,
  DUE,
  follow,
  issue,
  leader,
  OFFICE,
  officeHead,
  person,
  propose,
  record,
  STEPS,
  TOWN,
  townClerk,
  worldOf,
} from '../testing/ladder-builders';
import { RUNGS, type Rung } from './escalation.types';
import type { EscalationEvent } from './escalation.events';
import type { LadderCommand } from './ladder.commands';
import { ladderDecider } from './ladder.decider';

const LATER = instantAt(localDate('2020-07-20'), '17:30');
const decide = (past: readonly EscalationEvent[], command: LadderCommand): readonly EscalationEvent[] =>
  ladderDecider.decide(command, past.reduce(ladderDecider.evolve, ladderDecider.initial));
/** What stands after commands, one after the other. */
const after = (...commands: readonly LadderCommand[]): readonly EscalationEvent[] =>
  commands.reduce<readonly EscalationEvent[]>((past, command) => [...past, ...decide(past, command)], []);
const told = (events: readonly EscalationEvent[]): readonly string[] =>
  events.map(({ type, data }) => [type, ...('rung' in data ? [data.rung] : []), ...('because' in data ? [data.because] : [])].join(' '));
const refusal = (past: readonly EscalationEvent[], command: LadderCommand): string => {
  try {
    return told(decide(past, command)).join();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
};

const started = after(follow(clockOf()));
const urged = after(follow(clockOf()), propose('urging'));
const proposedAll = after(follow(clockOf()), ...RUNGS.map((rung) => propose(rung)));

describe('The ladder of a leg', () => {
  it('starts with the due time that was missed, with the steps of the rules of that day', () => {
    expect(told(started)).toStrictEqual(['LadderStarted']);
    expect(started[0]?.data).toMatchObject({ number: 'QL-2020-0001', unitId: TOWN, dueAt: DUE, dueOn: '2020-07-06', steps: STEPS });
    expect(STEPS.map(({ step, days }) => [step, days])).toStrictEqual([
      ['urging', 1],
      ['warning', 3],
      ['supervision-letter', 7],
      ['interview', 15],
      ['listing', 15],
    ]);
    expect(decide(started, follow(clockOf()))).toStrictEqual([]);
  });

  it('does not start before the due time, nor on a clock that stands or is over', () => {
    for (const clock of [
      clockOf({ missed: false }),
      clockOf({ state: 'standing' }),
      clockOf({ state: 'done' }),
      clockOf({ state: 'closed' }),
    ])
      expect(decide([], follow(clock))).toStrictEqual([]);
    expect(decide([], follow(clockOf(), undefined, undefined, []))).toStrictEqual([]);
  });

  it('is moved by the product alone', () => {
    expect(refusal([], follow(clockOf(), undefined, officeHead))).toBe('rung-by-rule-only');
    expect(refusal(started, propose('urging', {}, undefined, officeHead))).toBe('rung-by-rule-only');
  });

  it('proposes once more what lapsed undecided, when work is sent back with the same due time: it has had no effect yet', () => {
    const sentBack = after(
      follow(clockOf()),
      propose('urging'),
      propose('supervision-letter'),
      issue('supervision-letter', officeHead),
      follow(clockOf({ state: 'done' })),
      follow(clockOf()),
    );
    expect(told(sentBack).slice(-3)).toStrictEqual(['RungLapsed urging done', 'LadderHalted done', 'LadderResumed']);
    expect(told(decide(sentBack, propose('urging')))).toStrictEqual(['RungProposed urging']);
    expect(decide(sentBack, propose('supervision-letter'))).toStrictEqual([]);
  });

  it('goes out with others on a notice of its own unit alone, and not once more when it has gone out by itself', () => {
    const together = { id: 'choice', unitId: TOWN };
    expect(decide(urged, issue('urging', clerk, { together }))[0]?.data).toMatchObject({ rung: 'urging', togetherId: 'choice' });
    expect(refusal(urged, issue('urging', clerk, { together: { ...together, unitId: OFFICE } }))).toBe('rung-of-another-unit');
    const alone = [...urged, ...decide(urged, issue('urging', clerk))];
    expect(refusal(alone, issue('urging', clerk, { together }))).toBe('rung-decided');
  });

  it('proposes a rung once for a missed due time, from its time on', () => {
    expect(told(urged.slice(1))).toStrictEqual(['RungProposed urging']);
    expect(urged[1]?.data).toMatchObject({ rule: { id: 'urging', version: 1 }, overdueDays: 1, replyDays: null });
    expect(decide(urged, propose('urging'))).toStrictEqual([]);
    expect(decide(started, propose('urging', { earliest: instantAt(localDate('2020-07-08'), '00:00') }))).toStrictEqual([]);
    expect(decide(started, propose('urging', { earliest: null }))).toStrictEqual([]);
    expect(decide(started, propose('urging', { clock: clockOf({ dueAt: LATER }), dueAt: DUE }))).toStrictEqual([]);
    expect(decide([], propose('urging'))).toStrictEqual([]);
  });

  it('proposes nothing while the clock stands, and goes on with it where it was', () => {
    const standing = [...urged, ...decide(urged, follow(clockOf({ state: 'standing' })))];
    expect(told(standing.slice(2))).toStrictEqual(['LadderHalted standing']);
    expect(decide(standing, follow(clockOf({ state: 'standing' })))).toStrictEqual([]);
    expect(decide(standing, propose('supervision-letter'))).toStrictEqual([]);
    const again = [...standing, ...decide(standing, follow(clockOf()))];
    expect(told(again.slice(3))).toStrictEqual(['LadderResumed']);
    expect(decide(again, propose('urging'))).toStrictEqual([]);
    expect(told(decide(again, propose('supervision-letter')))).toStrictEqual(['RungProposed supervision-letter']);
  });

  it.each([
    ['handed in', clockOf({ state: 'done' }), 'done'],
    ['given more time', clockOf({ dueAt: LATER, missed: false }), 'extended'],
    ['moved to another unit', clockOf({ dueAt: LATER, missed: false, unitId: 'town-south' as UnitId }), 'moved'],
    ['closed with its finding', clockOf({ state: 'closed' }), 'closed'],
  ])('lapses with a leg that was %s; what was decided stays', (_, clock, because) => {
    const some = [...proposedAll, ...decide(proposedAll, issue('urging', clerk))];
    const end = decide(some, follow(clock));
    expect(told(end)).toStrictEqual([
      ...['supervision-letter', 'interview', 'listing'].map((rung) => `RungLapsed ${rung} ${because}`),
      `LadderHalted ${because}`,
    ]);
    expect(decide([...some, ...end], follow(clock))).toStrictEqual([]);
    expect(refusal([...some, ...end], issue('supervision-letter', officeHead))).toBe('rung-lapsed');
  });

  it('starts anew with a due time that is missed after an extension', () => {
    const extended = [...urged, ...decide(urged, follow(clockOf({ dueAt: LATER, missed: false })))];
    const missed = decide(extended, follow(clockOf({ dueAt: LATER })));
    expect(told(missed)).toStrictEqual(['LadderStarted']);
    const clock = clockOf({ dueAt: LATER });
    expect(told(decide([...extended, ...missed], propose('urging', { clock })))).toStrictEqual(['RungProposed urging']);
  });

  it('proposes again what lapsed undecided when the work is sent back with the same due time, and nothing that was decided', () => {
    const back = after(
      follow(clockOf()),
      propose('urging'),
      propose('supervision-letter'),
      decline('urging', clerk),
      follow(clockOf({ state: 'done' })),
      follow(clockOf()),
    );
    expect(told(back.slice(4))).toStrictEqual(['RungLapsed supervision-letter done', 'LadderHalted done', 'LadderResumed']);
    expect(decide(back, propose('urging'))).toStrictEqual([]);
    expect(told(decide(back, propose('supervision-letter')))).toStrictEqual(['RungProposed supervision-letter']);
  });
});

describe('A rung', () => {
  const may = (by: Actor): readonly Rung[] => RUNGS.filter((rung) => refusal(proposedAll, issue(rung, by)) === `RungIssued ${rung}`);

  it('is issued by a named person: the office urges, its head writes letters, its head or a leader asks for more; never the machine', () => {
    expect(may(clerk)).toStrictEqual(['urging']);
    expect(may(officeHead)).toStrictEqual(RUNGS);
    expect(may(leader)).toStrictEqual(['interview', 'listing']);
    expect(may(townClerk)).toStrictEqual([]);
    expect(may(person('other' as UnitId, 'office', 'office-head'))).toStrictEqual([]);
    expect(may(person('machine' as UnitId, 'system'))).toStrictEqual([]);
    expect(refusal(proposedAll, issue('listing', leader, { world: worldOf({ inCharge: false }) }))).toBe('rung-not-yours');
  });

  it('against the office itself is issued by a leader alone', () => {
    const clock = clockOf({ unitId: OFFICE });
    const world = worldOf({ clock, standingUnit: OFFICE });
    const own = after(follow(clock), propose('urging', { clock }));
    expect(refusal(own, issue('urging', officeHead, { world }))).toBe('rung-avoidance');
    expect(refusal(own, decline('urging', clerk, { world }))).toBe('rung-avoidance');
    expect(refusal(own, issue('urging', leader, { world }))).toBe('RungIssued urging');
  });

  it('goes out as it is proposed or changed, once', () => {
    const change = { text: ' 请于周五前报送 ', replyBy: localDate('2020-07-10'), changed: true };
    const events = decide(urged, issue('urging', clerk, change));
    expect(events[0]?.data).toMatchObject({ rung: 'urging', text: '请于周五前报送', replyBy: '2020-07-10', changed: true, dueAt: DUE });
    const issued = [...urged, ...events];
    expect(decide(issued, issue('urging', clerk, change))).toStrictEqual([]);
    expect(refusal(issued, issue('urging', clerk))).toBe('rung-decided');
    expect(refusal(issued, decline('urging', clerk))).toBe('rung-decided');
  });

  it('is refused without a ground, a text, an addressee or a day that can come', () => {
    expect(refusal(started, issue('urging', clerk))).toBe('rung-not-found');
    expect(refusal([], issue('urging', clerk))).toBe('rung-not-found');
    expect(refusal(urged, issue('urging', clerk, { text: ' ' }))).toBe('rung-text-required');
    expect(refusal(urged, issue('urging', clerk, { addressees: [] }))).toBe('rung-addressee-required');
    expect(refusal(urged, issue('urging', clerk, { replyBy: localDate('2020-07-06') }))).toBe('rung-reply-day-invalid');
    for (const clock of [clockOf({ state: 'standing' }), clockOf({ state: 'done' }), clockOf({ dueAt: LATER })])
      expect(refusal(urged, issue('urging', clerk, { world: worldOf({ clock }) }))).toBe('rung-ground-gone');
  });

  it('is declined with a reason, and not proposed again for that due time', () => {
    expect(refusal(urged, decline('urging', clerk, { reason: ' ' }))).toBe('rung-reason-required');
    const declined = [...urged, ...decide(urged, decline('urging', clerk))];
    expect(told(declined.slice(2))).toStrictEqual(['RungDeclined urging']);
    expect(decide(declined, decline('urging', clerk))).toStrictEqual([]);
    expect(decide(declined, propose('urging'))).toStrictEqual([]);
    expect(refusal(declined, issue('urging', clerk))).toBe('rung-decided');
  });

  it('is answered by the unit it was issued to, once, late after its day', () => {
    const letter = after(
      follow(clockOf()),
      propose('supervision-letter'),
      issue('supervision-letter', officeHead, { replyBy: localDate('2020-07-08') }),
    );
    const late = instantAt(localDate('2020-07-09'), '09:00');
    expect(decide(letter, answer('supervision-letter', townClerk))[0]?.data).toMatchObject({ text: '本周内完成', late: false });
    expect(decide(letter, answer('supervision-letter', townClerk, late))[0]?.data).toMatchObject({ late: true });
    expect(refusal(letter, answer('supervision-letter', clerk))).toBe('rung-not-yours');
    expect(refusal(letter, answer('supervision-letter', townClerk, undefined, ' '))).toBe('rung-text-required');
    expect(refusal(urged, answer('urging', townClerk))).toBe('rung-not-issued');
    const answered = [...letter, ...decide(letter, answer('supervision-letter', townClerk))];
    expect(refusal(answered, answer('supervision-letter', townClerk))).toBe('rung-answered');
  });
});

describe('The record of an interview', () => {
  const asked = [...proposedAll, ...decide(proposedAll, issue('interview', leader))];

  it('says who met whom, when, what was agreed and when it is looked at next', () => {
    const events = decide(asked, record(leader));
    expect(events[0]?.data).toMatchObject({
      metOn: '2020-07-07',
      heldBy: [leader.personId],
      agreed: '7月底前完成加固',
      nextOn: '2020-07-20',
    });
    expect(refusal([...asked, ...events], record(officeHead))).toBe('interview-recorded');
  });

  it('is kept by the office or the leader, of an interview that was issued, and holds together', () => {
    expect(refusal(asked, record(clerk))).toBe('InterviewRecorded interview');
    expect(refusal(asked, record(townClerk))).toBe('rung-avoidance');
    expect(refusal(asked, record(leader, { world: worldOf({ inCharge: false }) }))).toBe('rung-not-yours');
    expect(refusal(proposedAll, record(leader))).toBe('rung-not-issued');
    expect(refusal(asked, record(leader, { metOn: localDate('2020-07-08') }))).toBe('interview-day-in-future');
    expect(refusal(asked, record(leader, { nextOn: localDate('2020-07-07') }))).toBe('interview-next-day-invalid');
    expect(refusal(asked, record(leader, { met: [] }))).toBe('interview-people-required');
    expect(refusal(asked, record(leader, { agreed: '' }))).toBe('rung-text-required');
  });
});
