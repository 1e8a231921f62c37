import { specFor } from '@app/testing';
import { localDate, type Actor } from '@app/kernel';
import { dueGiven } from '@app/worktime';
import { dueByRule } from '../dues';
import type { FindingCommand, GiveInstruction } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import { evolve } from '../finding.evolve';
import { absent, type FindingState } from '../finding.state';
import {
  ACTORS,
  at,
  aWorld,
  CALENDAR_2020,
  filed,
  happened,
  L1,
  L2,
  order,
  submission,
  TOWN_LEG,
  underWork,
  UNITS,
} from '../../testing/finding-builders';
import { giveInstruction, replyToInstruction } from './instruction';

const given = <C extends FindingCommand>(
  decide: (command: C, state: FindingState) => readonly FindingEvent[],
  ...past: readonly FindingEvent[]
) => specFor<FindingState, C, FindingEvent>({ initial: absent, decide, evolve })(...past);
const NOW = at('2020-07-10');
const data: GiveInstruction['data'] = { text: '抓紧整改', toUnits: [UNITS.town], replyBy: localDate('2020-07-17'), rectifyBy: null };
const instruct = (over: Partial<GiveInstruction['data']> = {}, by: Actor = ACTORS.leader) =>
  order('GiveInstruction', { ...data, ...over }, by, NOW);
const dated = (day: string) => dueGiven({ day: localDate(day), source: 'instruction', reference: '批示 1', calendar: CALENDAR_2020 });
const instructed = (over: Partial<Parameters<typeof happened<'InstructionGiven'>>[1]> = {}) =>
  happened(
    'InstructionGiven',
    {
      seq: 1,
      leader: ACTORS.leader.personId,
      text: '抓紧整改',
      toUnits: [UNITS.town],
      replyDue: dated('2020-07-17'),
      rectifyBy: null,
      ...over,
    },
    ACTORS.leader,
    NOW,
  );
const moved = (legId: typeof L1, day: string) =>
  happened('DueTimeMoved', { key: `rectify/${legId}`, legId, due: dated(day), because: 'instruction' }, ACTORS.leader, NOW);

describe('a leader’s instruction 批示', () => {
  it('has a date to reply by', () =>
    given(giveInstruction, ...underWork())
      .when(instruct())
      .then(instructed()));
  it('without one the rule dates it', () =>
    given(giveInstruction, ...underWork())
      .when(instruct({ replyBy: null }))
      .then(instructed({ replyDue: dueByRule(aWorld(), { kind: 'instruction' }, NOW) })));
  it('addresses the acting units where nobody is named, the office before the transfer', () => {
    given(giveInstruction, ...underWork())
      .when(instruct({ toUnits: [] }))
      .then(instructed({ toUnits: [UNITS.town, UNITS.department] }));
    given(giveInstruction, filed())
      .when(instruct({ toUnits: [] }))
      .then(instructed({ toUnits: [UNITS.office] }));
  });
  it('dates the rectification of every leg still at work, ahead of the rule (R18)', () => {
    const rectifyBy = localDate('2020-07-20');
    given(giveInstruction, ...underWork())
      .when(instruct({ rectifyBy }))
      .then(instructed({ rectifyBy }), moved(L1, '2020-07-20'), moved(L2, '2020-07-20'));
    given(giveInstruction, ...underWork(), ...submission(TOWN_LEG))
      .when(instruct({ rectifyBy }))
      .then(instructed({ rectifyBy }), moved(L2, '2020-07-20'));
  });
  it('never moves what the upper level has dated (R18)', () => {
    const rectifyBy = localDate('2020-07-20');
    const upper = { authority: '省', batch: '2020-1', number: '3-(2)①', due: localDate('2020-08-31') };
    given(giveInstruction, ...underWork({ filed: { upper } }))
      .when(instruct({ rectifyBy }))
      .then(instructed({ rectifyBy }));
  });
  it('is a leader’s alone, and says something', () => {
    given(giveInstruction, ...underWork())
      .when(instruct({}, ACTORS.officeHead))
      .thenRejects('leader-only');
    given(giveInstruction, ...underWork())
      .when(instruct({ text: '' }))
      .thenRejects('text-required');
  });
});

describe('the reply', () => {
  const reply = (by: Actor = ACTORS.townClerk, text = '已落实', seq = 1) => order('ReplyToInstruction', { seq, text }, by, NOW);
  const replied = happened('InstructionReplied', { seq: 1, unitId: UNITS.town, text: '已落实' }, ACTORS.townClerk, NOW);
  const past = [...underWork(), instructed()];
  it('comes from a unit of the finding', () =>
    given(replyToInstruction, ...past)
      .when(reply())
      .then(replied));
  it('not from others', () =>
    given(replyToInstruction, ...past)
      .when(reply(ACTORS.otherTownClerk))
      .thenRejects('not-yours'));
  it('not to an instruction that nobody gave', () =>
    given(replyToInstruction, ...past)
      .when(reply(ACTORS.townClerk, '已落实', 2))
      .thenRejects('instruction-not-found'));
  it('once: the same again is quiet, another is told', () => {
    given(replyToInstruction, ...past, replied)
      .when(reply())
      .thenNothing();
    given(replyToInstruction, ...past, replied)
      .when(reply(ACTORS.townClerk, '另有说明'))
      .thenRejects('instruction-not-found');
  });
});
