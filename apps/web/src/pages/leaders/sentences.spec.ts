import type { OverviewAnswer } from '../../api/generated/types.gen';
import { plain } from './said';
import {
  besideSaid,
  dueSaid,
  paceSaid,
  relapsesSaid,
  remainsSaid,
  seriousSaid,
  untouchedSaid,
  upperSaid,
  weekOtherSaid,
  weekSaid,
} from './sentences';

const overview = (over: Partial<OverviewAnswer> = {}): OverviewAnswer => ({
  asOf: '2020-07-17',
  partial: false,
  carryOvers: 0,
  remainder: 0,
  segments: [],
  beside: { untriaged: 0, accepted: 0, underReturn: 0, longTerm: 0, overdue: 0, placeholders: 0 },
  week: { from: '2020-07-13', to: '2020-07-17', new: 0, cleared: 0, other: 0, net: 0 },
  dueNext7Days: { from: '2020-07-18', to: '2020-07-24', legs: 0, units: [] },
  pace: {
    cleared: 0,
    workingDays: 20,
    from: '2020-06-18',
    to: '2020-07-17',
    perWorkingDay: '0.0',
    zeroBy: null,
    target: null,
    workingDaysToTarget: null,
    neededPerWorkingDay: null,
  },
  serious: { total: 0, rows: [] },
  untouched: [],
  relapses: { total: 0, rows: [] },
  upper: { total: 0, cleared: 0, rows: [] },
  ...over,
});
const filed = { nothingFiled: false, zeros: [] };
const pace = (over: Partial<OverviewAnswer['pace']>): OverviewAnswer['pace'] => ({ ...overview().pace, ...over });

describe('The first screen of a leader', () => {
  it('says what remains and with whom it stands', () => {
    const segments: OverviewAnswer['segments'] = [
      { holder: 'office', figure: 'underReturn', n: 1 },
      { holder: 'office', figure: 'toVerify', n: 0 },
      { holder: 'towns', figure: 'townRectifying', n: 4 },
    ];
    expect(plain(remainsSaid(overview({ remainder: 5, segments }), filed))).toBe(
      '尚余 5 件未销号：在督查办 1 件（退单待裁定 1）、在镇街 4 件（镇街整改中 4）。',
    );
  });
  it('says 无问题 where nothing was ever filed, and 清零 only with its day (R37)', () => {
    expect(plain(remainsSaid(overview(), { nothingFiled: true, zeros: [] }))).toBe('无问题：至今没有问题进入应销号。');
    const zeros = [{ kind: 'cleared' as const, reached: '2020-07-14', lost: null }];
    expect(plain(remainsSaid(overview(), { ...filed, zeros }))).toBe('销号清零：2020年7月14日 起没有未销号的问题。');
    const waiting = overview({ beside: { ...overview().beside, untriaged: 2, accepted: 1 } });
    expect(plain(remainsSaid(waiting, filed))).toBe('没有未销号的问题，但还有 3 件待研判或待交办，不算清零。');
    expect(plain(remainsSaid(overview(), filed))).toBe('没有未销号的问题。');
    expect(plain(remainsSaid(overview(), null))).toBe('没有未销号的问题。');
  });
  it('says how the week went, up, down or even', () => {
    const week = { ...overview().week, new: 5, cleared: 2 };
    expect(plain(weekSaid(overview({ week: { ...week, net: 3 } })))).toBe('本周（7月13日—7月17日）新增 5 件，销号 2 件，净增 3 件。');
    expect(plain(weekSaid(overview({ week: { ...week, net: -1, other: -4 } })))).toContain('净减 1 件');
    expect(plain(weekSaid(overview({ week })))).toContain('尚余数不变');
    expect(weekOtherSaid(overview())).toBeNull();
    const other = weekOtherSaid(overview({ week: { ...week, other: -4 } }));
    expect(other && plain(other)).toContain('减少 4 件');
  });
  it('says by when zero comes at the present pace, and nothing where there is no pace', () => {
    const said = (over: Partial<OverviewAnswer>, state = filed): string => paceSaid(overview(over), state).map(plain).join('');
    expect(said({}, { nothingFiled: true, zeros: [] })).toBe('无问题，无需推算。');
    expect(said({})).toBe('现已没有未销号的，无需推算。');
    expect(said({ remainder: 3 })).toBe(
      '近 20 个工作日没有销号的，按现在的进度无法推算何时清零。未销号的都没有今后的时限（已超期或没有时限），无法推算需要的进度。',
    );
    const going = pace({ cleared: 1, zeroBy: '2020-10-12', target: '2020-07-31', workingDaysToTarget: 10, neededPerWorkingDay: '0.3' });
    expect(said({ remainder: 3, pace: going })).toBe(
      '近 20 个工作日销号 1 件，每个工作日不到 0.1 件；按现在的进度，若不再新增，2020年10月12日 可清零。要在 2020年7月31日 最后一个时限前清零，还有 10 个工作日，每个工作日需销号 0.3 件。',
    );
    expect(said({ remainder: 9999, pace: pace({ cleared: 1, target: '2020-07-18', workingDaysToTarget: 0 }) })).toBe(
      '近 20 个工作日销号 1 件，按现在的进度很久都不能清零。最后一个时限 2020年7月18日 之前已没有整个工作日。',
    );
  });
  it('says plainly where there is nothing to say', () => {
    const all = [dueSaid, seriousSaid, relapsesSaid, upperSaid, untouchedSaid, besideSaid].map((said) => plain(said(overview())));
    expect(all).toStrictEqual([
      '未来 7 天（7月18日—7月24日）没有到期的。',
      '没有未销号的较重及以上问题。',
      '没有反弹的。',
      '没有上级反馈的问题。',
      '没有计时中而未动的条线。',
      '另列：待研判 0 件、待交办 0 件（在督查办）；转长效 0 件；线下办理 0 件。尚余中已超期 0 件。',
    ]);
  });
  it('counts the units whose time comes', () => {
    const unit = { id: 'a', name: '甲镇', board: 'town' as const, today: 1 };
    const units = [
      { ...unit, legs: 2 },
      { ...unit, id: 'b', legs: 0 },
    ];
    expect(plain(dueSaid(overview({ dueNext7Days: { ...overview().dueNext7Days, legs: 2, units } })))).toBe(
      '未来 7 天（7月18日—7月24日）到期 2 条，涉及 1 个单位。',
    );
  });
});
