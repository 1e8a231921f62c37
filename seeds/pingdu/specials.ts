import { idFrom, localDate, type FindingId, type PersonId } from '@app/kernel';
import type { Random } from '../kit/random';
import { personName, NAMED_IN_THE_DOCUMENTS } from '../kit/names';
import type { Case } from './cases';
import { legsFor } from './cases';
import { COMPANY, department, INDEPENDENT, OFFICE } from './departments';
import { KINDS } from './kinds';
import { leg, O, S, T, type Life } from './life';
import { personOf, team, teamOf } from './organisation';
import type { Town } from './places';
import { begin, file, triage, type Stage } from './stories';

/** Cases made for one rule each. */
export class SpecialCases {
  private n = 1000;
  constructor(
    private readonly random: Random,
    private readonly towns: readonly Town[],
  ) {}

  of(category: string, townKey: string, over: Partial<Case> = {}): Case {
    this.n += 1;
    const kind = KINDS.find((one) => one.category === category) ?? KINDS[0];
    const town = this.towns.find((one) => one.key === townKey) ?? this.towns[0];
    if (kind === undefined || town === undefined) throw new Error('no kinds or no towns');
    const village = this.random.pick(town.villages);
    return {
      n: this.n,
      id: idFrom('pingdu', 'finding', this.n) as FindingId,
      kind,
      town,
      village,
      team: teamOf(this.towns, town),
      serious: false,
      text: kind.text(`${town.name}${village.name}`, 1),
      names: [personName(this.random, NAMED_IN_THE_DOCUMENTS)],
      items: 0,
      ...over,
    };
  }
}

const words = (one: Case) => ({ text: one.kind.done, measures: one.kind.measure });
const closing = (life: Life, one: Case, ...legs: readonly (typeof T)[]): Life => {
  for (const id of legs) life.submit(id, words(one), 'document', one.serious ? 'head' : 'deputy');
  life.later(1);
  for (const id of legs) life.pass('10:00', id);
  return life.later(1).verify('14:30').clear('16:00');
};

/** Before the transfer: who triages, what is turned away, what waits (R11, R16, R24). */
export const beforeTransfer = (stage: Stage, make: SpecialCases): void => {
  const day = localDate('2020-05-23');
  const at = (d: string, one: Case, over = {}): Life => file(stage, one, localDate(d), over);
  // R16: captured without a network on Saturday, received on Sunday.
  triage(
    at('2020-05-24', make.of('archive', 'yunshan'), { capturedAt: '2020-05-23T02:10:00.000Z', foundOn: day }),
    make.of('archive', 'yunshan'),
  );
  at('2020-06-01', make.of('archive', 'nancun'))
    .later(1)
    .do('09:30', 'office.one', 'DismissFinding', { reason: '核实后不成立', teamNote: null });
  const first = make.of('project', 'cuijiaji');
  triage(at('2020-06-02', first), first);
  at('2020-06-03', make.of('project', 'cuijiaji'))
    .later(1)
    .do('09:30', 'office.one', 'LinkFinding', { to: first.id, reason: '与另一批次反馈为同一项目' });
  const mistaken = make.of('archive', 'dianzi');
  at('2020-06-04', mistaken)
    .do('11:30', `${team(mistaken.team)}.a`, 'CorrectFinding', { changes: { text: `${mistaken.text}（更正）` }, reason: '村名录错' })
    .do('11:40', `${team(mistaken.team)}.a`, 'AddComment', { text: '拟撤回', legId: null })
    .do('14:00', `${team(mistaken.team)}.a`, 'WithdrawFinding', { reason: '误登记', documentNumber: null });
  const wrongFile = make.of('housing.old', 'dianzi');
  const life = at('2020-06-05', wrongFile);
  const extra = life.aFile('before', null);
  life.do('11:10', `${team(wrongFile.team)}.a`, 'AddEvidence', { evidence: extra });
  life.do('11:20', `${team(wrongFile.team)}.a`, 'RemoveEvidence', { evidenceId: extra.evidenceId, reason: '误传他户照片' });
  triage(life, wrongFile);
  // Waiting at the end: nobody has triaged it for days (R11); accepted, not yet transferred.
  at('2020-07-13', make.of('water.purifier', 'tianzhuang'));
  at('2020-07-15', make.of('archive', 'xinhe')).later(1).accept('14:30');
};

/** Legs of every shape (R1–R6, R9). */
export const shapesOfTransfer = (stage: Stage, make: SpecialCases): void => {
  const day = (d: string) => localDate(d);
  // R5, R10, R11: accepted by the head of the team, one leg, the department copied, rectified before two inspectors.
  for (const town of ['jiudian', 'xinhe', 'tianzhuang']) {
    const one = make.of('home', town);
    const [head, a, b] = [`${team(one.team)}.head`, `${team(one.team)}.a`, `${team(one.team)}.b`];
    const life = file(stage, one, day('2020-06-06'));
    const evidence = [life.aFile('before', T), life.aFile('after', T)];
    life.accept('11:30', { rectification: 'immediate' }, head);
    life.transfer('11:40', [leg(T, one.town.id, { leads: true })], { copies: [department('civil')] }, head);
    const inspectors: readonly PersonId[] = [personOf(a), personOf(b)];
    life.do('14:00', a, 'RectifyOnTheSpot', {
      legId: T,
      rectifyingUnitId: one.village.id,
      personPresent: '村委会值班人员',
      inspectors,
      text: '当场清理完毕',
      evidence,
    });
    life.later(1).pass('10:00', T).verify('14:30', 'office.two', 'documents').clear('16:00');
  }
  // R5: three of a kind, so the office adds the department to an immediate one, against the rule's proposal.
  const third = make.of('home', 'cuijiaji');
  const both = [leg(T, third.town.id, { leads: true }), leg(S, department('civil'), { duty: 'guides' })];
  const added = file(stage, third, day('2020-06-07')).later(1).accept('09:30', { rectification: 'immediate' });
  added.transfer('10:30', both, { proposed: legsFor(third), overruledBecause: '同类问题已出现三起以上，民政部门同步指导' });
  added.later(1).submit(T, words(third), 'after').later(1).opinion('10:00', S).later(1).pass('10:00', T).pass('10:10', S);
  // R1, R3: the company that built it has a leg of its own; place, responsible unit and owner are three different ones.
  const built = make.of('project', 'cuijiaji', { serious: true });
  const owner = file(stage, built, day('2020-06-08'), { responsibleUnitId: COMPANY, projectOwnerId: COMPANY }).later(1);
  owner.accept('09:30', { seriousness: 'serious' });
  const three = [...legsFor(built), leg(O, COMPANY)];
  owner.transfer('10:30', three, { proposed: legsFor(built), overruledBecause: '项目由农投公司代建', assisting: [department('finance')] });
  closing(owner.later(2), built, T, S, O);
  // R3: the department's own.
  const own = make.of('health.refund', 'liaolan');
  const single = file(stage, own, day('2020-06-09'), { responsibleUnitId: department('health') })
    .later(1)
    .accept('09:30');
  single.transfer('18:10', [leg(S, department('health'), { leads: true })], {
    proposed: legsFor(own),
    overruledBecause: '属部门自身问题',
    singleLegBecause: '属部门自身问题',
  });
  closing(single.later(3), own, S);
  // R9: the managing office itself; the inspection office verifies, a leader with a mandate clears.
  const about = make.of('archive', 'liyuan', { text: '督查台账与镇街台账口径不一致' });
  const independent = { unitId: INDEPENDENT, clearer: personOf('pd.leader1'), authorisedBy: '市扶贫开发领导小组会议纪要〔2020〕9号' };
  const self = file(stage, about, day('2020-06-10'), { responsibleUnitId: OFFICE }).later(1).accept('09:30');
  self.transfer('10:30', [leg(S, OFFICE, { leads: true })], { singleLegBecause: '属督查办自身问题', independent });
  self.later(1).sign('10:00', S).later(2).submit(S, words(about), 'document');
  self
    .later(1)
    .pass('10:00', S, 'inspection-office.a')
    .later(1)
    .verify('14:30', 'inspection-office.b', 'documents')
    .clear('16:00', 'pd.leader1');
};

/** R6: a parent with a child per town; the department's leg hangs on the parent. */
export const overSeveralTowns = (stage: Stage, make: SpecialCases, numberFor: (id: FindingId) => Promise<string>): void => {
  const one = make.of('water.report', 'xinhe', { text: '新河镇、田庄镇、店子镇共用水源，化验报告均已超期' });
  const towns = ['xinhe', 'tianzhuang', 'dianzi'].map((key) => {
    const found = make.of('water.report', key).town;
    return { townId: found.id, findingId: idFrom('pingdu', 'child', found.id) as FindingId };
  });
  const life = file(stage, one, localDate('2020-06-11')).later(1).accept('09:30');
  life.do('10:00', 'office.one', 'SplitFinding', async () => ({
    children: await Promise.all(towns.map(async (child) => ({ ...child, number: await numberFor(child.findingId) }))),
  }));
  stage.timeline.settleAt(life.day, '10:00');
  life.transfer('10:30', [leg(S, department('water'), { leads: true })]);
  const start = life.day;
  /** What becomes of a child is told to the parent before time goes on. */
  const told = (child: Life): void => stage.timeline.settleAt(child.day, '10:00');
  towns.forEach(({ findingId, townId }, i) => {
    const child = begin(stage, findingId, start);
    child.legs.set(T, townId);
    child
      .later(1)
      .sign('10:00', T)
      .later(3 + i)
      .submit(T, words(one), 'document')
      .later(1)
      .pass('10:00', T);
    told(child);
    // One is found wanting after it had passed: the parent waits for it again.
    if (i === 2) {
      told(child.later(1).sendBack('10:00', T, '公示照片缺失'));
      told(child.later(1).submit(T, words(one), 'document').later(1).pass('10:00', T));
    }
    child.verify('14:30', 'office.two', 'documents').clear('15:00');
  });
  life.later(4).submit(S, words(one), 'document').later(1).pass('10:00', S);
  life.later(6).verify('14:30', 'office.two', 'documents').clear('16:00');
};
