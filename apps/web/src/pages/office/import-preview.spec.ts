import type { ImportRowShown, UnderstoodColumn } from '../../api/generated/types.gen';
import { cellText, remarksAt, remarksBeside, rowAsked, shareOf, shownColumns, unknownCategories, worst } from './import-preview';

const column = (
  index: number,
  letters: string,
  field: UnderstoodColumn['field'],
  use: UnderstoodColumn['use'] = 'read',
): UnderstoodColumn => ({
  index,
  letters,
  field,
  use,
  title: letters,
  confidence: 1,
});
const COLUMNS = [column(1, 'A', 'number'), column(2, 'B', 'responsible'), column(3, 'C', null, 'quoted'), column(4, 'D', null, 'blank')];
const naming = { unit: (id: string) => `<${id}>`, category: (code: string) => code, word: (key: string) => key };
const remark = (address: string, level: 'error' | 'warning' | 'note', code: 'unit-unknown' | 'category-unknown', name: string) => ({
  code,
  level,
  address,
  text: { zh: `\u201c${name}\u201d`, en: name },
  proposals: [],
});
const row = (over: Partial<ImportRowShown>): ImportRowShown => ({
  n: 1,
  state: 'read',
  sheetRows: [5],
  frameSource: null,
  frameBatch: null,
  confirmPersonal: false,
  errors: 0,
  warnings: 0,
  remarks: [],
  rowId: null,
  content: null,
  cells: null,
  ...over,
});

describe('the preview of an import', () => {
  it('leaves out blank columns', () => {
    expect(shownColumns(COLUMNS).map(({ letters }) => letters)).toStrictEqual(['A', 'B', 'C']);
  });
  it('shows a row with errors as it was written, with each error in its cell', () => {
    const wrong = row({
      cells: ['4', 'x', ''],
      remarks: [remark('B5', 'error', 'unit-unknown', 'x'), remark('Z5', 'note', 'unit-unknown', 'y')],
    });
    const [first, second] = COLUMNS;
    expect(cellText(wrong, COLUMNS[1] ?? column(9, 'Z', null), naming)).toBe('x');
    expect(first && remarksAt(wrong, first)).toStrictEqual([]);
    expect(second && worst(remarksAt(wrong, second))).toBe('error');
    expect(remarksBeside(wrong, COLUMNS).map(({ address }) => address)).toStrictEqual(['Z5']);
  });
  it('shows a good row as it was understood, and what decides nothing as quoted', () => {
    const content = {
      number: '4',
      legs: [{ unitId: 'u', line: 'territorial', duty: 'acts', leads: true }],
      quoted: [{ title: 'C', text: 'q' }],
    } as unknown as NonNullable<ImportRowShown['content']>;
    expect(COLUMNS.slice(0, 3).map((one) => cellText(row({ content }), one, naming))).toStrictEqual(['4', '<u>', 'q']);
  });
  it('gathers the categories that were not recognised, each once', () => {
    const rows = [
      row({ remarks: [remark('B5', 'error', 'category-unknown', 'm')] }),
      row({ remarks: [remark('B6', 'error', 'category-unknown', 'm')] }),
    ];
    expect(unknownCategories(rows)).toStrictEqual(['m']);
  });
  it('knows no share before the rows are counted', () => {
    expect([shareOf({ rowsDone: 0, rowsTotal: 0 }), shareOf({ rowsDone: 5, rowsTotal: 10 })]).toStrictEqual([null, 0.5]);
  });
  it('begins at the row that was asked for, and at the first where that is no row', () => {
    expect(['50001', '', '0', '-3', '1.5', 'x', '1e3'].map(rowAsked)).toStrictEqual([50_001, 1, 1, 1, 1, 1, 1_000]);
  });
});
