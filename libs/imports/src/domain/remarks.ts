import { fill, type Bilingual } from '@app/kernel';

/** What is said about a cell. An error keeps its row out; a warning does not; a note only tells. */
export type RemarkLevel = 'error' | 'warning' | 'note';
export type Remark = Readonly<{
  code: RemarkCode;
  level: RemarkLevel;
  /** `F12`; the row's first cell when the row as a whole is meant. */
  address: string;
  text: Bilingual;
  /** Nearest known names, when something was not recognised. */
  proposals: readonly string[];
}>;

const TABLE = {
  'text-missing': { level: 'error', zh: '没有问题表述', en: 'The problem is not described' },
  'text-too-long': { level: 'error', zh: '内容超过 {max} 字', en: 'Longer than {max} characters' },
  'cell-error': { level: 'error', zh: '单元格是错误值 {value}', en: 'The cell holds the error value {value}' },
  'number-twice': {
    level: 'error',
    zh: '编号“{number}”在本表中重复（又见 {other}）',
    en: 'Number "{number}" appears twice in this sheet (also at {other})',
  },
  'unit-unknown': { level: 'error', zh: '未识别的单位“{name}”', en: 'Unknown unit "{name}"' },
  'unit-ambiguous': { level: 'error', zh: '“{name}”可能是几个单位，请选定', en: '"{name}" could be several units; choose one' },
  'due-unreadable': { level: 'error', zh: '整改时限“{value}”无法理解', en: 'The deadline "{value}" cannot be read' },
  'personal-number': {
    level: 'warning',
    zh: '含个人号码（{kinds}），将以“{masked}”代替，提交时须确认',
    en: 'Contains a personal number ({kinds}); it will be replaced by "{masked}" once confirmed at commit',
  },
  'place-unknown': { level: 'warning', zh: '未识别的地点“{name}”，按原文保留', en: 'Unknown place "{name}"; kept as written' },
  'place-ambiguous': { level: 'warning', zh: '“{name}”有多处同名，按原文保留', en: '"{name}" exists in several places; kept as written' },
  'category-unknown': { level: 'error', zh: '未识别的类别“{name}”，请选定', en: 'Unknown category "{name}"; choose one' },
  'category-missing': { level: 'error', zh: '没有类别，请选定', en: 'No category; choose one' },
  'place-missing': { level: 'error', zh: '没有所在镇街，也没有责任单位，请选定', en: 'Neither a town nor a responsible unit; choose one' },
  'unit-missing': { level: 'warning', zh: '没有责任单位，留待研判', en: 'No responsible unit; left to triage' },
  'single-leg': { level: 'note', zh: '只列了一个责任单位，按单线办理', en: 'Only one responsible unit is named: a single leg' },
  'further-departments': { level: 'note', zh: '“{names}”列为配合单位', en: '"{names}" taken as assisting units' },
  'several-towns': {
    level: 'note',
    zh: '涉及 {count} 个镇街，将分为主件和子件',
    en: 'Touches {count} towns: a parent with a child for each',
  },
  'year-assumed': {
    level: 'warning',
    zh: '日期没有年份，按清单年份理解为 {day}',
    en: 'No year given; read with the year of the list as {day}',
  },
  'date-assumed': { level: 'warning', zh: '“{value}”理解为 {day}', en: '"{value}" read as {day}' },
  'date-unreadable': {
    level: 'warning',
    zh: '日期“{value}”无法理解，按原文保留',
    en: 'The date "{value}" cannot be read; kept as written',
  },
  'found-after-list': { level: 'error', zh: '发现日期 {day} 晚于清单日期', en: 'Found on {day}, after the date of the list' },
  'due-before-list': { level: 'warning', zh: '整改时限 {day} 早于清单日期', en: 'The deadline {day} lies before the date of the list' },
  'due-missing': { level: 'note', zh: '没有整改时限，按规则计算', en: 'No deadline; it will follow from the rule' },
  'due-duration': {
    level: 'warning',
    zh: '时限“{value}”是期间，送达后按规则计算',
    en: 'The deadline "{value}" is a duration; the rule will set the date',
  },
  'immediate-proposed': { level: 'note', zh: '“{value}”：建议立行立改', en: '"{value}": proposed as rectified at once' },
  'staged-proposed': { level: 'note', zh: '“{value}”：建议分阶段整改', en: '"{value}": proposed as staged' },
  'severity-unknown': {
    level: 'warning',
    zh: '严重程度“{value}”无法理解，按一般处理',
    en: 'Unknown severity "{value}"; taken as ordinary',
  },
  'kind-unknown': {
    level: 'warning',
    zh: '整改类型“{value}”无法理解，按限期处理',
    en: 'Unknown kind of rectification "{value}"; taken as time-limited',
  },
  'says-cleared': {
    level: 'note',
    zh: '表中写明已销号（{said}），提交时可选作历史结转',
    en: 'The sheet says it was cleared ({said}); at commit it can be carried over',
  },
  'already-known': { level: 'note', zh: '已登记过，跳过', en: 'Already filed; skipped' },
  'differs-from-filed': {
    level: 'warning',
    zh: '与已登记的内容不同（{fields}），不作改动',
    en: 'Differs from what was filed ({fields}); nothing is changed',
  },
} as const satisfies Record<string, Bilingual & { level: RemarkLevel }>;
export type RemarkCode = keyof typeof TABLE;

export const remark = (
  code: RemarkCode,
  address: string,
  params: Readonly<Record<string, string | number>> = {},
  proposals: readonly string[] = [],
): Remark => {
  const { level, zh, en } = TABLE[code];
  return { code, level, address, text: fill({ zh, en }, params), proposals };
};
