import * as fc from 'fast-check';
import type { LocalDate } from '@app/kernel';
import { synonymsOf, understandTitle, type Field } from './columns';
import { NO_CHOICES, type DraftRow } from './draft-row';
import { coresOf, fingerprintOf, identities } from './row-identity';
import type { CellValue, Sheet } from './sheet';
import { SMALL_WORLD } from './small-world.fixture';
import { understandSheet, type ReadingOptions } from './understand-sheet';

const options: ReadingOptions = { listDate: '2020-04-21' as LocalDate, columns: {}, choices: NO_CHOICES };
const sheetOf = (lines: readonly (readonly CellValue[])[], merges: Sheet['merges'] = []): Sheet => ({
  name: '清单',
  hidden: false,
  date1904: false,
  merges,
  rows: lines.map((cells, i) => ({ number: i + 1, cells })),
});
const rowsOf = (sheet: Sheet, over: Partial<ReadingOptions> = {}): readonly DraftRow[] =>
  understandSheet(sheet, { ...options, ...over }, SMALL_WORLD)?.rows ?? [];
const HEADER = ['编号', '存在问题', '类别', '所在村', '责任单位', '整改时限'] as const;
const said = (row: DraftRow | undefined): readonly string[] => row?.remarks.map((m) => `${m.address} ${m.code}`) ?? [];

describe('a row that cannot be read with certainty', () => {
  it('stays out when the same number stands twice', () => {
    const rows = rowsOf(sheetOf([HEADER, ['7', '甲', '住房安全', null, '旧店镇'], ['７', '乙', '住房安全', null, '旧店镇']]));
    expect(said(rows[1])).toContain('A3 number-twice');
  });
  it('stays out when there is no problem in it, no category, or an unknown unit', () => {
    const rows = rowsOf(
      sheetOf([
        HEADER,
        ['1', null, '住房安全', null, '旧店镇'],
        ['2', '甲', '未知类', null, '旧店镇'],
        ['3', '甲', '住房安全', null, '水力局'],
      ]),
    );
    expect(
      rows.map((r) => r.remarks.filter((m) => m.level === 'error').map((m) => `${m.address} ${m.code} ${m.proposals.join()}`)),
    ).toStrictEqual([['A2 text-missing '], ['C3 category-unknown '], ['E4 unit-unknown 水利局']]);
  });
  it('goes in once somebody has said what is meant', () => {
    const sheet = sheetOf([HEADER, ['2', '甲', '未知类', null, '水力局、某专班']]);
    const choices = {
      ...NO_CHOICES,
      units: { 水力局: 'water' as never, 某专班: null },
      categories: { 未知类: 'water' as never },
      defaultTown: 'town-liyuan' as never,
    };
    const [row] = rowsOf(sheet, { choices });
    expect(row?.remarks.filter((m) => m.level === 'error')).toStrictEqual([]);
    expect(row).toMatchObject({ category: 'water', townIds: ['town-liyuan'], legs: [{ unitId: 'water', line: 'sectoral', leads: true }] });
  });
  it('says which village of two with one name, and keeps the words', () => {
    const [row] = rowsOf(sheetOf([HEADER, ['1', '甲', '住房安全', '东关村', '住建局']]), {
      choices: { ...NO_CHOICES, defaultTown: 'town-liyuan' as never },
    });
    expect(row?.villageId).toBeNull();
    expect(row?.placeText).toBe('东关村');
    expect(said(row)).toContain('D2 place-ambiguous');
  });
  it('takes the village of the responsible town when the name stands twice', () => {
    const [row] = rowsOf(sheetOf([HEADER, ['1', '甲', '住房安全', '东关村', '旧店镇']]));
    expect(row?.villageId).toBe('v-dongguan-2');
  });
});

describe('columns', () => {
  it('quotes a column that nobody knows, and one that was set aside by hand', () => {
    const sheet = sheetOf([
      ['存在问题', '类别', '责任单位', '镇里的话'],
      ['甲', '住房安全', '旧店镇', '=1+1'],
    ]);
    const understood = understandSheet(
      sheet,
      { ...options, columns: { B: null }, choices: { ...NO_CHOICES, defaultCategory: 'water' as never } },
      SMALL_WORLD,
    );
    expect(understood?.columns.map((c) => c.use)).toStrictEqual(['read', 'quoted', 'read', 'quoted']);
    expect(understood?.rows[0]?.quoted).toStrictEqual([
      { title: '类别', text: '住房安全' },
      { title: '镇里的话', text: '=1+1' },
    ]);
  });
  it('honours 牵头 before the order of names', () => {
    const [row] = rowsOf(
      sheetOf([
        ['存在问题', '类别', '牵头单位', '责任单位', '配合单位'],
        ['甲', '住房安全', '住建局', '旧店镇', '民政局、水利局'],
      ]),
    );
    expect(row?.legs).toStrictEqual([
      { unitId: 'town-jiudian', line: 'territorial', leads: false },
      { unitId: 'housing', line: 'sectoral', leads: true },
    ]);
    expect(row?.assisting).toStrictEqual(['civil', 'water']);
  });
  it('does not cut a name that contains a joining word', () => {
    const [row] = rowsOf(
      sheetOf([
        ['存在问题', '类别', '责任单位'],
        ['甲', '住房安全', '旧店镇和规划和自然资源局'],
      ]),
    );
    expect(row?.legs.map((l) => l.unitId)).toStrictEqual(['town-jiudian', 'planning']);
  });
  it('finds no header in a sheet without one', () => {
    expect(
      understandSheet(
        sheetOf([
          ['你好', '世界'],
          [1, 2],
        ]),
        options,
        SMALL_WORLD,
      ),
    ).toBeNull();
  });
  it.each(['责任单位（镇街、部门）', '整 改\n时 限', '存在的主要问题', '序号'])('understands the title %s', (title) => {
    expect(understandTitle(title).field).not.toBeNull();
  });
});

describe('identity', () => {
  const from = (lines: readonly (readonly CellValue[])[], batch = '第一批') => {
    const rows = rowsOf(sheetOf(lines));
    const framed = rows.map((row) => ({ ...coresOf(row), source: row.source, batch: row.batch }));
    return identities(framed, { authority: '省督导组', batch }).map((identity, i) => [identity, fingerprintOf(rows[i] as DraftRow)]);
  };
  it('is the number within authority and batch, in any width', () => {
    const [a] = from([HEADER, ['3-(2)①', '甲', '住房安全', null, '旧店镇']]);
    const [b] = from([HEADER, ['３－（２）①', '甲的新说法', '住房安全', null, '旧店镇']]);
    expect(b?.[0]).toBe(a?.[0]);
    expect(b?.[1]).not.toBe(a?.[1]);
  });
  it('is the content where no batch is known, because every list has a row 1', () => {
    const [a] = from([HEADER, ['1', '甲', '住房安全', null, '旧店镇']], '');
    const [b] = from([HEADER, ['1', '乙', '住房安全', null, '旧店镇']], '');
    const [c] = from([HEADER, ['9', '甲', '住房安全', null, '旧店镇']], '');
    expect(b?.[0]).not.toBe(a?.[0]);
    expect(c?.[0]).toBe(a?.[0]);
  });
  it('is the content and the occurrence when there is no number', () => {
    const line = ['房屋漏雨', '住房安全', '旧店镇'];
    const rows = from([['存在问题', '类别', '责任单位'], line, line]);
    expect(new Set(rows.map(([identity]) => identity)).size).toBe(2);
    expect(from([['责任单位', '类别', '存在问题'], ...[line, line].map((l) => [...l].reverse())])).toStrictEqual(rows);
  });
});

/** The same content laid out in another way: titles above, other names and order of columns, other ways to write a day. */
type Content = { number: string; text: string; town: string; due: { month: number; day: number } };
const content = fc.array(
  fc.record({
    number: fc.uuid(),
    text: fc.constantFrom('房屋漏雨', '未拆旧房', '水质报告过期', '档案缺页'),
    town: fc.constantFrom('大泽山镇', '旧店镇', '李园街道'),
    due: fc.record({ month: fc.integer({ min: 5, max: 12 }), day: fc.integer({ min: 1, max: 28 }) }),
  }),
  { minLength: 1, maxLength: 6 },
);
const serialOf = (month: number, day: number): number => Math.round((Date.UTC(2020, month - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000);
const dueIn = (style: number, { month, day }: Content['due']): CellValue => {
  const two = (n: number): string => String(n).padStart(2, '0');
  const ways: readonly CellValue[] = [
    `2020/${String(month)}/${String(day)}`,
    `2020.${String(month)}.${String(day)}`,
    ` 2020年${String(month)}月${String(day)}日前 `,
    { day: `2020-${two(month)}-${two(day)}` as LocalDate },
    serialOf(month, day),
    `2020-${two(month)}-${two(day)}`,
  ];
  return ways[style % ways.length] ?? null;
};
const NAMED: readonly Field[] = ['number', 'text', 'category', 'responsible', 'due'];
const layout = fc.record({
  titles: fc.array(fc.constantFrom('平度市问题清单', '（2020年4月21日）', ''), { maxLength: 4 }),
  names: fc.tuple(
    ...NAMED.map((field) => fc.constantFrom(...synonymsOf(field).filter((s) => s.length > 1 && understandTitle(s).field === field))),
  ),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
  dates: fc.array(fc.nat(5), { minLength: 6, maxLength: 6 }),
  blanks: fc.nat(2),
  total: fc.boolean(),
  wide: fc.boolean(),
});

it('reads the same content to the same rows, however the sheet is laid out', () => {
  const plain = (rows: readonly DraftRow[]) =>
    rows.map(({ number, text, category, townIds, dueOn, legs }) => ({ number, text, category, townIds, dueOn, legs }));
  fc.assert(
    fc.property(content, layout, (rows, how) => {
      const cells = (row: Content, i: number): CellValue[] => {
        const values: CellValue[] = [
          row.number,
          row.text,
          '住房安全',
          how.wide ? `${row.town}　` : row.town,
          dueIn(how.dates[i] ?? 0, row.due),
        ];
        return how.order.map((at) => values[at] ?? null);
      };
      const blank = Array.from({ length: how.blanks }, () => [null]);
      const lines = [
        ...how.titles.map((t) => [t]),
        how.order.map((at) => how.names[at] ?? null),
        ...rows.flatMap((row, i) => [...blank, cells(row, i)]),
      ];
      if (how.total) lines.push(['合计', String(rows.length)]);
      const straight = sheetOf([HEADER, ...rows.map((r) => [r.number, r.text, '住房安全', null, r.town, dueIn(0, r.due)])]);
      expect(plain(rowsOf(sheetOf(lines)))).toStrictEqual(plain(rowsOf(straight)));
    }),
    { numRuns: 150 },
  );
});

it('answers whatever stands in the cells, and keeps no row without a reason or a problem', () => {
  const cell = fc.oneof(
    fc.constant(null),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.double(),
    fc.constant({ day: '2020-02-29' as LocalDate }),
    fc.constant({ error: '#REF!' }),
    fc.constantFrom('立即', '6月底前', '旧店镇、水利局', '合计', '一、住房', '和、，;', '　', '3-(2)①', '13800001111'),
  );
  const merge = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 6 }), fc.nat(3), fc.nat(3))
    .map(([top, left, down, right]) => ({ top, left, bottom: top + down, right: left + right }));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 10 }), fc.array(merge, { maxLength: 3 }), (lines, merges) => {
      for (const row of rowsOf(sheetOf([[...HEADER], ...lines], merges))) {
        const wrong = row.remarks.some((m) => m.level === 'error');
        expect(wrong || (row.text !== '' && row.category !== null)).toBe(true);
        expect(row.remarks.every((m) => /^[A-Z]+[1-9]\d*$/.test(m.address))).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
