import { assertNever, localDateOf, localTimeOf, type Instant, type LocalDate } from '@app/kernel';
import type { DerivationStep, DueSource, DueTime, PauseGround } from './due-time';
import { DEFAULT_RULES, type DeadlineRuleKind, type ExtensionLevel, type RuleUnit } from './rule-book';

/** `2020年4月21日`. */
const dayWords = (day: LocalDate): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${String(year)}年${String(month)}月${String(date)}日`;
};
const momentWords = (at: Instant): string => `${dayWords(localDateOf(at))} ${localTimeOf(at)}`;

const SOURCES: Readonly<Record<DueSource, string>> = {
  upper: '上级时限',
  instruction: '批示时限',
  'list-row': '清单时限',
  rule: '规则时限',
};
const UNITS: Readonly<Record<RuleUnit, string>> = { working: '个工作日', natural: '个自然日', hours: '小时（昼夜连续计算）' };
const STOOD: Readonly<Record<PauseGround, string>> = { 'under-review': '报送复核', 'under-return': '退单待裁定', granted: '经批准' };

/** Of the rules that give a due time; the others say how far somebody may go. */
const RULES: Readonly<Partial<Record<DeadlineRuleKind, string>>> = {
  triage: '研判时限',
  sign: '签收时限',
  rectify: '整改时限',
  guide: '政策口径时限',
  review: '复核时限',
  verify: '核查时限',
  ruling: '裁定时限',
  'staged-check': '阶段检查间隔',
  instruction: '批示回复时限',
};
/** `“整改时限”（rectify）`; a rule that an administrator added has the name they gave it and no other. */
const ruleWords = (id: string): string => {
  const kind = DEFAULT_RULES.find((rule) => rule.id === id)?.kind;
  const name = kind === undefined ? undefined : RULES[kind];
  return name === undefined ? ` ${id} ` : `“${name}”（${id}）`;
};

/** `2021年第1版` for `2021:1`, `2020年至2021年暂定` for `2020-2021:p`. */
const calendarWords = (version: string): string =>
  version
    .split(',')
    .map((run) => {
      const [years = '', edition = ''] = run.split(':');
      const span = years
        .split('-')
        .map((year) => `${year}年`)
        .join('至');
      return `${span}${edition === 'p' ? '暂定' : `第${edition}版`}`;
    })
    .join('、');

const EXTENDERS: Readonly<Record<ExtensionLevel, string>> = { office: '督查办', 'office-head': '督查办主任', leader: '分管领导' };

/** `报送复核期间停表`, `经批准停表（诉讼：鲁0283民初1号）`. */
const stoodWords = (because: PauseGround, reference: string | undefined): string =>
  `${STOOD[because]}${because === 'granted' ? '' : '期间'}停表${reference === undefined ? '' : `（${reference}）`}`;

/** Whole hours and minutes, as long as a clock in hours stood. */
const lengthWords = (from: Instant, to: Instant): string => {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  return `${String(Math.floor(minutes / 60))} 小时 ${String(minutes % 60)} 分`;
};

const stepWords = (step: DerivationStep): string => {
  switch (step.kind) {
    case 'delivered':
      return `${momentWords(step.at)} 送达，从${dayWords(step.countsFrom)}起算`;
    case 'rule':
      return `按规则${ruleWords(step.ruleId)}第${String(step.ruleVersion)}版，${String(step.days)} ${UNITS[step.unit]}`;
    case 'skipped':
      return step.from === step.to
        ? `${dayWords(step.from)} ${step.name}，不计`
        : `${step.name}放假，${dayWords(step.from)}至${dayWords(step.to)}不计`;
    case 'given':
      return `${SOURCES[step.source]}（${step.reference}）：${dayWords(step.due)}`;
    case 'inner':
      return `上级时限${dayWords(step.upperDue)}，内部提前 ${String(step.earlierBy)} 个工作日`;
    case 'paused':
      return `${dayWords(step.from)}至${dayWords(step.to)}${stoodWords(step.because, step.reference)}，顺延 ${String(step.days)} 个工作日`;
    case 'stood':
      return `${momentWords(step.from)}至${momentWords(step.to)}${stoodWords(step.because, step.reference)}，顺延 ${lengthWords(step.from, step.to)}`;
    case 'extended':
      return `${step.grantedBy === undefined ? '' : `经${EXTENDERS[step.grantedBy]}批准，`}延期至${dayWords(step.until)}（${step.reference}）`;
    case 'calendar':
      return `工作日历由${calendarWords(step.oldVersion)}改为${calendarWords(step.newVersion)}，重新计算`;
    default:
      return assertNever(step);
  }
};

/** 期限溯源: how a due time came about, step by step in words and numbers, and at the end what follows from it. */
export const derivationAccount = (due: DueTime): readonly string[] => [
  ...due.steps.map(stepWords),
  ...(due.provisional ? ['相关年度的放假安排尚未公布，期限为暂定'] : []),
  `期限：${momentWords(due.at)}`,
];
