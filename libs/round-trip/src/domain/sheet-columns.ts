/** The workbook made for filling in: what its columns are called, explain and take. Titles find the columns when it comes back. */
export const LEGS_SHEET = '整改台账';
export const ITEMS_SHEET = '明细答复';
/** Hidden: which workbook this is. */
export const ABOUT_SHEET = '_qingling';

export const COMPLETIONS = ['进行中', '基本完成', '已完成'] as const;
export type Completion = (typeof COMPLETIONS)[number];
export const ITEM_ANSWERS = { 已办结: 'done', 查否: 'untrue', 无法办理: 'cannot' } as const;

/** `width` in characters. */
export type LockedColumn = Readonly<{ title: string; width: number; note?: string }>;
export type FilledColumn = LockedColumn & Readonly<{ kind: 'text' | 'day' | 'choice'; most?: number; note: string }>;

export const LEG_LOCKED = {
  number: { title: '问题编号', width: 18 },
  version: { title: '版本', width: 24, note: '系统用来认出这一行和它的版本，请勿改动、请勿复制到别的行。' },
  unit: { title: '责任单位', width: 16 },
  duty: { title: '承担方式', width: 9 },
  town: { title: '镇街', width: 12 },
  category: { title: '类别', width: 16 },
  subject: { title: '对象', width: 12 },
  text: { title: '问题描述', width: 44 },
  stage: { title: '状态', width: 10 },
  due: { title: '整改期限', width: 17 },
  items: { title: '明细（未答/总数）', width: 10 },
} as const satisfies Record<string, LockedColumn>;
export type LegLocked = keyof typeof LEG_LOCKED;

export const LEG_FILLED = {
  measures: { title: '整改措施', width: 36, kind: 'text', most: 2000, note: '改动后作为整改方案记入；报已完成时作为所采取的措施。' },
  responsible: { title: '整改责任人', width: 14, kind: 'text', most: 100, note: '整改方案的责任人：岗位或姓名。' },
  targetOn: { title: '计划完成日期', width: 14, kind: 'day', note: '整改方案的目标日期，写成 2020-07-31。' },
  progress: {
    title: '进展情况',
    width: 40,
    kind: 'text',
    most: 2000,
    note: '改动后作为新的进展记入，不覆盖以前的进展；指导单位在此填写政策口径。',
  },
  completion: {
    title: '完成情况',
    width: 12,
    kind: 'choice',
    note: '从下拉框选。基本完成仍是未完成，须填剩余事项和期限；已完成即报完成（待复核），须先在系统里传好佐证。销号由督查办办理，这里填了无效。',
  },
  completedOn: { title: '完成日期', width: 14, kind: 'day', note: '只在已完成时填；不早于交办日，不晚于今天。' },
  effect: { title: '整改成效', width: 30, kind: 'text', most: 2000, note: '只在已完成时填；不填则以进展情况代替。' },
  because: { title: '未完成原因（剩余事项）', width: 30, kind: 'text', most: 2000, note: '基本完成时写剩余事项；申请延期时写原因。' },
  remainsBy: { title: '剩余事项完成期限', width: 14, kind: 'day', note: '只在基本完成时填。' },
  extendTo: { title: '申请延期至', width: 14, kind: 'day', note: '填了即提出延期申请，由督查办审批；须在期限之前提出，须写原因和进展。' },
} as const satisfies Record<string, FilledColumn>;
export type LegFilled = keyof typeof LEG_FILLED;

export const ITEM_LOCKED = {
  number: LEG_LOCKED.number,
  version: LEG_LOCKED.version,
  order: { title: '明细序号', width: 9 },
  itemSubject: { title: '明细对象', width: 14 },
  itemText: { title: '明细内容', width: 44 },
} as const satisfies Record<string, LockedColumn>;
export type ItemLocked = keyof typeof ITEM_LOCKED;

export const ITEM_FILLED = {
  answer: { title: '答复', width: 12, kind: 'choice', note: '从下拉框选：已办结、查否、无法办理。' },
  basis: { title: '依据或原因', width: 36, kind: 'text', most: 500, note: '无法办理的必须写明。' },
} as const satisfies Record<string, FilledColumn>;
export type ItemFilled = keyof typeof ITEM_FILLED;

export type FilledField = LegFilled | ItemFilled;
export const LEG_LOCKED_FIELDS = Object.keys(LEG_LOCKED) as readonly LegLocked[];
export const LEG_FILLED_FIELDS = Object.keys(LEG_FILLED) as readonly LegFilled[];
export const ITEM_LOCKED_FIELDS = Object.keys(ITEM_LOCKED) as readonly ItemLocked[];
export const ITEM_FILLED_FIELDS = Object.keys(ITEM_FILLED) as readonly ItemFilled[];

/** A column that would say that a finding is cleared, whatever people call it. It is never taken from a sheet (R29). */
export const saysClearance = (title: string): boolean =>
  /(销号|整改到位|是否到位|是否办结|办结情况|是否整改|整改状态|是否完成)/.test(title);
