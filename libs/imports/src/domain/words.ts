import type { DraftRow, DraftSubject } from './draft-row';
import { bare, tidy } from './text';

const firstOf = <T>(table: readonly (readonly [RegExp, T])[], text: string): T | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1];

export const seriousnessOf = (text: string): DraftRow['seriousness'] | undefined =>
  firstOf(
    [
      [/(重大|特别严重|非常严重|红色|一级|高风险)/, 'major'],
      [/(较重|较大|严重|重要|橙色|二级|中风险)/, 'serious'],
      [/(一般|轻微|较轻|普通|蓝色|黄色|三级|四级|低风险)/, 'ordinary'],
    ],
    bare(text),
  );

export const rectificationOf = (text: string): DraftRow['rectification'] | undefined =>
  firstOf(
    [
      [/(立行立改|即知即改|立即|马上|当场|即行即改|立整立改)/, 'immediate'],
      [/(分阶段|持续|长期|坚持|分步|常态)/, 'staged'],
      [/(限期|限时|按期|定期)/, 'time-limited'],
    ],
    bare(text),
  );

export const mannerOf = (text: string): DraftRow['manner'] | undefined =>
  firstOf(
    [
      [/(四不两直|暗访|突击)/, 'unannounced'],
      [/(入户|走访|遍访)/, 'household'],
      [/(比对|数据|系统)/, 'data'],
      [/(资料|档案|阅卷|台账|查阅)/, 'documents'],
      [/(实地|现场|查看|抽查|检查|督查|督导|核查)/, 'on-site'],
    ],
    bare(text),
  );

export const natureOf = (text: string): DraftRow['nature'] | undefined =>
  firstOf(
    [
      [/(共性|普遍|^是$)/, 'common'],
      [/(个性|个别|^否$)/, 'single'],
    ],
    bare(text),
  );

/** Totals and their like: never a finding. */
export const isTotal = (first: string): boolean => /^(合计|总计|小计|共计|累计|汇总|总数)/.test(bare(first));
/** What people write under a table. */
export const isFootnote = (text: string): boolean => /^(注|备注|说明|填报|填表|制表|审核|单位负责人|联系人|联系电话|报送)/.test(bare(text));
/** `一、住房安全方面`: a heading over the rows that follow, without its number; null when the text is none. */
export const headingOf = (text: string): string | null => {
  const match = /^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+[类部项]分?[、.:]?)\s*(.+)$/.exec(
    tidy(text),
  );
  return match?.[1]?.replace(/(方面|类|问题)*([(（].*[)）])?[:：]?$/, '') ?? null;
};

/** What kind of thing the 涉及对象 is. A short name without any other sign is a household: the careful reading, since it is masked. */
export const subjectOf = (text: string, title: string): DraftSubject | null => {
  const name = tidy(text).replaceAll('\n', '、');
  if (name === '') return null;
  if (/\d+\s*(户|人|处|个|名|家|套|间)/.test(name)) return { kind: 'other', name };
  if (/(村|社区|居委会)$/.test(name)) return { kind: 'village', name };
  if (/(项目|工程|基地|大棚|电站|车间)/.test(name)) return { kind: 'project', name };
  if (/(局|委|办|中心|公司|学校|小学|中学|医院|卫生院|卫生室|合作社|企业|厂|站|所|镇|街道|银行|处|部)$/.test(name))
    return { kind: 'unit', name };
  if (/^[\p{Script=Han}·]{2,5}户?$/u.test(name) || /[、,]/.test(name)) {
    return { kind: /(人员|姓名|学生|残疾)/.test(title) && !/户/.test(title + name) ? 'person' : 'household', name };
  }
  return { kind: 'other', name };
};
