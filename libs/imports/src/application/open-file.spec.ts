import { Workbook } from 'exceljs';
import { DomainError, type LocalDate } from '@app/kernel';
import { NO_CHOICES } from '../domain/draft-row';
import { SMALL_WORLD } from '../domain/small-world.fixture';
import { understandSheet } from '../domain/understand-sheet';
import { admitFile, openFile } from './open-file';
import { sampleLedger } from './sample-ledger.fixture';

const secret = (text: string): boolean => /(绝密|机密|秘密)\s*★/.test(text);
const codeOf = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'admitted';
};
const bookOf = async (fill: (workbook: Workbook) => void): Promise<Buffer> => {
  const workbook = new Workbook();
  fill(workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
};
const options = { listDate: '2020-04-21' as LocalDate, columns: {}, choices: NO_CHOICES };

describe('admitting a file', () => {
  const csv = Buffer.from('序号,存在问题,责任单位\n1,漏雨,大泽山镇\n');
  it.each([
    ['list.csv', csv, 'admitted'],
    ['list.xlsx', csv, 'file-not-what-it-says'],
    ['list.txt', csv, 'file-type-unsupported'],
    ['list.xlsm', csv, 'file-with-macros'],
    ['list.xls', Buffer.from('<html><table>'), 'file-old-excel'],
    ['list.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file-old-excel'],
    ['list.xlsx', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]), 'file-encrypted'],
    ['list.csv', Buffer.from('%PDF-1.7'), 'file-not-what-it-says'],
    ['list.csv', Buffer.from('<svg onload="x">'), 'file-not-what-it-says'],
    ['list.csv', Buffer.from('MZ\u0000\u0000'), 'file-not-what-it-says'],
    ['list.csv', Buffer.from([0xc8, 0xcb, 0xff, 0xff, 0x81]), 'file-unreadable-text'],
    ['list.xlsx', Buffer.from('504b0304ffff', 'hex'), 'file-damaged'],
    ['list.csv', Buffer.alloc(0), 'file-empty'],
    ['../list.csv', csv, 'file-name-unfit'],
    ['list\u202Excel.csv', csv, 'file-name-unfit'],
    ['机密★1年.csv', csv, 'file-secret'],
    ['list.csv', Buffer.from('机密★1年\n序号,存在问题\n1,甲\n'), 'file-secret'],
  ])('%s is answered with %#', async (name, bytes, code) => {
    expect(await codeOf(() => admitFile(bytes, name, secret))).toBe(code);
  });

  it('admits a name of three hundred bytes', async () => {
    expect(await codeOf(() => admitFile(csv, `${'问题清单'.repeat(25)}.csv`, secret))).toBe('admitted');
  });
  it('admits the sample ledger', async () => {
    expect(await admitFile(await sampleLedger(), '问题清单.xlsx', secret)).toBe('xlsx');
  });
  it.each([
    ['the name of a sheet', (w: Workbook) => void w.addWorksheet('秘密★')],
    ['the first row', (w: Workbook) => void (w.addWorksheet('a').getCell('A1').value = '机密★长期')],
    ['a page header', (w: Workbook) => void (w.addWorksheet('a', { headerFooter: { oddHeader: '&C绝密★' } }).getCell('A1').value = 'x')],
  ])('refuses a mark of secrecy in %s', async (_, fill) => {
    const bytes = await bookOf(fill);
    expect(await codeOf(() => admitFile(bytes, 'a.xlsx', secret))).toBe('file-secret');
  });
  it('refuses one cell that unpacks a thousandfold', async () => {
    const bytes = await bookOf((w) => void (w.addWorksheet('a').getCell('A1').value = 'x'.repeat(8_000_000)));
    expect(await codeOf(() => admitFile(bytes, 'a.xlsx', secret))).toBe('file-too-much-inside');
  });
  it('refuses an archive whose directory lies about a size', async () => {
    const bytes = await bookOf((w) => void (w.addWorksheet('a').getCell('A1').value = 'x'.repeat(100_000)));
    const directory = bytes.lastIndexOf(Buffer.from('xl/sharedStrings.xml'));
    bytes.writeUInt32LE(10, directory - 46 + 24);
    expect(await codeOf(() => admitFile(bytes, 'a.xlsx', secret))).toBe('file-damaged');
  });
  it('refuses a merge over a whole sheet before any parser spreads it', async () => {
    const workbook = new Workbook();
    const sheet = workbook.addWorksheet('a');
    sheet.getCell('A1000').value = 'x';
    sheet.mergeCells('A1000:B1001');
    const bytes = Buffer.from(await workbook.xlsx.writeBuffer({ zip: { compression: 'STORE' } } as object));
    bytes.write('A1:XFD99999', bytes.lastIndexOf('A1000:B1001'));
    expect(await codeOf(() => admitFile(bytes, 'a.xlsx', secret))).toBe('file-too-much-inside');
  });
  it('refuses a zip that is no workbook', async () => {
    const empty = Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)]);
    expect(await codeOf(() => admitFile(empty, 'a.xlsx', secret))).toBe('file-not-what-it-says');
  });
});

describe('reading the sample ledger', () => {
  const read = async () => {
    const [sheet] = await openFile(await sampleLedger(), '问题清单.xlsx', 'xlsx', secret);
    if (sheet === undefined) throw new Error('no sheet');
    const understood = understandSheet(sheet, options, SMALL_WORLD);
    if (understood === null) throw new Error('no header');
    return understood;
  };

  it('finds the header below the titles and says what the titles say', async () => {
    const { headerRows, titles, columns } = await read();
    expect(headerRows).toStrictEqual({ first: 3, last: 4 });
    expect(titles).toMatchObject({ title: '平度市脱贫攻坚收官战问题清单', documentNumber: '青督〔2020〕12号', date: '2020-04-21' });
    expect(columns.map((c) => [c.letters, c.title, c.field, c.use])).toStrictEqual([
      ['A', '序号', 'serial', 'read'],
      ['B', '问题类别', 'category', 'read'],
      ['C', '所在位置 / 镇街', 'town', 'read'],
      ['D', '所在位置 / 村居', 'village', 'read'],
      ['E', '户主姓名', 'subject', 'read'],
      ['F', '存在的问题', 'text', 'read'],
      ['G', '责任单位 / 镇街', 'responsible', 'read'],
      ['H', '责任单位 / 部门', 'responsible', 'read'],
      ['I', '配合单位', 'assisting', 'read'],
      ['J', '整改时限', 'due', 'read'],
      ['K', '整改情况', 'progress', 'status'],
      ['L', '联系电话', 'phone', 'quoted'],
    ]);
  });

  it('reads six problems and leaves heading, total and footnote aside', async () => {
    const { rows, skipped } = await read();
    expect(rows.map((r) => [r.number, r.rows])).toStrictEqual([
      ['1', [6]],
      ['2', [7]],
      ['3-(2)①', [9]],
      ['4', [10]],
      ['5', [11]],
      ['6', [12, 13]],
    ]);
    expect(skipped).toStrictEqual([
      { row: 5, because: 'heading' },
      { row: 14, because: 'total' },
      { row: 15, because: 'footnote' },
    ]);
  });

  it('understands each cell and says at which address it assumed something', async () => {
    const { rows } = await read();
    const said = rows.map((r) => r.remarks.map((m) => `${m.address} ${m.code}`));
    expect(said).toStrictEqual([
      ['L6 personal-number'],
      ['J7 year-assumed'],
      ['F9 personal-number', 'J9 immediate-proposed', 'A9 further-departments'],
      ['J10 staged-proposed', 'A10 several-towns'],
      ['J11 year-assumed', 'A11 single-leg'],
      ['A12 due-missing', 'A12 further-departments'],
    ]);
    const [first, second, third, fourth, , sixth] = rows;
    expect(first).toMatchObject({
      text: '房屋鉴定为Ｃ级，未修缮',
      category: 'housing',
      subject: { kind: 'household', name: '王大明' },
      townIds: ['town-dazeshan'],
      villageId: 'v-beichang',
      dueOn: '2020-06-30',
      rectification: 'time-limited',
      legs: [
        { unitId: 'town-dazeshan', line: 'territorial', leads: true },
        { unitId: 'housing', line: 'sectoral', leads: false },
      ],
      assisting: ['civil'],
      confirmPersonal: true,
      quoted: [
        { title: '整改情况', text: '已完成' },
        { title: '联系电话', text: '138****1111' },
      ],
    });
    expect(second).toMatchObject({
      category: 'housing',
      text: '建新未拆旧',
      townIds: ['town-dazeshan'],
      villageId: 'v-nanchang',
      dueOn: '2020-06-30',
    });
    expect(third).toMatchObject({
      text: '水质化验报告超过一年，联系人电话139****5678',
      rectification: 'immediate',
      assisting: ['civil'],
      townIds: ['town-liyuan'],
    });
    expect(fourth).toMatchObject({ rectification: 'staged', townIds: ['town-jiudian', 'town-dazeshan'] });
    expect(sixth?.legs.map((l) => l.unitId)).toStrictEqual(['town-dazeshan', 'housing']);
    expect(sixth?.assisting).toStrictEqual(['water']);
  });
});

describe('reading a CSV', () => {
  const rowsOf = async (bytes: Buffer) => {
    const [sheet] = await openFile(bytes, 'a.csv', 'csv', secret);
    return sheet === undefined ? [] : (understandSheet(sheet, options, SMALL_WORLD)?.rows ?? []);
  };
  // 序号,存在问题,类别,责任单位 / 1,房屋漏雨,住房安全,大泽山镇 in GB18030.
  const gb = Buffer.from(
    'd0f2bac52cb4e6d4dacecacce22cc0e0b1f02cd4f0c8ceb5a5cebb0a312cb7bfcedd c2a9d3ea2cd7a1b7bfb0b2c8ab2cb4f3d4f3c9bdd5f20a'.replace(' ', ''),
    'hex',
  );
  it('gives the same rows in GB18030, UTF-8 and tab-separated UTF-16', async () => {
    const text = '序号,存在问题,类别,责任单位\n1,房屋漏雨,住房安全,大泽山镇\n';
    const fromGb = await rowsOf(gb);
    expect(fromGb).toMatchObject([{ text: '房屋漏雨', category: 'housing', townIds: ['town-dazeshan'] }]);
    expect(await rowsOf(Buffer.from(`\uFEFF${text}`))).toStrictEqual(fromGb);
    expect(await rowsOf(Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le'))).toStrictEqual(fromGb);
  });
  it('keeps line breaks inside quotes and names the cell by its address', async () => {
    const rows = await rowsOf(Buffer.from('存在问题,类别,责任单位\n"一\n二",住房安全,"大泽山镇、没有局"\n'));
    expect(rows[0]?.text).toBe('一\n二');
    expect(rows[0]?.remarks.filter((m) => m.level === 'error').map((m) => [m.address, m.code])).toStrictEqual([['C2', 'unit-unknown']]);
  });
});
