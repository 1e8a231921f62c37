import { addressOf, bare, plainText, readDate, runningText, type CellValue, type Sheet } from '@app/imports';
import { textOfSheet, type LocalDate } from '@app/kernel';
import { redact } from '@app/privacy';
import type { GivenCell, GivenItem, GivenRow } from '../domain/given-row';
import { rejectRoundTrip } from '../domain/round-trip.errors';
import {
  ABOUT_SHEET,
  ITEM_FILLED,
  ITEM_LOCKED,
  ITEMS_SHEET,
  LEG_FILLED,
  LEG_LOCKED,
  type FilledColumn,
  type LockedColumn,
} from '../domain/sheet-columns';
import { MOST_ROWS, MOST_SHEET_ROWS } from './limits';
import type { WorkbookIdentity } from './row-codes';

/** The first rows in which the titles may stand. */
const HEAD_ROWS = 30;

/** A row as it was sent: what it says of itself, not yet believed. */
export type SentRow = Readonly<{ sheetRow: number | null; number: string; version: string; given: GivenRow }>;
export type SentItem = Readonly<{ number: string; version: string; given: Omit<GivenItem, 'order'> }>;
export type SentWorkbook = Readonly<{
  identity: WorkbookIdentity;
  exportedAt: string;
  rows: readonly SentRow[];
  items: readonly SentItem[];
}>;

type Placed = Readonly<{ sheet: Sheet; head: number; columns: ReadonlyMap<string, number>; prefix: string }>;
type Columns = Readonly<Record<string, LockedColumn>>;

/** Where the titles stand; null in a sheet without number and version. */
const placed = (sheet: Sheet, prefix: string): Placed | null => {
  for (const row of sheet.rows.slice(0, HEAD_ROWS)) {
    const titles = row.cells.map((cell) => bare(plainText(cell)));
    if (!titles.includes(LEG_LOCKED.number.title) || !titles.includes(LEG_LOCKED.version.title)) continue;
    const columns = new Map<string, number>();
    for (const [i, title] of titles.entries()) if (title !== '' && !columns.has(title)) columns.set(title, i);
    return { sheet, head: row.number, columns, prefix };
  }
  return null;
};

/** Replaced where it is free text of somebody: what the system itself wrote holds none. */
const given = (value: CellValue, address: string, column: LockedColumn | FilledColumn, today: LocalDate, date1904: boolean): GivenCell => {
  const broken = typeof value === 'object' && value !== null && 'error' in value;
  const kind = 'kind' in column ? column.kind : null;
  const typed = runningText(textOfSheet(plainText(value))).replace(/\p{Cs}/gu, '');
  const read = kind === 'day' && !broken ? readDate(value, { listDate: today, date1904 }) : null;
  // A day is what was written as one: a guessed year is nobody's word.
  const day = read?.kind === 'day' && read.assumed === null ? read.day : null;
  const text = kind === null ? typed : redact(typed);
  return { address, title: column.title, text: day ?? text, day, broken, personal: text !== typed };
};

const pick = <F extends string>(
  columns: Readonly<Record<F, LockedColumn | FilledColumn>>,
  at: Placed,
  row: Sheet['rows'][number],
  today: LocalDate,
): Partial<Record<F, GivenCell>> => {
  const found: Partial<Record<F, GivenCell>> = {};
  for (const [field, column] of Object.entries<LockedColumn | FilledColumn>(columns) as [F, LockedColumn | FilledColumn][]) {
    const i = at.columns.get(bare(column.title));
    if (i === undefined) continue;
    const address = `${at.prefix}${addressOf(row.number, i + 1)}`;
    found[field] = given(row.cells[i] ?? null, address, column, today, at.sheet.date1904);
  }
  return found;
};

const others = (known: Columns, at: Placed, row: Sheet['rows'][number], today: LocalDate): readonly GivenCell[] => {
  const titles = new Set(Object.values(known).map(({ title }) => bare(title)));
  return [...at.columns].flatMap(([title, i]) => {
    const address = `${at.prefix}${addressOf(row.number, i + 1)}`;
    const cell = given(row.cells[i] ?? null, address, { title, width: 0, kind: 'text', note: '' }, today, at.sheet.date1904);
    return titles.has(title) || cell.text === '' ? [] : [cell];
  });
};

const rowsBelow = (at: Placed, most: number): Sheet['rows'] => {
  const rows = at.sheet.rows.filter((row) => row.number > at.head && row.cells.some((cell) => plainText(cell).trim() !== ''));
  return rows.length > most ? rejectRoundTrip('workbook-too-long', { max: most }) : rows;
};
const said = (cell: GivenCell | undefined): string => cell?.text ?? '';

/**
 * The sheets of a workbook that came back as rows that were sent. Columns are found by their titles, in whatever order they stand now.
 * Errors: workbook-unknown, workbook-without-columns, workbook-too-long.
 */
export const readFilled = (sheets: readonly Sheet[], today: LocalDate): SentWorkbook => {
  const about = sheets.find(({ name }) => name === ABOUT_SHEET);
  const facts = new Map((about?.rows ?? []).map(({ cells }) => [plainText(cells[0] ?? null), plainText(cells[1] ?? null)]));
  const [workbookId, unitId, exportedAt] = [facts.get('workbook'), facts.get('unit'), facts.get('at')];
  if (workbookId === undefined || unitId === undefined || exportedAt === undefined) return rejectRoundTrip('workbook-unknown');
  const itemSheet = sheets.find(({ name }) => name === ITEMS_SHEET);
  const legSheet = sheets.find((sheet) => sheet !== about && sheet !== itemSheet && placed(sheet, '') !== null);
  const legs = legSheet === undefined ? null : placed(legSheet, '');
  if (legs === null) return rejectRoundTrip('workbook-without-columns');
  const items = itemSheet === undefined ? null : placed(itemSheet, `${ITEMS_SHEET}!`);
  const rows = rowsBelow(legs, MOST_ROWS).map((row): SentRow => {
    const locked = pick(LEG_LOCKED, legs, row, today);
    const rest = others({ ...LEG_LOCKED, ...LEG_FILLED }, legs, row, today);
    return {
      sheetRow: row.number,
      number: said(locked.number),
      version: said(locked.version),
      given: { locked, filled: pick(LEG_FILLED, legs, row, today), others: rest, items: [] },
    };
  });
  const sentItems = (items === null ? [] : rowsBelow(items, MOST_SHEET_ROWS).map((row) => ({ at: items, row }))).map(
    ({ at, row }): SentItem => {
      const locked = pick(ITEM_LOCKED, at, row, today);
      return { number: said(locked.number), version: said(locked.version), given: { locked, filled: pick(ITEM_FILLED, at, row, today) } };
    },
  );
  return { identity: { workbookId, unitId }, exportedAt, rows, items: sentItems };
};
