import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { LegQueries, LegSheetQueries, SheetLeg } from '@app/findings';
import { openFile } from '@app/imports';
import { instant, localDate, seededRandom, type FindingId, type LegId, type UnitId } from '@app/kernel';
import { MasterKey } from '@app/privacy';
import { Workbook } from 'exceljs';
import { judgeRow } from '../domain/row-verdict';
import { FillInWorkbooks, type WorkbookHead } from './fill-in-workbooks';
import { gathered, type GatheredRow } from './gathered-rows';
import { knownLeg } from './known-leg';
import { readFilled, type SentWorkbook } from './read-filled';
import { RowCodes } from './row-codes';

const AT = instant('2020-07-06T01:00:00Z');
const TODAY = localDate('2020-07-06');
const codes = new RowCodes(new MasterKey(Buffer.alloc(32, 7), 'key'));
const HEAD: WorkbookHead = {
  reader: '经办甲',
  unit: { id: 'dazeshan' as UnitId, name: '大泽山镇' },
  at: AT,
  purpose: '本周填报',
  categoryName: (code) => code,
};
const HOSTILE = ['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', ' =1', '＝1', '\u200b=1', "'=1", "=cmd|' /C calc'!A0"];

/** Only what the workbook looks at. */
const legOf = (
  n: number,
  over: Readonly<{ text?: string; duty?: string; stage?: string; said?: string; items?: number }> = {},
): SheetLeg => {
  const { text = '房屋漏雨', duty = 'acts', stage = 'working', said = '', items = 0 } = over;
  const item = (i: number) => ({ itemId: `i${String(i)}`, subject: { label: said }, text: said, answer: 'open', basis: null });
  return {
    findingId: `f${String(n)}` as FindingId,
    number: `QL-2020-${String(n).padStart(6, '0')}`,
    revision: 3,
    text,
    category: '住房安全',
    subjectLabel: '王**',
    townName: '大泽山镇',
    unitName: '大泽山镇',
    state: { phase: 'assigned', core: { evidence: {}, items: Array.from({ length: items }, (_, i) => item(i)) } },
    leg: { legId: 'T' as LegId, duty, stage, deliveredAt: AT, due: { at: AT }, extension: null },
    facts: said === '' ? null : { plan: { measures: said, responsible: said, targetOn: '2020-07-20' }, progress: null, guidance: said },
  } as unknown as SheetLeg;
};

const written = async (rows: readonly SheetLeg[], head = HEAD): Promise<Buffer> => {
  const queries = {
    all: async function* () {
      yield* rows;
    },
  } as unknown as LegSheetQueries;
  const to = new PassThrough();
  const [bytes] = await Promise.all([buffer(to), new FillInWorkbooks({} as LegQueries, queries, codes).write(to, { all: true }, {}, head)]);
  return bytes;
};
const sent = async (bytes: Buffer): Promise<SentWorkbook> => readFilled(await openFile(bytes, '表.xlsx', 'xlsx', () => false), TODAY);
const loaded = async (bytes: Buffer): Promise<Workbook> => {
  const book = new Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer);
  return book;
};
const judged = (row: GatheredRow | undefined, leg: SheetLeg) => {
  if (row === undefined) throw new Error('no row');
  return judgeRow(row.given, knownLeg(leg, HEAD.categoryName), TODAY);
};

describe('A workbook made for filling in', () => {
  it('computes nothing that anybody typed, in whatever cell, and says the same when it comes back', async () => {
    const legs = HOSTILE.map((text, n) => legOf(n, { text, said: text, items: 1 }));
    const bytes = await written(legs, { ...HEAD, purpose: '=1+1', reader: '@me' });
    const book = await loaded(bytes);
    for (const sheet of book.worksheets)
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          expect(cell.formula).toBeUndefined();
          if (typeof cell.value === 'string') expect(cell.value.normalize('NFKC')).not.toMatch(/^[\s\p{Cf}\p{Cc}]*[=+\-@]/u);
        }),
      );
    const rows = gathered(await sent(bytes), codes);
    expect(rows.map(({ foreign }) => foreign)).toStrictEqual(legs.map(() => null));
    for (const [n, leg] of legs.entries()) expect(judged(rows[n], leg)).toStrictEqual({ cells: [], steps: [] });
  });

  it('untouched, changes nothing, whatever texts it went out with', async () => {
    const seed = Date.now() % 2 ** 31;
    const random = seededRandom(seed);
    const pieces = ["'", '=', '+', '\t', '\n', ' ', '　', '整改', 'a', '１', '<b>&amp;', '_x000D_', '😀', '\u200b'];
    const text = (): string => `整${Array.from({ length: random.below(12) }, () => random.pick(pieces)).join('')}`;
    const legs = Array.from({ length: 40 }, (_, n) =>
      legOf(n, { text: text(), said: text(), items: random.below(3), duty: random.pick(['acts', 'guides']) }),
    );
    const rows = gathered(await sent(await written(legs)), codes);
    for (const [n, leg] of legs.entries()) expect({ seed, n, ...judged(rows[n], leg) }).toStrictEqual({ seed, n, cells: [], steps: [] });
  });

  it('locks everything but what the unit may say: of a guiding leg its guidance, of a leg that is handed in nothing', async () => {
    const book = await loaded(await written([legOf(1), legOf(2, { duty: 'guides' }), legOf(3, { stage: 'submitted' })]));
    const [sheet] = book.worksheets;
    const titles = (sheet?.getRow(4).values ?? []) as (string | undefined)[];
    const open = (row: number): readonly (string | undefined)[] =>
      titles.filter((title, i) => {
        const protection = sheet?.getRow(row).getCell(i).protection;
        return title !== undefined && protection?.locked === false;
      });
    expect(open(5)).toStrictEqual([
      '整改措施',
      '整改责任人',
      '计划完成日期',
      '进展情况',
      '完成情况',
      '完成日期',
      '整改成效',
      '未完成原因（剩余事项）',
      '剩余事项完成期限',
      '申请延期至',
    ]);
    expect(open(6)).toStrictEqual(['进展情况']);
    expect(open(7)).toStrictEqual([]);
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: 4 });
    expect(sheet?.pageSetup).toMatchObject({ orientation: 'landscape', fitToWidth: 1 });
    expect(book.getWorksheet('_qingling')?.state).toBe('veryHidden');
  });

  it('knows its rows again whatever order they and the columns stand in, and no row that is not its own', async () => {
    const legs = [legOf(1), legOf(2), legOf(3, { items: 2 })];
    const book = await loaded(await written(legs));
    const other = await sent(await written(legs));
    const [sheet] = book.worksheets;
    if (sheet === undefined) throw new Error('no sheet');
    const [first, second] = [sheet.getRow(5).values, sheet.getRow(6).values];
    sheet.getRow(5).values = second;
    sheet.getRow(6).values = first;
    sheet.spliceColumns(3, 0, ['', '', '', '我们的备注', '催']);
    sheet.addRow(sheet.getRow(5).values);
    const mine = await sent(Buffer.from(await book.xlsx.writeBuffer()));
    const rows = gathered(mine, codes);
    expect(rows.map(({ number, foreign }) => [number.slice(-1), foreign?.code ?? null])).toStrictEqual([
      ['2', null],
      ['1', null],
      ['3', null],
      ['2', 'row-twice'],
    ]);
    expect(rows[2]?.given.items.map(({ order }) => order)).toStrictEqual([1, 2]);
    const swapped = gathered({ ...mine, identity: other.identity }, codes);
    expect(new Set(swapped.map(({ foreign }) => foreign?.code))).toStrictEqual(new Set(['code-does-not-fit']));
  });
});
