import { idFrom, type CommandId, type FindingId, type LocalDate } from '@app/kernel';
import { addWorkingDays } from '@app/worktime';
import { legsFor, type Case } from '../pingdu/cases';
import { department } from '../pingdu/departments';
import { KINDS, type Kind } from '../pingdu/kinds';
import { leg, S, T, type Life } from '../pingdu/life';
import { personOf, team } from '../pingdu/organisation';
import type { Town } from '../pingdu/places';
import { begin, file, ordinaryCourse, triage, work, type Stage } from '../pingdu/stories';

/** One finding is told from the day it was found; `before` is one that was filed earlier. */
export type Story = Readonly<{
  /** Of a thousand findings. */
  share: number;
  kinds: readonly Kind[];
  tell: (stage: Stage, one: Case, day: LocalDate, beside: Readonly<{ before: FindingId; towns: readonly Town[] }>) => void;
}>;

const of = (...categories: readonly string[]): readonly Kind[] => KINDS.filter((kind) => categories.includes(kind.category));
const sectoral = (duty: 'acts' | 'guides'): readonly Kind[] =>
  KINDS.filter((kind) => legsFor({ kind, town: { id: 'any' } as Town }).some((plan) => plan.legId === S && plan.duty === duty));
const words = (one: Case) => ({ text: one.kind.done, measures: one.kind.measure });
const signs = (one: Case): 'head' | 'deputy' => (one.serious ? 'head' : 'deputy');
const delivered = (stage: Stage, one: Case, day: LocalDate): Life => triage(file(stage, one, day), one);

const closed = (life: Life, one: Case): Life => {
  for (const id of [T, S]) life.submit(id, words(one), 'document', signs(one));
  return life.later(1).pass('10:00', T).pass('10:30', S).later(1).verify('14:30').clear('16:00');
};

/** A look back by a team that did not find it, some weeks after the clearance. */
const lookedBack = (stage: Stage, one: Case, day: LocalDate, result: 'holds' | 'not-thorough' | 'relapse'): void => {
  const course = { ...ordinaryCourse(stage.random, one.serious), stalls: false, lookBack: false };
  work(stage, delivered(stage, one, day), one, course)
    .later(stage.random.int(8, 20))
    .lookBack('10:00', result === 'not-thorough' ? 'office.head' : `${team((one.team % 4) + 1)}.head`, result);
};

const returned = (stage: Stage, one: Case, day: LocalDate): void => {
  const life = delivered(stage, one, day).later(1);
  life.do('10:00', life.of(S, 'clerk'), 'ReturnLeg', { legId: S, ground: 'not-our-duty', text: '经核对，不属本单位职责' });
  const ruling = stage.random.pick(['stays', 'stays', 'moved', 'untrue'] as const);
  const to = department(life.legs.get(S) === department('poverty') ? 'civil' : 'poverty');
  life.later(stage.random.int(1, 3)).do('10:00', 'office.one', 'RuleOnReturn', {
    legId: S,
    ruling,
    toUnitId: ruling === 'moved' ? to : null,
    reason: ruling === 'untrue' ? '经查不属实' : '按职责分工确定',
    teamNote: ruling === 'untrue' ? '督查组书面说明：情况不属实' : null,
  });
  if (ruling === 'untrue') return;
  if (ruling === 'moved') life.legs.set(S, to);
  closed(life.later(stage.random.int(2, 5)), one);
};

const onTheSpot = (stage: Stage, one: Case, day: LocalDate): void => {
  const [head, a, b] = [`${team(one.team)}.head`, `${team(one.team)}.a`, `${team(one.team)}.b`];
  const inspectors = [personOf(a), personOf(b)];
  const seen = { rectifyingUnitId: one.village.id, personPresent: '村委会值班人员', inspectors, text: '当场清理完毕' };
  const life = file(stage, one, day, { onTheSpot: seen }).evidence('11:10', a, 'after');
  life.accept('11:30', { rectification: 'immediate' }, head);
  life.transfer('11:40', [leg(T, one.town.id, { leads: true })], { copies: [department('civil')] }, head);
  stage.timeline.settleAt(life.day, '11:40');
  life.later(1).pass('10:00', T).verify('14:30', 'office.two', 'documents').clear('16:00');
};

/** R6: what becomes of the children is told to the parent in the evening of the same day. */
const severalTowns = (stage: Stage, one: Case, day: LocalDate, towns: readonly Town[]): void => {
  const others = towns.filter((town) => town.withTask && town.id !== one.town.id);
  const children = [one.town, stage.random.pick(others)].map(({ id: townId }) => ({
    townId,
    findingId: idFrom('large', one.id, 'child', townId) as FindingId,
  }));
  const life = file(stage, one, day).later(1).accept('09:30');
  life.do('10:00', 'office.one', 'SplitFinding', async () => {
    const numbered = [];
    for (const child of children) {
      const number = await stage.scenario.numbers.take(idFrom('large', 'number', child.findingId) as CommandId, child.findingId);
      numbered.push({ ...child, number });
    }
    return { children: numbered };
  });
  stage.timeline.settleAt(life.day, '10:00');
  life.transfer('10:30', [leg(S, department('water'), { leads: true })]);
  const started = life.day;
  let last = started;
  for (const { findingId, townId } of children) {
    const child = begin(stage, findingId, started);
    child.legs.set(T, townId);
    child.later(1).sign('10:00', T).later(stage.random.int(2, 8)).submit(T, words(one), 'document').later(1).pass('10:00', T);
    child.verify('14:30', 'office.two', 'documents').clear('15:00');
    if (child.day > last) last = child.day;
  }
  life.later(3).submit(S, words(one), 'document').later(1).pass('10:00', S);
  if (last > life.day) life.day = last;
  life.later(1).verify('14:30', 'office.two', 'documents').clear('16:00');
};

const selfFound = (stage: Stage, one: Case, day: LocalDate): void => {
  const source = { kind: 'self' as const, name: '镇街自查', batch: null, documentNumber: null };
  const life = file(stage, one, day, { teamId: one.town.id, source }, `${one.town.id}.clerk`);
  triage(life, one, { legs: [leg(T, one.town.id, { leads: true })] });
  life.later(1).sign('10:00', T).later(stage.random.int(1, 6)).submit(T, words(one), 'document');
  life.later(1).pass('10:00', T, `${one.town.id}.head`).later(1);
  if (stage.random.chance(0.3)) life.verify('14:30', 'office.two', 'sample');
  life.clear('16:00');
};

const staged = (stage: Stage, one: Case, day: LocalDate): void => {
  const life = file(stage, one, day).later(1);
  const first = addWorkingDays(life.day, 10, stage.calendar);
  const last = addWorkingDays(life.day, 25, stage.calendar);
  const stages = [first, last].map((checkOn, i) => ({ text: i === 0 ? '建立制度' : '运行评估', checkOn }));
  life.accept('09:30', { rectification: 'staged', stages }).transfer('10:30', legsFor(one), { proposed: legsFor(one) });
  life.later(1).sign('10:00', T);
  life.day = first;
  life.do('10:00', 'office.two', 'PassStage', { stage: 1, text: '制度已建立' });
  life.day = last;
  life.do('10:00', 'office.two', 'PassStage', { stage: 2, text: '运行正常，转长效' });
};

const instructed = (stage: Stage, one: Case, day: LocalDate): void => {
  const life = delivered(stage, one, day).later(2);
  life.do('09:00', 'pd.leader1', 'GiveInstruction', {
    text: '汛期将至，务必提前完成',
    toUnits: [one.town.id],
    replyBy: addWorkingDays(life.day, 3, stage.calendar),
    rectifyBy: addWorkingDays(life.day, 6, stage.calendar),
  });
  life.later(2).do('10:00', life.of(T, 'deputy'), 'ReplyToInstruction', { seq: 1, text: '已调整施工计划' });
  closed(life.later(stage.random.int(1, 3)), one);
};

/** What becomes of findings, beside the ordinary course of the demo. */
export const STORIES: readonly Story[] = [
  { share: 20, kinds: KINDS, tell: (stage, one, day) => void file(stage, one, day) },
  {
    share: 25,
    kinds: KINDS,
    tell: (stage, one, day) =>
      void file(stage, one, day).later(1).do('09:30', 'office.one', 'DismissFinding', { reason: '核实后不成立', teamNote: null }),
  },
  {
    share: 10,
    kinds: KINDS,
    tell: (stage, one, day) =>
      void file(stage, one, day).do('14:00', `${team(one.team)}.a`, 'WithdrawFinding', { reason: '误登记', documentNumber: null }),
  },
  {
    share: 10,
    kinds: KINDS,
    tell: (stage, one, day, { before }) =>
      void file(stage, one, day).later(1).do('09:30', 'office.one', 'LinkFinding', { to: before, reason: '与另一问题为同一事项' }),
  },
  { share: 40, kinds: sectoral('acts').filter((kind) => kind.items === 0), tell: returned },
  { share: 30, kinds: of('home'), tell: onTheSpot },
  {
    share: 5,
    kinds: of('water.report'),
    tell: (stage, one, day, { towns }) => {
      severalTowns(stage, one, day, towns);
    },
  },
  { share: 40, kinds: of('archive'), tell: selfFound },
  { share: 10, kinds: of('archive'), tell: staged },
  { share: 20, kinds: sectoral('acts').filter((kind) => kind.items === 0), tell: instructed },
  {
    share: 100,
    kinds: KINDS,
    tell: (stage, one, day) => {
      lookedBack(stage, one, day, 'holds');
    },
  },
  {
    share: 10,
    kinds: KINDS,
    tell: (stage, one, day) => {
      lookedBack(stage, one, day, 'not-thorough');
    },
  },
  {
    share: 10,
    kinds: KINDS,
    tell: (stage, one, day) => {
      lookedBack(stage, one, day, 'relapse');
    },
  },
];

/** The ordinary course of the demo, which is what becomes of all others. */
export const ORDINARY: Story = {
  share: 0,
  kinds: KINDS,
  tell: (stage, one, day) =>
    void work(stage, delivered(stage, one, day), one, { ...ordinaryCourse(stage.random, one.serious), lookBack: false }),
};
