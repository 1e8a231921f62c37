import { rejecterFor, type Bilingual } from '@app/kernel';
import type { SelectionState } from './selection.types';

/** Every refusal of a selection, and what one says of a single row: a stable code and a sentence in both languages. */
export const SELECTION_ERRORS = {
  'selection-unknown': { zh: '没有这个批量办理。', en: 'There is no such selection.' },
  'selection-too-large': {
    zh: '一次最多办理 {max} 行，请缩小范围后分批办理。',
    en: 'At most {max} rows at once: narrow the filter and work in parts.',
  },
  'selection-empty': { zh: '没有选到任何行。', en: 'No row was selected.' },
  'selection-not-ready': { zh: '批量办理当前状态（{state}）不能这样操作。', en: 'The selection is {state}; this cannot be done now.' },
  'selection-nothing-to-run': { zh: '没有可以办理的行。', en: 'There is no row that could be done.' },
  'selection-exception-stray': { zh: '例外里有不在本批中的行。', en: 'An exception names a row that is not in the selection.' },
  'selection-cancelled': { zh: '批量办理已经取消。', en: 'The selection was cancelled.' },
  'selection-blocked': {
    zh: '抽查有一件不合格，整批不得核查。请把不合格的退回整改，其余另行办理。',
    en: 'A sample failed, so nothing of this batch is verified. Send the failed one back and select the others anew.',
  },
  'selection-not-in-sample': { zh: '这个问题不在抽查样本中。', en: 'This finding is not in the sample.' },
  'selection-sample-judged': { zh: '这个样本已经作出结论。', en: 'This sample was judged already.' },
  'selection-text-required': { zh: '请填写抽查情况。', en: 'Say what the check of the sample showed.' },
  'selection-needs-sample': {
    zh: '批量核查须先抽查，不能随表格办理。',
    en: 'Verifying in bulk needs a drawn sample; it cannot come with a workbook.',
  },
  'row-changed': { zh: '预览之后有了新的变化，请看过再办。', en: 'It has changed since the preview; look again before you decide.' },
  'row-forbidden': { zh: '您没有权限办理这一步。', en: 'You are not allowed to take this step.' },
  'row-contested': { zh: '同时有多人在办理，请稍后再办。', en: 'Too many people are at it at once; try again later.' },
  'row-link-to-itself': { zh: '不能与自己并案。', en: 'A finding cannot be linked to itself.' },
  'row-link-absent': { zh: '没有要并入的问题。', en: 'There is no such finding to link to.' },
} as const satisfies Record<string, Bilingual>;

export type SelectionErrorCode = keyof typeof SELECTION_ERRORS;
export const reject = rejecterFor<SelectionErrorCode>(SELECTION_ERRORS);

const STATE_WORDS: Readonly<Record<SelectionState | 'absent' | 'opened', Bilingual>> = {
  absent: { zh: '尚未确认', en: 'not confirmed yet' },
  opened: { zh: '已确认', en: 'confirmed' },
  preparing: { zh: '正在核对', en: 'being looked at' },
  ready: { zh: '待确认', en: 'ready' },
  sampling: { zh: '抽查中', en: 'being sampled' },
  running: { zh: '正在办理', en: 'running' },
  done: { zh: '已办结', en: 'done' },
  blocked: { zh: '抽查不合格', en: 'blocked' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};
/** It stands where this cannot be done. */
export const rejectState = (state: keyof typeof STATE_WORDS): never =>
  reject('selection-not-ready', { state }, { state: STATE_WORDS[state] });
