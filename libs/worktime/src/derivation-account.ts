import { assertNever, localDateOf, localTimeOf, type Instant, type LocalDate } from '@app/kernel';
import type { DerivationStep, DueSource, DueTime, PauseGround } from './due-time';
import type { ExtensionLevel, RuleUnit } from './rule-book';

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
      return `按规则 ${step.ruleId} 第${String(step.ruleVersion)}版，${String(step.days)} ${UNITS[step.unit]}`;
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
      return `工作日历由 ${step.oldVersion} 改为 ${step.newVersion}，重新计算`;
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
