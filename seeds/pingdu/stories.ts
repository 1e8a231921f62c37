import type { EvidencePhase, LegPlan } from '@app/findings';
import { idFrom, localDate, weekday, addDays, type CommandId, type FindingId, type LocalDate } from '@app/kernel';
import type { WorkCalendar } from '@app/worktime';
import { addWorkingDays } from '@app/worktime';
import type { Random } from '../kit/random';
import type { Teller } from '../kit/teller';
import type { Timeline } from '../kit/timeline';
import { filingOf, itemId, legsFor, type Case } from './cases';
import { Life, S, T, type Files } from './life';
import { team } from './organisation';

export type Stage<T extends Teller = Teller> = Readonly<{
  scenario: T;
  timeline: Timeline;
  calendar: WorkCalendar;
  files: Files;
  random: Random;
}>;
type Filing = Parameters<typeof filingOf>[4];

export const begin = ({ scenario, timeline, calendar, files }: Stage, id: FindingId, day: LocalDate): Life =>
  new Life(scenario, timeline, calendar, files, id, day);

/** The inspectors file what they saw, and what it looked like. */
export const file = (stage: Stage, one: Case, day: LocalDate, over: Filing = {}, who = `${team(one.team)}.a`, time = '10:00'): Life => {
  const { scenario, timeline } = stage;
  const life = begin(stage, one.id, day);
  let number = '';
  // One after the other, so that the same finding has the same number in every run.
  timeline.first(day, time, async () => {
    const commandId = idFrom('pingdu', 'number', one.id) as CommandId;
    number = await scenario.numbers.take(commandId, one.id);
    await scenario.numbers.settle(commandId, 'used');
  });
  life.do(time, who, 'FileFinding', () => filingOf(scenario.sealer, one, number, day, over));
  return life.evidence('11:00', who, 'before');
};

const WHY_SINGLE = '属镇街自身职责，无对口部门';
/** Triage and 一案双转 as the category's rule proposes it, on the next working day. */
export const triage = (life: Life, one: Case, over: Readonly<{ legs?: readonly LegPlan[] }> = {}): Life => {
  const legs = over.legs ?? legsFor(one);
  const seriousness = one.serious ? 'serious' : 'ordinary';
  life.later(1).accept('09:30', { rectification: one.kind.rectification, seriousness });
  return life.transfer('10:30', legs, { proposed: legs, singleLegBecause: legs.length === 1 ? WHY_SINGLE : null });
};

export type Course = Readonly<{
  signs: boolean;
  /** Working days from the plan to the report. */
  span: number;
  sentBack: boolean;
  /** Gives up working on it after the plan: overdue until the end. */
  stalls: boolean;
  extended: boolean;
  lookBack: boolean;
}>;
export const ordinaryCourse = (random: Random, serious: boolean): Course => ({
  signs: random.chance(0.85),
  span: serious ? random.int(2, 7) : random.chance(0.08) ? random.int(14, 18) : random.int(3, 11),
  sentBack: random.chance(0.12),
  stalls: random.chance(0.04),
  extended: !serious && random.chance(0.06),
  lookBack: random.chance(0.2),
});

/** From the delivery to the clearance; what lies beyond the scenario's end has not happened yet. */
export const work = (stage: Stage, life: Life, one: Case, course: Course, upper = false): Life => {
  const { random } = stage;
  const legs = new Map(legsFor(one).map((plan) => [plan.legId, plan]));
  for (const [id, plan] of legs) if (!life.legs.has(id)) life.legs.set(id, plan.unitId);
  const sectoral = legs.get(S);
  const guides = sectoral?.duty === 'guides';
  const signs = one.serious || upper ? 'head' : 'deputy';
  const words = { text: one.kind.done, measures: one.kind.measure };
  const phase: EvidencePhase = one.kind.proof;
  const delivered = life.day;

  life.later(1);
  if (course.signs) life.sign('10:00', T);
  if (sectoral !== undefined && random.chance(0.85)) life.sign('10:30', S);
  life.later(1).plan(T, one.kind.measure, one.village.id, addWorkingDays(delivered, 10, stage.calendar));
  if (guides) life.do('11:30', life.of(S, 'clerk'), 'GiveGuidance', { legId: S, text: `按${one.kind.basis}办理，逐户逐项落实` });
  if (course.stalls) return life;

  const started = life.day;
  life.later(Math.ceil(course.span / 2));
  life.do('11:00', life.of(T, 'clerk'), 'RecordProgress', { legId: T, text: '正在推进', basicallyComplete: null });
  if (course.extended && one.kind.rectification === 'time-limited') {
    const until = addWorkingDays(delivered, 20, stage.calendar);
    life.do('14:00', life.of(T, 'deputy'), 'AskExtension', { legId: T, reason: '阴雨影响施工', progress: '已完成过半', until });
    life.later(1).do('09:00', 'office.one', 'GrantExtension', { legId: T, until, reason: '情况属实，同意延期' });
  }
  life.later(Math.max(1, course.span - Math.ceil(course.span / 2)));
  if (one.items > 0) {
    const answers = one.names.map((_, i) => ({
      itemId: itemId(one.n, i),
      answer: i % 37 === 36 ? ('untrue' as const) : i % 41 === 40 ? ('cannot' as const) : ('done' as const),
      basis: i % 37 === 36 ? '经核实情况不符' : i % 41 === 40 ? '本人长期在外，已约定返乡办理' : null,
    }));
    life.do('08:40', life.of(T, 'second'), 'AnswerItems', { legId: T, answers });
  }
  life.submit(T, words, phase, signs);
  let ready = life.day;
  if (sectoral !== undefined && !guides) {
    life.day = addWorkingDays(started, random.int(2, Math.min(10, Math.max(3, course.span))), stage.calendar);
    // Items are the town's to answer; the department reports once they are.
    if (one.items > 0 && life.day <= ready) life.day = addWorkingDays(ready, 1, stage.calendar);
    life.submit(S, words, 'document', signs);
    if (life.day > ready) ready = life.day;
  }
  life.day = ready;
  if (course.sentBack) {
    life
      .later(1)
      .sendBack('14:00', T)
      .later(2)
      .submit(T, { ...words, text: `${words.text}，材料已补充` }, 'document', signs);
  }
  if (guides) life.later(1).opinion('10:00', S);
  life.later(random.int(1, 3)).pass('10:00', T);
  if (sectoral !== undefined) life.pass('10:30', S);
  life
    .later(random.int(0, 2))
    .verify('14:30', random.chance(0.5) ? 'office.two' : `${team(one.team)}.b`, one.kind.manner === 'data' ? 'data' : 'on-site');
  life.later(random.int(0, 1)).clear('16:00');
  if (course.lookBack && life.day < '2020-07-04') {
    life.day = localDate('2020-07-08');
    life.lookBack('10:00', `${team((one.team % 4) + 1)}.head`, 'holds');
  }
  return life;
};

/** Thirteen weekends and the days between them, from the first weekend of the supervision on. */
export const foundOn = (random: Random, last: LocalDate): LocalDate => {
  for (;;) {
    const day = addDays(localDate('2020-04-25'), random.int(0, 84));
    const weekend = weekday(day) === 0 || weekday(day) === 6;
    if (day <= last && (weekend || random.chance(0.45))) return day;
  }
};
