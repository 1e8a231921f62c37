import { localDate, type EvidenceId, type ItemId, type LegId, type LocalDate } from '@app/kernel';
import type { GivenCell, GivenItem, GivenRow, KnownItem, KnownLeg } from './given-row';
import { judgeRow } from './row-verdict';
import type { CellChange } from './round-trip.types';
import { movesThatMatter } from './staleness';
import { LEG_FILLED, type ItemFilled, type LegFilled, type LegLocked } from './sheet-columns';

const TODAY = localDate('2020-07-10');
const T = 'T' as LegId;
const EMPTY: KnownLeg['filled'] = {
  measures: '',
  responsible: '',
  targetOn: '',
  progress: '',
  completion: '',
  completedOn: '',
  effect: '',
  because: '',
  remainsBy: '',
  extendTo: '',
};
const LOCKED: KnownLeg['locked'] = {
  number: 'QL-2020-000001',
  version: '',
  unit: '大泽山镇',
  duty: '主办',
  town: '大泽山镇',
  category: '住房安全',
  subject: '王**',
  text: '房屋漏雨',
  stage: '整改中',
  due: '2020-07-31 23:59',
  items: '',
};
const item = (n: number, answer: KnownItem['answer'] = 'open', basis = ''): KnownItem => ({
  itemId: `item-${String(n)}` as ItemId,
  answer,
  locked: { number: 'QL-2020-000001', version: '', order: String(n), itemSubject: '李**', itemText: '缺档' },
  filled: { answer: answer === 'done' ? '已办结' : '', basis },
});
const known = (over: Partial<KnownLeg> = {}, filled: Partial<KnownLeg['filled']> = {}): KnownLeg => ({
  legId: T,
  guides: false,
  deliveredOn: localDate('2020-07-06'),
  locked: LOCKED,
  filled: { ...EMPTY, ...filled },
  items: [],
  evidence: ['e1' as EvidenceId],
  ...over,
});
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
const cell = (title: string, text: string, broken = false): GivenCell => ({
  address: `A-${title}`,
  title,
  text,
  day: isDay(text) ? (text as LocalDate) : null,
  broken,
  personal: false,
});
const given = (
  filled: Partial<Record<LegFilled, string>>,
  more: Readonly<{ locked?: Partial<Record<LegLocked, string>>; others?: readonly GivenCell[]; items?: readonly GivenItem[] }> = {},
): GivenRow => ({
  filled: Object.fromEntries(Object.entries(filled).map(([field, text]) => [field, cell(LEG_FILLED[field as LegFilled].title, text)])),
  locked: Object.fromEntries(Object.entries(more.locked ?? {}).map(([field, text]) => [field, cell(field, text)])),
  others: more.others ?? [],
  items: more.items ?? [],
});
const answers = (order: number, filled: Partial<Record<ItemFilled, string>>): GivenItem => ({
  order,
  filled: Object.fromEntries(Object.entries(filled).map(([field, text]) => [field, cell(field, text)])),
  locked: {},
});
const told = (cells: readonly CellChange[]): unknown =>
  cells.map(({ field, verdict, becomes, reason }) => [field, verdict, becomes ?? reason?.code ?? null]);
const judge = (row: GivenRow, leg = known()) => judgeRow(row, leg, TODAY);

describe('A row that came back', () => {
  it('says nothing where nothing was filled in, or what was filled in stands already', () => {
    expect(judge(given({}))).toStrictEqual({ cells: [], steps: [] });
    expect(judge(given({ measures: '新建', progress: '已动工' }), known({}, { measures: '新建', progress: '已动工' }))).toStrictEqual({
      cells: [],
      steps: [],
    });
  });

  it('becomes a plan, a progress and an extension, in this order', () => {
    const row = given({
      measures: '新建',
      responsible: '村主任',
      targetOn: '2020-07-20',
      progress: '已动工',
      because: '雨季',
      extendTo: '2020-08-15',
    });
    const { cells, steps } = judge(row);
    expect(steps).toStrictEqual([
      { type: 'PlanLeg', data: { legId: T, measures: '新建', responsible: '村主任', targetOn: '2020-07-20' } },
      { type: 'RecordProgress', data: { legId: T, text: '已动工', basicallyComplete: null } },
      { type: 'AskExtension', data: { legId: T, reason: '雨季', progress: '已动工', until: '2020-08-15' } },
    ]);
    expect(told(cells)).toStrictEqual([
      ['measures', 'taken', 'PlanLeg'],
      ['responsible', 'taken', 'PlanLeg'],
      ['targetOn', 'taken', 'PlanLeg'],
      ['progress', 'taken', 'RecordProgress'],
      ['because', 'taken', 'AskExtension'],
      ['extendTo', 'taken', 'AskExtension'],
    ]);
  });

  it('takes the rest of a plan from what stands', () => {
    const { steps } = judge(
      given({ targetOn: '2020-07-25' }),
      known({}, { measures: '新建', responsible: '村主任', targetOn: '2020-07-20' }),
    );
    expect(steps).toStrictEqual([{ type: 'PlanLeg', data: { legId: T, measures: '新建', responsible: '村主任', targetOn: '2020-07-25' } }]);
    expect(told(judge(given({ measures: '新建' })).cells)).toStrictEqual([['measures', 'refused', 'needs-plan']]);
  });

  it('keeps 基本完成 open, with what remains and by when (R25)', () => {
    const { steps } = judge(given({ progress: '主体完工', completion: '基本完成', because: '粉刷', remainsBy: '2020-07-18' }));
    expect(steps).toStrictEqual([
      { type: 'RecordProgress', data: { legId: T, text: '主体完工', basicallyComplete: { remains: '粉刷', by: '2020-07-18' } } },
    ]);
    expect(told(judge(given({ progress: '主体完工', completion: '基本完成' })).cells)).toStrictEqual([
      ['progress', 'refused', 'needs-remains'],
      ['completion', 'refused', 'needs-remains'],
    ]);
    expect(told(judge(given({ progress: '主体完工', remainsBy: '2020-07-18' })).cells)).toStrictEqual([
      ['progress', 'taken', 'RecordProgress'],
      ['remainsBy', 'refused', 'only-when-basically'],
    ]);
  });

  it('keeps a reason that nothing else asks for in the progress', () => {
    expect(judge(given({ because: '雨季' })).steps).toStrictEqual([
      { type: 'RecordProgress', data: { legId: T, text: '未完成原因：雨季', basicallyComplete: null } },
    ]);
    expect(judge(given({ progress: '已动工', because: '雨季' })).steps[0]?.data).toMatchObject({ text: '已动工\n未完成原因：雨季' });
  });

  it('reports completion with its evidence, the progress standing for an effect nobody wrote', () => {
    const done = { measures: '新建', progress: '已建成', completion: '已完成', completedOn: '2020-07-09' };
    expect(judge(given(done)).steps).toStrictEqual([
      {
        type: 'ReportLeg',
        data: { legId: T, text: '已建成', measures: '新建', effect: '已建成', completedOn: '2020-07-09', evidence: ['e1'] },
      },
    ]);
    const why = (over: Partial<Record<LegFilled, string>>): unknown =>
      judge(given({ ...done, ...over })).cells.flatMap(({ field, reason }) => (reason === null ? [] : [[field, reason.code]]));
    expect(why({ completedOn: '2020-07-11' })).toStrictEqual([['completedOn', 'day-in-future']]);
    expect(why({ completedOn: '2020-07-05' })).toStrictEqual([['completedOn', 'before-delivery']]);
    expect(why({ completedOn: '七月' })).toStrictEqual([['completedOn', 'day-unreadable']]);
    expect(why({ completedOn: '' })).toStrictEqual([['completion', 'needs-completed-on']]);
    expect(why({ measures: '' })).toStrictEqual([['completion', 'needs-measures']]);
    expect(why({ extendTo: '2020-08-15' })).toStrictEqual([['extendTo', 'not-when-done']]);
    expect(judge(given({ progress: '已建成', completedOn: '2020-07-09' })).cells.map(({ reason }) => reason?.code)).toStrictEqual([
      undefined,
      'only-when-done',
    ]);
  });

  it('goes in whole or not at all: one refused cell keeps every command back', () => {
    const { cells, steps } = judge(given({ measures: '新建', responsible: '村主任', targetOn: '下月', progress: '已动工' }));
    expect(cells.filter(({ verdict }) => verdict === 'refused').map(({ field }) => field)).toStrictEqual(['targetOn']);
    expect(steps).toStrictEqual([]);
  });

  it.each(['已销号', '销号', '整改到位'])('never takes the clearance: %s', (word) => {
    expect(told(judge(given({ completion: word })).cells)).toStrictEqual([['completion', 'refused', 'clearance-never-taken']]);
  });
  it.each(['是否销号', '销号日期', '已销号', '销号', '整改到位', '是否整改到位'])('ignores a column that would: %s', (title) => {
    const { cells, steps } = judge(given({ progress: '已动工' }, { others: [cell(title, '是')] }));
    expect(told(cells)).toStrictEqual([
      ['progress', 'taken', 'RecordProgress'],
      [null, 'ignored', 'clearance-never-taken'],
    ]);
    expect(steps.map(({ type }) => type)).toStrictEqual(['RecordProgress']);
  });
  it('says of other columns and of locked cells that nothing is taken', () => {
    const row = given({}, { others: [cell('备注', '请速办')], locked: { text: '没有问题', number: 'QL-2020-000001', version: 'T-1-X' } });
    expect(told(judge(row).cells)).toStrictEqual([
      [null, 'ignored', 'locked-cell'],
      [null, 'ignored', 'column-unknown'],
    ]);
  });
  it('erases nothing by a blank, and reads no broken cell', () => {
    expect(told(judge(given({ progress: '' }), known({}, { progress: '已动工' })).cells)).toStrictEqual([
      ['progress', 'ignored', 'not-erased'],
    ]);
    const broken: GivenRow = { ...given({}), filled: { progress: cell('进展情况', '#REF!', true) } };
    expect(told(judge(broken).cells)).toStrictEqual([['progress', 'refused', 'cell-unreadable']]);
    expect(told(judge(given({ completion: '差不多' })).cells)).toStrictEqual([['completion', 'refused', 'not-in-list']]);
    expect(told(judge(given({ progress: '长'.repeat(2_001) })).cells)).toStrictEqual([['progress', 'refused', 'text-too-long']]);
  });

  it('of a guiding unit becomes its guidance, and nothing else', () => {
    const guide = known({ guides: true });
    expect(judge(given({ progress: '按鉴定标准办理' }), guide).steps).toStrictEqual([
      { type: 'GiveGuidance', data: { legId: T, text: '按鉴定标准办理' } },
    ]);
    expect(told(judge(given({ measures: '新建' }), guide).cells)).toStrictEqual([['measures', 'refused', 'guides']]);
  });

  it('answers items first, each by itself, and a report after them', () => {
    const leg = known({ items: [item(1), item(2), item(3, 'done')] });
    const items = [
      answers(1, { answer: '已办结' }),
      answers(2, { answer: '无法办理', basis: '户主外出' }),
      answers(3, { answer: '已办结' }),
    ];
    const done = { measures: '新建', progress: '已建成', completion: '已完成', completedOn: '2020-07-09' };
    const { steps } = judge(given(done, { items }), leg);
    expect(steps[0]).toStrictEqual({
      type: 'AnswerItems',
      data: {
        legId: T,
        answers: [
          { itemId: 'item-1', answer: 'done', basis: null },
          { itemId: 'item-2', answer: 'cannot', basis: '户主外出' },
        ],
      },
    });
    expect(steps.map(({ type }) => type)).toStrictEqual(['AnswerItems', 'ReportLeg']);
    expect(told(judge(given({}, { items: [answers(1, { basis: '只有依据' })] }), leg).cells)).toStrictEqual([
      ['basis', 'refused', 'not-in-list'],
    ]);
    expect(told(judge(given({}, { items: [answers(9, { answer: '已办结' })] }), leg).cells)).toStrictEqual([
      ['answer', 'refused', 'item-unknown'],
    ]);
  });
});

describe('What happened since a workbook was made', () => {
  const move = (type: string, legId: string | null = null) => ({ type, legId, at: '2020-07-08T01:00:00.000Z' });
  it('matters on the row’s own leg and on the finding as a whole', () => {
    const moves = [move('ProgressRecorded', 'T'), move('FindingCorrected'), move('ProgressRecorded', 'S'), move('LegReturned', 'T')];
    expect(movesThatMatter(moves, 'T', false).map(({ type }) => type)).toStrictEqual([
      'ProgressRecorded',
      'FindingCorrected',
      'LegReturned',
    ]);
  });
  it('does not where evidence was added, somebody signed for it, or a clock knocked', () => {
    const moves = ['EvidenceAdded', 'CommentAdded', 'LegSignedFor', 'DeadlineApproached', 'DeadlinePassed'].map((type) => move(type, 'T'));
    expect(movesThatMatter(moves, 'T', true)).toStrictEqual([]);
  });
  it('matters of any leg where items were answered and the row answers items too', () => {
    const moves = [move('ItemsAnswered', 'S')];
    expect([movesThatMatter(moves, 'T', true).length, movesThatMatter(moves, 'T', false).length]).toStrictEqual([1, 0]);
  });
});
