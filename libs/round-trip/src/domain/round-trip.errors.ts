import { fill, rejecterFor, type Bilingual } from '@app/kernel';
import type { Reason, RoundTripState } from './round-trip.types';

/** Refusals of a workbook as a whole. */
export const ROUND_TRIP_ERRORS = {
  'workbook-unknown': {
    zh: '不是本系统导出的填报表，或者其中的校验页被删除；请重新导出后填写。',
    en: 'Not a workbook that this system made for filling in, or its check page is gone: export it again.',
  },
  'workbook-foreign': { zh: '这份填报表是另一个单位的。', en: 'This workbook is another unit’s.' },
  'workbook-without-columns': {
    zh: '找不到“问题编号”和“版本”两列，无法认出各行。',
    en: 'The columns of number and version are not there: rows cannot be recognised.',
  },
  'workbook-too-long': { zh: '超过 {max} 行，请缩小范围后分批导出。', en: 'More than {max} rows: narrow the filter and export in parts.' },
  'workbook-unsupported': { zh: '请交回 .xlsx 文件。', en: 'Send the .xlsx file back.' },
  'round-trip-not-ready': { zh: '当前状态（{state}）不能这样操作。', en: 'It is {state}; this cannot be done now.' },
  'round-trip-nothing-to-run': { zh: '没有可以办理的行。', en: 'There is no row to run.' },
  'round-trip-needs-confirmation': {
    zh: '有 {count} 行含个人号码，请确认以脱敏内容代替后再办理。',
    en: '{count} rows contain personal numbers: confirm their replacement before they run.',
  },
} as const satisfies Record<string, Bilingual>;
export type RoundTripErrorCode = keyof typeof ROUND_TRIP_ERRORS;
export const rejectRoundTrip = rejecterFor<RoundTripErrorCode>(ROUND_TRIP_ERRORS);

const STATE_WORDS: Readonly<Record<RoundTripState, Bilingual>> = {
  reading: { zh: '正在核对', en: 'being read' },
  ready: { zh: '待确认', en: 'ready' },
  running: { zh: '正在办理', en: 'running' },
  done: { zh: '已办结', en: 'done' },
  refused: { zh: '没有收下', en: 'refused' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};
/** It stands where this cannot be done. */
export const rejectState = (state: RoundTripState): never =>
  rejectRoundTrip('round-trip-not-ready', { state }, { state: STATE_WORDS[state] });

/** What is said of a row or a cell in the preview. */
export const REASONS = {
  'number-unknown': {
    zh: '没有这个编号，或者不是本单位的问题。',
    en: 'There is no such number, or the finding is not this unit’s.',
  },
  'code-does-not-fit': {
    zh: '版本列与编号不符：这一行不是从这份填报表导出的，或者被改动、复制过。',
    en: 'Version and number do not fit: the row is not of this workbook, or was changed or copied.',
  },
  'row-twice': { zh: '这一行在表中重复，第一次出现的有效。', en: 'The row appears twice; its first appearance counts.' },
  'finding-closed': {
    zh: '问题已经办结或不再办理，不接收填报。',
    en: 'The finding is closed or no longer worked on: nothing more is taken.',
  },
  'leg-not-open': { zh: '这一条线现在不在办理阶段，不再接收填报。', en: 'The leg is not being worked on now: nothing is taken.' },
  stale: {
    zh: '导出以后问题已有变动（{what}），请重新导出后再填。',
    en: 'The finding has moved on since the workbook was made ({what}): export again.',
  },
  'taken-already': { zh: '这一行的内容以前已经收过，不再重复。', en: 'What this row says was taken before; nothing is repeated.' },
  'moved-meanwhile': {
    zh: '预览以后问题又有变动，这一行没有办理。',
    en: 'The finding moved on after the preview; the row was not run.',
  },
  'cell-unreadable': { zh: '单元格是错误值，无法读取。', en: 'The cell holds an error value.' },
  'not-in-list': { zh: '不在可选值之内：{values}。', en: 'Not one of the choices: {values}.' },
  'day-unreadable': { zh: '日期无法理解，请写成 2020-07-31。', en: 'Not a date: write it as 2020-07-31.' },
  'day-in-future': { zh: '日期不能晚于今天。', en: 'The day cannot be in the future.' },
  'before-delivery': { zh: '完成日期早于交办日 {day}。', en: 'Completed before it was delivered on {day}.' },
  'text-too-long': { zh: '超过 {max} 字。', en: 'Longer than {max} characters.' },
  'not-erased': {
    zh: '已记入的内容不能用空白抹去，按未填处理。',
    en: 'What is on record is not erased by a blank: taken as not filled in.',
  },
  'clearance-never-taken': {
    zh: '销号由督查办按程序办理，不从表格接收。',
    en: 'Clearance is the office’s procedure and is never taken from a sheet.',
  },
  'locked-cell': { zh: '这一格不接收改动，按系统内的内容。', en: 'This cell takes no changes; what the system holds stays.' },
  'column-unknown': { zh: '不是填报表的列，不接收。', en: 'Not a column of the workbook: not taken.' },
  'item-unknown': { zh: '没有这项明细。', en: 'There is no such item.' },
  guides: { zh: '指导单位只填“进展情况”，作为政策口径。', en: 'A guiding unit fills in 进展情况 alone, as its guidance.' },
  'only-when-done': { zh: '只在完成情况为“已完成”时填写。', en: 'Filled in only where 完成情况 is 已完成.' },
  'not-when-done': { zh: '报已完成时不填这一格。', en: 'Not filled in where 完成情况 is 已完成.' },
  'only-when-basically': { zh: '只在完成情况为“基本完成”时填写。', en: 'Filled in only where 完成情况 is 基本完成.' },
  'needs-progress': { zh: '须填写进展情况。', en: '进展情况 is required.' },
  'needs-measures': { zh: '须填写整改措施。', en: '整改措施 is required.' },
  'needs-plan': {
    zh: '整改措施、整改责任人、计划完成日期须填全。',
    en: '整改措施, 整改责任人 and 计划完成日期 are required together.',
  },
  'needs-completed-on': { zh: '报已完成须填完成日期。', en: '已完成 needs 完成日期.' },
  'needs-remains': { zh: '基本完成须写明剩余事项和完成期限。', en: '基本完成 says what remains and by when.' },
  'needs-because': { zh: '申请延期须写明原因。', en: 'An extension needs its reason.' },
} as const satisfies Record<string, Bilingual>;
export type ReasonCode = keyof typeof REASONS;

export const reason = (code: ReasonCode, params: Readonly<Record<string, string | number>> = {}): Reason => ({
  code,
  ...fill(REASONS[code], params),
});
