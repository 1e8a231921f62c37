import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { LegQueries, LegSheetQueries, type LegFilter, type SheetLeg, type VisibilityScope } from '@app/findings';
import { localDateOf, localTimeOf, sheetText, type Instant, type UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { stream } from 'exceljs';
import { rejectRoundTrip } from '../domain/round-trip.errors';
import {
  ABOUT_SHEET,
  ITEM_FILLED,
  ITEM_LOCKED,
  ITEMS_SHEET,
  LEG_FILLED,
  LEG_LOCKED,
  LEGS_SHEET,
  type ItemFilled,
  type ItemLocked,
  type LegFilled,
  type LegLocked,
} from '../domain/sheet-columns';
import { FillInSheet, type SheetCell } from './fill-in-sheet';
import { isAtWork, isOpen, knownLeg } from './known-leg';
import { MOST_ROWS } from './limits';
import { RowCodes, type WorkbookIdentity } from './row-codes';

/** Who takes it out, when and what for: stands above the rows (R40). */
export type WorkbookHead = Readonly<{
  reader: string;
  unit: Readonly<{ id: UnitId; name: string }>;
  at: Instant;
  purpose: string;
  categoryName: (code: string) => string;
}>;

/** What a unit can still work on, unless stages are asked for. */
const OPEN: LegFilter['stage'] = ['delivered', 'working'];

/** Workbooks made for filling in: everything locked but what the unit may say, and each row recognised when it comes back. */
@Injectable()
export class FillInWorkbooks {
  constructor(
    @Inject(LegQueries) private readonly legs: LegQueries,
    @Inject(LegSheetQueries) private readonly rows: LegSheetQueries,
    @Inject(RowCodes) private readonly codes: RowCodes,
  ) {}

  /** Errors: workbook-too-long. */
  async mustFit(scope: VisibilityScope, filter: LegFilter): Promise<void> {
    const { total } = await this.legs.page(scope, { filter: { stage: OPEN, ...said(filter) }, limit: 1, cursor: null });
    if (total > MOST_ROWS) rejectRoundTrip('workbook-too-long', { max: MOST_ROWS });
  }

  /** Writes rows as they are read. Answers with how many legs there were. */
  async write(to: Writable, scope: VisibilityScope, filter: LegFilter, head: WorkbookHead): Promise<number> {
    const book = new stream.xlsx.WorkbookWriter({ stream: to, useStyles: true, useSharedStrings: false });
    const identity: WorkbookIdentity = { workbookId: randomUUID(), unitId: head.unit.id };
    const lines = [
      sheetText(`查阅人：${head.reader}（${head.unit.name}）　导出时间：${localDateOf(head.at)} ${localTimeOf(head.at)}`),
      sheetText(`用途：${head.purpose}`),
      '只填黄色的格；填好后在系统“台账往返”交回，先预览、再办理。问题编号和版本两列用来认出各行，请勿改动。',
    ];
    const legs = await FillInSheet.open(book, LEGS_SHEET, lines, LEG_LOCKED, LEG_FILLED, 'completion');
    const items = await FillInSheet.open(book, ITEMS_SHEET, lines, ITEM_LOCKED, ITEM_FILLED, 'answer');
    let count = 0;
    for await (const row of this.rows.all(scope, { stage: OPEN, ...said(filter) })) {
      if (filter.stage === undefined && !isOpen(row)) continue;
      this.addLeg(legs, items, row, identity, head);
      count += 1;
    }
    legs.close();
    items.close();
    const about = book.addWorksheet(ABOUT_SHEET, { state: 'veryHidden' });
    for (const line of [
      ['workbook', identity.workbookId],
      ['unit', identity.unitId],
      ['at', head.at],
    ])
      about.addRow(line).commit();
    about.commit();
    await book.commit();
    return count;
  }

  private addLeg(
    legs: FillInSheet<LegLocked, LegFilled>,
    items: FillInSheet<ItemLocked, ItemFilled>,
    row: SheetLeg,
    identity: WorkbookIdentity,
    { categoryName }: WorkbookHead,
  ): void {
    const known = knownLeg(row, categoryName);
    const version = (item: number | null): string =>
      this.codes.versionOf({ number: row.number, legId: row.leg.legId, revision: row.revision, item }, identity);
    const open = isOpen(row) && isAtWork(row);
    const takes = (field: LegFilled): boolean => open && (!known.guides || field === 'progress');
    legs.add({ ...known.locked, version: version(null) }, cellsOf(known.filled, takes));
    for (const [i, item] of known.items.entries())
      items.add(
        { ...item.locked, version: version(i + 1) },
        cellsOf(item.filled, () => open && !known.guides),
      );
  }
}

const cellsOf = <F extends string>(texts: Readonly<Record<F, string>>, takes: (field: F) => boolean): Readonly<Record<F, SheetCell>> =>
  Object.fromEntries(
    (Object.keys(texts) as F[]).map((field): [F, SheetCell] => [field, { text: texts[field], open: takes(field) }]),
  ) as Readonly<Record<F, SheetCell>>;

/** Without the parts nobody asked for: a spread would put `undefined` in place of what holds by itself. */
const said = (filter: LegFilter): LegFilter => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
