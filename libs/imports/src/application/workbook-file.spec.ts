import * as fc from 'fast-check';
import { Workbook, type CellValue as WrittenValue } from 'exceljs';
import type { LocalDate } from '@app/kernel';
import { columnLetters, MergeSpreader, type CellValue } from '../domain/sheet';
import { SheetScanner, type CellContext } from './scan-sheet';
import { SharedStrings } from './shared-strings';
import type { SheetSource } from './sheet-source';
import { openWorkbook } from './workbook-file';

type Cells = Readonly<Record<string, CellValue>>;

/** Every cell that holds something, merged areas spread, by its address. */
const cellsOf = async ({ rows, merges }: SheetSource): Promise<Cells> => {
  const spreader = new MergeSpreader(merges);
  const cells: Record<string, CellValue> = {};
  const keep = (spread: ReturnType<MergeSpreader['take']>): void => {
    for (const { number, cells: values } of spread)
      values.forEach((value, i) => {
        if (value !== null && value !== '') cells[`${columnLetters(i + 1)}${String(number)}`] = value;
      });
  };
  for await (const some of rows()) for (const row of some) keep(spreader.take(row));
  keep(spreader.end());
  return cells;
};
const readOurs = async (bytes: Buffer): Promise<readonly Readonly<{ name: string; hidden: boolean; cells: Cells }>[]> => {
  const { sheets, close } = await openWorkbook(bytes);
  try {
    const read = [];
    for (const sheet of sheets) read.push({ name: sheet.name, hidden: sheet.hidden, cells: await cellsOf(sheet) });
    return read;
  } finally {
    close();
  }
};

const simple = (value: WrittenValue): CellValue => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (value instanceof Date) return { day: value.toISOString().slice(0, 10) as LocalDate };
  if ('richText' in value) return value.richText.map((run) => run.text).join('');
  if ('error' in value) return { error: value.error };
  if ('result' in value) return simple(value.result);
  return null;
};
/** The same as the library that wrote it reads it. */
const readTheirs = async (bytes: Buffer): Promise<Awaited<ReturnType<typeof readOurs>>> => {
  const workbook = new Workbook();
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
  return workbook.worksheets.map((sheet) => {
    const cells: Record<string, CellValue> = {};
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        const value = simple(cell.master.value);
        if (value !== null && value !== '') cells[cell.address] = value;
      }),
    );
    return { name: sheet.name, hidden: sheet.state !== 'visible', cells };
  });
};

const text = fc.oneof(
  fc.string({
    unit: fc.constantFrom('漏', '雨', '&', '<', '>', '"', "'", '_x', ' ', '\n', '1', 'a', '😀', '，', ']]>', '_x000D_'),
    maxLength: 12,
  }),
  fc.constantFrom('大泽山镇', '住房安全', 'x'.repeat(300)),
);
const value: fc.Arbitrary<WrittenValue> = fc.oneof(
  text,
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map((n) => Math.round(n * 100) / 100),
  fc.boolean(),
  fc.integer({ min: 0, max: 20_000 }).map((days) => new Date(Date.UTC(1980, 0, 1 + days))),
  fc
    .array(
      text.filter((t) => t !== ''),
      { minLength: 1, maxLength: 3 },
    )
    .map((texts): WrittenValue => ({ richText: texts.map((t) => ({ text: t })) })),
  fc.constantFrom<WrittenValue>({ error: '#N/A' }, { error: '#REF!' }),
  fc.integer({ min: 1, max: 99 }).map((n): WrittenValue => ({ formula: `1+${String(n)}`, result: n + 1 })),
  // The library leaves escapes of control characters in results as they are.
  text.filter((t) => t.trim() !== '' && !t.includes('_x')).map((t): WrittenValue => ({ formula: 'A1', result: t })),
);
const sheetCells = fc.array(fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 30 }), value), { maxLength: 40 });
const merge = fc.tuple(
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: 1, max: 20 }),
  fc.integer({ min: 0, max: 4 }),
  fc.integer({ min: 0, max: 3 }),
);

describe('A workbook read row by row', () => {
  it('says in every cell what the library says that wrote it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(sheetCells, fc.option(merge, { nil: null }), fc.boolean()), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (sheets, date1904) => {
          const workbook = new Workbook();
          workbook.properties.date1904 = date1904;
          sheets.forEach(([cells, area, hidden], i) => {
            const sheet = workbook.addWorksheet(`表 ${String(i)} & <其他>`, { state: hidden && i > 0 ? 'hidden' : 'visible' });
            for (const [row, column, written] of cells) sheet.getCell(row, column).value = written;
            if (area === null) return;
            const [top, left, down, across] = area;
            sheet.mergeCells(top, left, top + down, left + across);
          });
          const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
          expect(await readOurs(bytes)).toStrictEqual(await readTheirs(bytes));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('The rows of a sheet', () => {
  const context = (strings: string[] = [], dateStyles: boolean[] = [], date1904 = false): CellContext => ({
    strings: SharedStrings.of(Buffer.from(`<sst>${strings.map((s) => `<si>${s}</si>`).join('')}</sst>`)),
    dateStyles,
    date1904,
  });
  const sheetOf = (rows: string): string =>
    `<?xml version="1.0"?><worksheet><cols><col min="1"/></cols><sheetData>${rows}</sheetData></worksheet>`;
  const scan = (xml: string, size = xml.length, inside = context()) => {
    const scanner = new SheetScanner(inside);
    const rows = [];
    for (let at = 0; at < xml.length; at += size) rows.push(...scanner.take(xml.slice(at, at + size)));
    return { rows, isDone: scanner.isDone };
  };
  const rowsIn = (rows: string, inside = context()) => scan(sheetOf(rows), undefined, inside).rows;

  it('are the same however the part is cut into pieces', () => {
    const xml = sheetOf(
      `<row r="1" spans="1:3"><c r="A1" t="inlineStr"><is><t>甲&amp;乙</t></is></c><c r="C1" s="1"><v>43922</v></c></row>` +
        `<!-- a > comment --><row r="3"/><row r="7"><c r="B7" t="str"><f>A1&amp;"x"</f><v>丙</v></c><c r="D7"><f>1/0</f></c></row>`,
    );
    const inside = context([], [false, true]);
    const whole = scan(xml, xml.length, inside);
    expect(whole).toStrictEqual({
      rows: [
        { number: 1, cells: ['甲&乙', null, { day: '2020-04-01' }] },
        { number: 7, cells: [null, '丙', null, { error: '#FORMULA' }] },
      ],
      isDone: true,
    });
    for (let size = 1; size < 40; size += 1) expect(scan(xml, size, inside)).toStrictEqual(whole);
  });

  it('keep their own numbers where rows are left out, and count on where none is said', () => {
    expect(rowsIn('<row r="5"><c><v>1</v></c></row><row><c><v>2</v></c><c r="D6"><v>3</v></c></row>')).toStrictEqual([
      { number: 5, cells: [1] },
      { number: 6, cells: [2, null, null, 3] },
    ]);
  });

  it('are read with any prefix on the tags', () => {
    const xml =
      '<x:worksheet xmlns:x="y"><x:sheetData><x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(scan(xml, undefined, context(['<t>丁</t>'])).rows).toStrictEqual([{ number: 2, cells: ['丁'] }]);
  });

  it('take shared texts with several formats and without their pronunciation', () => {
    const strings = [
      '<r><t>房屋</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 漏雨</t></r><rPh sb="0" eb="1"><t>fángwū</t></rPh>',
      '<t/>',
      '<t>一_x000D_二</t>',
    ];
    const cell = (n: number): string => `<c t="s"><v>${String(n)}</v></c>`;
    expect(rowsIn(`<row>${cell(0)}${cell(1)}${cell(2)}</row>`, context(strings))).toStrictEqual([
      { number: 1, cells: ['房屋 漏雨', '', '一\r二'] },
    ]);
  });

  it('take a formula that came out empty for an empty cell, and count days from 1904 where the workbook does', () => {
    expect(rowsIn('<row><c t="str"><f>IF(1,"")</f><v></v></c><c s="0"><v>42460</v></c></row>', context([], [true], true))).toStrictEqual([
      { number: 1, cells: ['', { day: '2020-04-01' }] },
    ]);
  });

  it.each([
    ['rows out of order', '<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>'],
    ['the same cell twice', '<row><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>'],
    ['a shared text that is not there', '<row><c t="s"><v>4</v></c></row>'],
    ['a cell that never ends', '<row><c r="A1"><v>1</v></row>'],
    ['something else among the rows', '<rowe/><div>'],
  ])('are refused as damaged with %s', (_, rows) => {
    expect(() => rowsIn(rows)).toThrow(expect.objectContaining({ code: 'file-damaged' }));
  });

  it('are refused when one of them has no end', () => {
    const scanner = new SheetScanner(context());
    scanner.take('<worksheet><sheetData><row r="1">');
    const piece = '<c><v>1</v></c>'.repeat(70_000);
    expect(() => {
      for (let i = 0; i < 20; i += 1) scanner.take(piece);
    }).toThrow(expect.objectContaining({ code: 'file-too-much-inside' }));
  });
});
