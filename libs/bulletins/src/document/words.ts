import type { LocalDate } from '@app/kernel';
import type { BulletinContent, BulletinSection, FrozenScope } from '../domain/bulletin.types';

/** Rows of towns and departments count legs, all others findings; the two are never added (R31). */
export const countsLegs = (scope: FrozenScope): boolean => scope === 'town' || scope === 'department';

const FIGURES: Readonly<Record<string, string>> = {
  found: '已发现',
  untriaged: '待研判',
  accepted: '待交办',
  placeholders: '线下办理',
  dismissed: '查否',
  withdrawn: '撤销',
  linked: '并案',
  toClear: '应销号',
  toClearImmediate: '应销号（立行立改）',
  cameToClear: '曾进入应销号',
  cleared: '已销号',
  open: '未销号',
  longTerm: '转长效',
  underReturn: '退单待裁定',
  inReview: '待复核',
  overdue: '超期',
  serious: '较重及以上未销号',
  extended: '已延期',
  relapses: '反弹',
  upper: '上级反馈',
  upperCleared: '上级已销号',
  due: '期内应结',
  closed: '期内结案',
  closedWithImmediate: '期内销号（含立行立改）',
  closedOnTime: '按期结案',
  extendedDue: '应结中已延期',
  stillDue: '到期未结',
  carriedOverAtStart: '期初结转超期',
  carriedOver: '结转超期仍未结',
  closedByLateEntry: '补录结案',
  lateEntries: '补录',
  offlineCaptures: '离线采集',
  checked: '已回头看',
  relapsed: '回头看中反弹',
};
const LEGS: Readonly<Record<string, string>> = {
  waiting: '待研判',
  owed: '应整改',
  passed: '整改通过',
  open: '未通过',
  inReview: '待复核',
  sentBack: '被退回过',
  closed: '期内通过',
  closedOnTime: '按期通过',
  stillDue: '到期未通过',
};
const RATES: Readonly<Record<string, string>> = {
  clearance: '销号率',
  clearanceWithImmediate: '销号率（含立行立改）',
  passing: '整改通过率',
  passingWithImmediate: '整改通过率（含立行立改）',
  closing: '期内结案率',
  onTime: '按期率',
  onTimeByOriginal: '按原时限按期率',
  extension: '延期率',
  sendingBack: '返工率',
  relapse: '反弹率',
};
export const figureWord = (scope: FrozenScope, figure: string): string =>
  (countsLegs(scope) ? LEGS[figure] : undefined) ?? FIGURES[figure] ?? figure;
export const rateWord = (rate: string): string => RATES[rate] ?? rate;

/** What a rate divides by what, printed under the tables that show it. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  clearance: '销号率 = 已销号 ÷ 应销号，不含立行立改',
  clearanceWithImmediate: '销号率（含立行立改）= 已销号 ÷ 应销号',
  passing: '整改通过率 = 整改通过 ÷ 应整改，按条线计，不含立行立改',
  passingWithImmediate: '整改通过率（含立行立改）= 整改通过 ÷ 应整改',
  closing: '期内结案率 = 期内结案 ÷ 期内应结',
  onTime: '按期率 = 按期结案 ÷ 期内应结，按有效时限',
  onTimeByOriginal: '按原时限按期率 = 按最初时限按期结案 ÷ 按最初时限应结；过期后才批的延期不改变超期',
  extension: '延期率 = 期内应结中已延期 ÷ 期内应结',
  sendingBack: '返工率 = 期内应结中被退回过 ÷ 期内应结',
  relapse: '反弹率 = 反弹 ÷ 已回头看的销号件，按销号月份归属，分母即样本数',
};
export const definitionsOf = (rates: readonly string[]): string => rates.flatMap((rate) => DEFINITIONS[rate] ?? []).join('；');

export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  upper: '上级反馈',
  inspection: '督导检查',
  self: '自查',
  data: '数据比对',
  leader: '领导交办',
  other: '其他',
};
export const SECTION_TITLES: Readonly<Record<BulletinSection, string>> = {
  overall: '一、总体情况',
  towns: '二、镇街情况',
  departments: '三、部门情况',
  problems: '四、存在问题',
  next: '五、下步要求',
};

export const dayText = (day: LocalDate): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${String(Number(month))}月${String(Number(date))}日`;
};
/** `2020年第3期`. */
export const issueLabel = ({ year, number }: Pick<BulletinContent, 'year' | 'number'>): string => `${String(year)}年第${String(number)}期`;
/** `第3期（总第12期）`, as it stands in the head. */
export const issueNumber = ({ year, number, total }: Pick<BulletinContent, 'year' | 'number' | 'total'>): string =>
  `${issueLabel({ year, number })}（总第${String(total)}期）`;
