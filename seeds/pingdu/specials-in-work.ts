import { addDays, localDate } from '@app/kernel';
import { addWorkingDays } from '@app/worktime';
import type { Scenario } from '../kit/scenario';
import type { Case } from './cases';
import { legsFor } from './cases';
import { department, PROJECT_CENTRE } from './departments';
import { leg, S, T, type Life } from './life';
import { team } from './organisation';
import type { SpecialCases } from './specials';
import { file, triage, type Stage } from './stories';

const day = localDate;
const words = (one: Case) => ({ text: one.kind.done, measures: one.kind.measure });
const delivered = (stage: Stage, one: Case, on: string): Life => triage(file(stage, one, day(on)), one);

/** R21, R22. */
export const disagreements = (stage: Stage, make: SpecialCases): void => {
  const returned = (on: string, category: string, town: string, text = '经核对，不属本单位职责'): Readonly<{ one: Case; life: Life }> => {
    const one = make.of(category, town);
    const life = delivered(stage, one, on).later(1);
    return { one, life: life.do('10:00', life.of(S, 'clerk'), 'ReturnLeg', { legId: S, ground: 'not-our-duty', text }) };
  };
  const rule = (life: Life, ruling: 'stays' | 'moved' | 'untrue', to: string | null = null, who = 'office.one'): Life =>
    life.later(1).do('10:00', who, 'RuleOnReturn', {
      legId: S,
      ruling,
      toUnitId: to === null ? null : department(to),
      reason: ruling === 'untrue' ? '经查不属实' : '按职责分工确定',
      teamNote: ruling === 'untrue' ? '督查组书面说明：情况不属实' : null,
    });
  const moved = returned('2020-06-08', 'project.solar', 'mingcun');
  rule(moved.life, 'moved', 'poverty').legs.set(S, department('poverty'));
  moved.life.later(1).sign('10:00', S).later(3).submit(S, words(moved.one), 'document').submit(T, words(moved.one), 'screenshot');
  moved.life.later(2).pass('10:00', S).pass('10:30', T).later(1).verify('14:30').clear('16:00');
  rule(returned('2020-06-09', 'health.insurance', 'guxian', '疑似不属实').life, 'untrue');
  const kept = rule(returned('2020-06-10', 'project.solar', 'renzhao').life, 'stays').later(1);
  kept.do('10:00', kept.of(S, 'deputy'), 'ObjectToRuling', { legId: S, text: '请领导裁定' });
  rule(kept, 'stays', null, 'pd.leader1');
  // Still waiting for the office when the scenario ends.
  returned('2020-07-14', 'project', 'liaolan', '与农业农村局职责需要划分');
  // R22: town and department dispute; the leading leg acts, the office records what was agreed.
  const disputed = make.of('project', 'dazeshan');
  delivered(stage, disputed, '2020-06-15')
    .later(2)
    .do('10:00', 'office.head', 'RecordJointRuling', {
      text: '由行业部门牵头清点，镇街配合',
      participants: ['督查办', '大泽山镇', '市扶贫办'],
      leadingLegId: S,
    });
};

/** R13–R19, R25, R35: posts, dates, clocks. */
export const timesAndPosts = (stage: Stage, make: SpecialCases): void => {
  // R13: the deputy signs in place of the head.
  const serious = make.of('housing.cd', 'jiudian', { serious: true });
  const inPlace = delivered(stage, serious, '2020-06-13').later(1).sign('10:00', T).later(2);
  inPlace.evidence('09:30', inPlace.of(T, 'clerk'), 'after', T).report('10:30', T, words(serious));
  inPlace.do('11:30', inPlace.of(T, 'second'), 'FirstReviewLeg', { legId: T, passed: false, reason: '缺验收报告' });
  inPlace
    .later(1)
    .report('09:30', T, words(serious))
    .do('10:30', inPlace.of(T, 'second'), 'FirstReviewLeg', { legId: T, passed: true, reason: null });
  inPlace.do('15:00', 'town-jiudian.deputy', 'SignLeg', { legId: T, lateEntry: null }, { inPlaceOf: 'town-jiudian.head' });
  inPlace.later(1).opinion('10:00', S).later(1).pass('10:00', T).pass('10:10', S).later(1).verify('14:30').clear('16:00');
  // R15: what was done on Friday is written down on Monday.
  const late = make.of('archive', 'mingcun');
  const noted = delivered(stage, late, '2020-06-04').later(2);
  noted.do(
    '10:00',
    noted.of(T, 'clerk'),
    'RecordProgress',
    { legId: T, text: '周五已完成大部分', basicallyComplete: { remains: '两户收入核算表', by: addDays(noted.day, 7) } },
    { on: addDays(noted.day, -3) },
  );
  // R16: the unit signed on paper while it had no line; the office enters it with a number.
  const paper = make.of('archive', 'renzhao');
  const entered = delivered(stage, paper, '2020-06-05').later(1).sign('10:00', T).later(3);
  entered
    .evidence('09:30', entered.of(T, 'clerk'), 'document', T)
    .report('10:30', T, words(paper))
    .do('11:30', entered.of(T, 'second'), 'FirstReviewLeg', { legId: T, passed: true, reason: null });
  const signedOn = entered.day;
  entered
    .later(3)
    .do(
      '10:00',
      'office.one',
      'SignLeg',
      { legId: T, lateEntry: { documentNumber: '平督〔2020〕17号', reason: '镇街网络中断，纸质报送' } },
      { on: signedOn },
    );
  // R18: a leader's instruction dates the rectification.
  const urgent = make.of('housing.cd', 'yunshan');
  const instructed = delivered(stage, urgent, '2020-06-16').later(2);
  instructed.do('09:00', 'pd.leader1', 'GiveInstruction', {
    text: '汛期将至，务必提前完成',
    toUnits: [urgent.town.id],
    replyBy: addWorkingDays(instructed.day, 3, stage.calendar),
    rectifyBy: addWorkingDays(instructed.day, 6, stage.calendar),
  });
  instructed.later(2).do('10:00', instructed.of(T, 'deputy'), 'ReplyToInstruction', { seq: 1, text: '已调整施工计划' });
  const second = make.of('housing.old', 'dianzi');
  const dated = delivered(stage, second, '2020-07-09').later(1);
  dated.do('09:00', 'pd.leader2', 'GiveInstruction', { text: '请每日一报', toUnits: [], replyBy: null, rectifyBy: null });
  // R19: sent back twice, the first time moves the deadline, the second does not.
  const twice = make.of('project', 'nancun');
  const back = delivered(stage, twice, '2020-06-06').later(2).submit(T, words(twice), 'document').later(2).sendBack('14:00', T);
  back
    .later(2)
    .submit(T, words(twice), 'document')
    .later(1)
    .sendBack('14:00', T, '仍缺权属证明')
    .later(2)
    .submit(T, words(twice), 'document');
  back.submit(S, words(twice), 'document').later(1).pass('10:00', T).pass('10:30', S).later(1).verify('14:30').clear('16:00');
  // R8: the department is sent back, and with it the town that had passed.
  const named = make.of('project', 'mingcun');
  const reopened = delivered(stage, named, '2020-06-07').later(2).submit(T, words(named), 'document').submit(S, words(named), 'document');
  reopened.later(1).pass('10:00', T).sendBack('10:30', S, '两份台账不一致', [T]);
  reopened.later(2).submit(S, words(named), 'document').submit(T, words(named), 'document').later(1).pass('10:00', T).pass('10:30', S);
  // R35: asked in time, granted too late; and one refused.
  const slow = make.of('project.benefit', 'liaolan');
  const asked = delivered(stage, slow, '2020-06-01').later(13);
  const until = addWorkingDays(asked.day, 9, stage.calendar);
  asked.do('10:00', asked.of(T, 'deputy'), 'AskExtension', { legId: T, reason: '项目结算未完成', progress: '已核算七成', until });
  asked.later(4).do('09:00', 'office.one', 'GrantExtension', { legId: T, until, reason: '情况属实' });
  const refused = make.of('project.benefit', 'xinhe');
  const no = delivered(stage, refused, '2020-06-18').later(5);
  no.do('10:00', no.of(T, 'deputy'), 'AskExtension', {
    legId: T,
    reason: '人手不足',
    progress: '刚起步',
    until: addWorkingDays(no.day, 20, stage.calendar),
  });
  no.later(1).do('10:00', 'office.one', 'RefuseExtension', { legId: T, reason: '理由不充分' });
  // R24: the source takes it back, with a number; before that its clock was to be paused, and was, for a day.
  const gone = make.of('archive', 'fengtai');
  const taken = delivered(stage, gone, '2020-06-20').later(1);
  const standUntil = addWorkingDays(taken.day, 3, stage.calendar);
  const ask = (time: string, reason: 'season' | 'upper-decision', text: string): void => {
    taken.do(time, taken.of(T, 'deputy'), 'AskPause', { legId: T, reason, text, until: standUntil });
  };
  ask('09:00', 'season', '农忙季节');
  taken.do('10:00', 'office.one', 'RefusePause', { legId: T, reason: '不影响整改' });
  ask('11:00', 'upper-decision', '来源单位正在复核');
  taken.do('14:00', 'office.one', 'GrantPause', { legId: T, until: standUntil, text: '待来源单位答复' });
  taken.later(1).do('09:00', taken.of(T, 'deputy'), 'ResumeLeg', { legId: T });
  taken.do('10:00', 'office.one', 'WithdrawFinding', { reason: '来源单位撤回', documentNumber: '青扶组办〔2020〕8号' });
};

/** R14: a centre is merged into the poverty office, which carries its open legs on. */
export const merger = (stage: Stage<Scenario>, make: SpecialCases): void => {
  const { scenario, timeline } = stage;
  const on = day('2020-06-15');
  for (const [i, town] of ['cuijiaji', 'nancun', 'guxian'].entries()) {
    const one = make.of('project', town);
    const legs = [leg(T, one.town.id, { leads: true }), leg(S, PROJECT_CENTRE)];
    const life = file(stage, one, day('2020-06-09')).later(1).accept('09:30');
    life.transfer('10:30', legs, { proposed: legsFor(one), overruledBecause: '项目由服务中心承办' });
    life.later(1).sign('10:00', S).sign('10:30', T);
    life.day = addWorkingDays(on, 2 + i, stage.calendar);
    life.legs.set(S, department('poverty'));
    life
      .submit(T, words(one), 'document')
      .submit(S, words(one), 'document')
      .later(2)
      .pass('10:00', T)
      .pass('10:30', S)
      .later(1)
      .verify('14:30')
      .clear('16:00');
  }
  timeline.at(on, '08:40', 'merger', () =>
    scenario.unit(PROJECT_CENTRE, { type: 'MergeUnit', data: { into: department('poverty'), from: on } }),
  );
  timeline.settleAt(on, '08:40');
};

/** R23, R25, R26: upper level, stages, looking back. */
export const longerStories = (stage: Stage, make: SpecialCases): void => {
  const upperOf = (number: string) => ({
    upper: { authority: '青岛市', batch: '2020年评估验收', number, due: day('2020-07-31') },
    source: { kind: 'upper' as const, name: '青岛市脱贫攻坚评估验收', batch: '2020年评估验收', documentNumber: '青扶组〔2020〕21号' },
  });
  const fromAbove = (number: string, town: string, on: string, category = 'housing.cd'): Readonly<{ one: Case; life: Life }> => {
    const one = make.of(category, town);
    const life = triage(file(stage, one, day(on), upperOf(number), 'office.one'), one);
    return { one, life };
  };
  const answer = (life: Life, kind: 'extended' | 'dismissed' | 'merged' | 'other', text: string, due: string | null = null): Life =>
    life.later(3).do('09:00', 'office.one', 'RecordUpperAnswer', {
      answer: kind,
      documentNumber: '青扶组办〔2020〕33号',
      text,
      due: due === null ? null : day(due),
    });
  answer(fromAbove('3-(2)①', 'jiudian', '2020-05-28').life, 'extended', '同意延至八月底', '2020-08-31');
  answer(fromAbove('3-(2)②', 'yunshan', '2020-05-28').life, 'dismissed', '复核后不再列为问题');
  answer(fromAbove('3-(2)③', 'dianzi', '2020-05-28').life, 'merged', '并入3-(2)①');
  const both = fromAbove('4-(1)①', 'xinhe', '2020-05-29');
  both.life.later(2).submit(T, words(both.one), 'after', 'head').later(1).opinion('10:00', S).later(1).pass('10:00', T).pass('10:10', S);
  both.life
    .later(1)
    .verify('14:30')
    .clear('16:00')
    .later(5)
    .do('10:00', 'office.one', 'RecordUpperClearance', { documentNumber: '青扶组办〔2020〕40号', text: '同意销号' });

  const staged = (on: string, town: string, stages: readonly string[]): Life => {
    const one = make.of('archive', town, { text: '孝善养老、公益岗位等长效机制需长期坚持' });
    const plans = stages.map((checkOn, i) => ({ text: i === 0 ? '建立制度' : '运行评估', checkOn: day(checkOn) }));
    const life = file(stage, one, day(on)).later(1).accept('09:30', { rectification: 'staged', stages: plans });
    return life
      .transfer('10:30', legsFor(one), { proposed: legsFor(one) })
      .later(1)
      .sign('10:00', T);
  };
  const long = staged('2020-05-25', 'tianzhuang', ['2020-06-15', '2020-07-06']);
  long.day = day('2020-06-15');
  long.do('10:00', 'office.two', 'PassStage', { stage: 1, text: '制度已建立' });
  long.day = day('2020-07-06');
  long.do('10:00', 'office.two', 'PassStage', { stage: 2, text: '运行正常，转长效' });
  const replanned = staged('2020-06-02', 'xinhe', ['2020-07-01', '2020-10-30']);
  replanned.day = day('2020-06-22');
  replanned.do('10:00', 'office.one', 'RescheduleStages', {
    stages: [
      { text: '建立制度', checkOn: day('2020-07-31') },
      { text: '运行评估', checkOn: day('2020-12-31') },
    ],
    reason: '试点范围扩大',
  });

  const cleared = (on: string, town: string, category = 'housing.old'): Readonly<{ one: Case; life: Life }> => {
    const one = make.of(category, town);
    const life = delivered(stage, one, on).later(1).sign('10:00', T).later(2).submit(T, words(one), 'after');
    life.later(1).opinion('10:00', S).later(1).pass('10:00', T).pass('10:10', S).later(1).verify('14:30').clear('16:00');
    life.day = day('2020-07-07');
    return { one, life };
  };
  cleared('2020-05-30', 'guxian').life.lookBack('10:00', 'team-4.head', 'holds');
  const again = cleared('2020-05-31', 'renzhao');
  again.life.lookBack('10:00', 'office.head', 'not-thorough').later(2).submit(T, words(again.one), 'after').later(1).opinion('10:00', S);
  cleared('2020-05-30', 'nancun').life.lookBack('10:00', 'team-4.head', 'relapse');
  stage.timeline.settleAt(day('2020-07-07'), '10:00');
  const wrong = cleared('2020-06-06', 'mingcun');
  wrong.life.do('11:00', 'office.head', 'RevokeClearance', { reason: '抽查发现旧房未封存', level: '督查办', legIds: [T] });
  // In review, waiting to be verified, waiting to be cleared, when the scenario ends.
  const waiting = (town: string, until: 'review' | 'verify' | 'clear'): void => {
    const one = make.of('archive', town);
    const life = delivered(stage, one, '2020-07-07')
      .later(1)
      .sign('10:00', T)
      .later(1)
      .submit(T, words(one), 'after')
      .later(1)
      .opinion('10:00', S);
    if (until === 'review') return;
    life.later(1).pass('10:00', T).pass('10:30', S);
    if (until === 'clear') life.later(1).verify('10:30', `${team(one.team)}.b`);
  };
  for (const town of ['dazeshan', 'jiudian']) waiting(town, 'review');
  for (const town of ['yunshan', 'xinhe']) waiting(town, 'verify');
  for (const town of ['dianzi', 'guxian']) waiting(town, 'clear');
};

/** R10: what towns found themselves: reviewed by their heads, cleared as it is or drawn by the county as a sample. */
export const selfFound = (stage: Stage, make: SpecialCases): void => {
  const submitted = (town: string, on: string): Life => {
    const one = make.of('archive', town);
    const source = { kind: 'self' as const, name: '镇街自查', batch: null, documentNumber: null };
    const life = file(stage, one, day(on), { teamId: one.town.id, source }, `${one.town.id}.clerk`);
    triage(life, one, { legs: [leg(T, one.town.id, { leads: true })] });
    return life.later(1).sign('10:00', T).later(1).submit(T, words(one), 'document');
  };
  const reviewed = (town: string, on: string): Life => submitted(town, on).later(1).pass('10:00', T, `town-${town}.head`);
  reviewed('liaolan', '2020-06-16').later(1).clear('16:00');
  reviewed('xinhe', '2020-06-17').later(1).verify('14:30', 'office.two', 'sample').clear('16:00');
  reviewed('dianzi', '2020-07-09');
  submitted('yunshan', '2020-07-13');
};
