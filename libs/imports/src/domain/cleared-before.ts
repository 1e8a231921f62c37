import type { LocalDate } from '@app/kernel';
import { understandTitle, type Field } from './columns';
import { readDate, type DateContext } from './dates';
import type { CellValue } from './sheet';
import { bare } from './text';

/** A filled cell of a row, with what its column means; null where the column was not given a meaning of its own. */
export type StatusCell = Readonly<{ title: string; field: Field | null; value: CellValue; text: string }>;
/** `said` in the words of the sheet: `是否销号：是`. `on` is null where no day is given. */
export type ClearedBefore = Readonly<{ on: LocalDate | null; said: string }>;

/** Closed lists: whatever else stands there clears nothing. */
const YES = new Set([
  '是',
  '已',
  '已销号',
  '销号',
  '完成销号',
  '已完成销号',
  '同意销号',
  '予以销号',
  '已办结',
  '办结',
  '已结案',
  '结案',
  '已办结销号',
  '已整改销号',
]);
/** Of a column that tells how far the work is: only words that say the clearance itself; a claim to be done is none (R30). */
const COMPLETION_YES = new Set(['已销号', '完成销号', '已完成销号', '已办结销号', '已整改销号', '已结案', '已办结']);
const TICKS = /^[√✓✔]$/u;

const fieldOf = ({ title, field }: Pick<StatusCell, 'title' | 'field'>): Field | null =>
  field ?? understandTitle(title.split(' / ').at(-1) ?? title).field;
/** Whether a column has any say in it. */
export const tellsOfClearance = (column: Pick<StatusCell, 'title' | 'field'>): boolean =>
  ['cleared', 'completion', 'completedOn'].includes(fieldOf(column) ?? '');
const dayOf = ({ value }: StatusCell, dates: DateContext): LocalDate | null => {
  const read = readDate(value, dates);
  return read.kind === 'day' && read.assumed !== 'reading' ? read.day : null;
};

/**
 * Whether a row says in its own columns that it was cleared before it came here, and on which day. Columns about the clearance go
 * first; one that says no, or says anything that is not known, settles it.
 */
export const clearedBefore = (cells: readonly StatusCell[], dates: DateContext): ClearedBefore | null => {
  const clearance = cells.filter((cell) => fieldOf(cell) === 'cleared');
  const days = clearance.map((cell) => dayOf(cell, dates));
  const says = (cell: StatusCell, i: number): boolean =>
    (days[i] ?? null) !== null || YES.has(bare(cell.text)) || TICKS.test(cell.text.trim());
  const completion = cells.filter((cell) => fieldOf(cell) === 'completion' && COMPLETION_YES.has(bare(cell.text)));
  const telling = clearance.length > 0 ? clearance : completion;
  if (telling.length === 0 || !clearance.every(says)) return null;
  const completed = cells.filter((cell) => fieldOf(cell) === 'completedOn').map((cell) => dayOf(cell, dates));
  const on = [...days, ...completed].find((day) => day !== null) ?? null;
  return { on, said: telling.map(({ title, text }) => `${title}：${text}`).join('；') };
};
