import type { LocalDate } from '@app/kernel';
import { NO_CHOICES, type DraftRow } from './draft-row';
import type { CellValue, Sheet } from './sheet';
import { SMALL_WORLD } from './small-world.fixture';
import { understandSheet } from './understand-sheet';

const read = (lines: readonly (readonly CellValue[])[], merges: Sheet['merges'] = []) => {
  const sheet = { name: '清单', hidden: false, date1904: false, merges, rows: lines.map((cells, i) => ({ number: i + 1, cells })) };
  return understandSheet(sheet, { listDate: '2020-04-21' as LocalDate, columns: {}, choices: NO_CHOICES }, SMALL_WORLD);
};
const short = (row: DraftRow | undefined) => [
  row?.townIds,
  row?.villageId,
  row?.legs.map((l) => `${l.unitId}${l.leads ? '*' : ''}`),
  row?.assisting,
];

describe('layouts as they come', () => {
  it('reads a two-row header that lost its merges in a CSV', () => {
    const sheet = read([
      ['某某清单'],
      ['序号', '存在问题', '类别', '责任单位', '', '', '整改时限'],
      ['', '', '', '牵头单位', '责任单位', '配合单位', ''],
      ['1', '甲', '住房安全', '住建局', '旧店镇', '民政局', '5月31日'],
    ]);
    expect(sheet?.columns.map((c) => [c.title, c.field])).toStrictEqual([
      ['序号', 'serial'],
      ['存在问题', 'text'],
      ['类别', 'category'],
      ['责任单位 / 牵头单位', 'lead'],
      ['责任单位', 'responsible'],
      ['责任单位 / 配合单位', 'assisting'],
      ['整改时限', 'due'],
    ]);
    expect(short(sheet?.rows[0])).toStrictEqual([['town-jiudian'], null, ['town-jiudian', 'housing*'], ['civil']]);
  });

  it('finds town and village in one place', () => {
    const rows = read([
      ['存在问题', '类别', '地点', '责任单位'],
      ['甲', '住房安全', '大泽山镇北昌村3组', '住建局'],
      ['乙', '住房安全', '北昌村村委会东', '住建局、北昌村'],
      ['丙', '住房安全', '县城某处', '住建局'],
    ])?.rows;
    expect(rows?.map(short)).toStrictEqual([
      [['town-dazeshan'], 'v-beichang', ['housing*'], []],
      [['town-dazeshan'], 'v-beichang', ['town-dazeshan*', 'housing'], []],
      [[], null, ['housing*'], []],
    ]);
    expect(rows?.[2]?.remarks.map((m) => m.code)).toStrictEqual(['due-missing', 'single-leg', 'place-unknown']);
  });

  it('keeps rows apart that share a problem but not a household, and repeats the problem of merged cells', () => {
    const merges = [
      { top: 2, bottom: 3, left: 1, right: 1 },
      { top: 2, bottom: 3, left: 2, right: 2 },
    ];
    const rows = read(
      [
        ['序号', '存在问题', '户主', '类别', '责任单位'],
        ['1', '房屋漏雨', '王大明', '住房安全', '旧店镇'],
        [null, null, '李小山', '住房安全', '旧店镇'],
      ],
      merges,
    )?.rows;
    expect(rows?.map((r) => [r.number, r.text, r.subject?.name, r.remarks.some((m) => m.level === 'error')])).toStrictEqual([
      ['1', '房屋漏雨', '王大明', false],
      ['1', '房屋漏雨', '李小山', false],
    ]);
  });

  it('takes the heading over some rows for their category', () => {
    const rows = read([
      ['存在问题', '责任单位'],
      ['一、住房安全方面（2个）', null],
      ['甲', '旧店镇'],
      ['（二）饮水安全问题', null],
      ['乙', '旧店镇'],
      ['小计', '2'],
    ])?.rows;
    expect(rows?.map((r) => [r.text, r.category])).toStrictEqual([
      ['甲', 'housing'],
      ['乙', 'water'],
    ]);
  });

  it('keeps an error value and a text beyond its length out', () => {
    const rows = read([
      ['存在问题', '类别', '责任单位'],
      [{ error: '#REF!' }, '住房安全', '旧店镇'],
      ['长'.repeat(5_001), '住房安全', '旧店镇'],
    ])?.rows;
    expect(rows?.map((r) => r.remarks.filter((m) => m.level === 'error').map((m) => `${m.address} ${m.code}`))).toStrictEqual([
      ['A2 cell-error'],
      ['A3 text-too-long'],
    ]);
  });
});
