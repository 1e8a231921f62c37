import { renderDocx, renderHtml, renderPdf, type DocumentBlock } from '@app/documents';
import { contentHashOf, instant, localDate, type UnitId } from '@app/kernel';
import {
  FROZEN_SCOPES,
  type BulletinContent,
  type BulletinId,
  type FrozenRow,
  type FrozenScope,
  type Measures,
  type Share,
} from '../domain/bulletin.types';
import { bulletinDocument } from './bulletin-document';
import { draftTexts } from './draft-texts';
import { FROZEN, SHOWN } from './figures';
import { placesOn } from './places';
import { TEMPLATES } from './templates';

const share = (numerator: number, denominator: number): Share => ({ numerator, denominator });
const measures = (scope: FrozenScope, figures: Measures['figures'], rates: Measures['rates'] = {}): Measures => ({
  figures: Object.fromEntries(FROZEN[scope].figures.map((name) => [name, figures[name] ?? 0])),
  rates: Object.fromEntries(FROZEN[scope].rates.map((name) => [name, rates[name] ?? share(0, 0)])),
});
const row = (id: string, name: string, now: Measures, before: Measures | null = null): FrozenRow => ({
  ...{ id, name, ...now, before },
  zeros: [],
  nothingFiled: false,
});
const county = row(
  'all',
  '全市',
  measures('county', { found: 46, toClear: 40, cleared: 22, open: 18, overdue: 3, relapses: 1 }, { clearance: share(21, 38) }),
  measures('county', { found: 41, toClear: 37, cleared: 15, open: 22, overdue: 5 }, { clearance: share(14, 35) }),
);
const ZERO = { kind: 'cleared', reached: localDate('2020-07-14'), lost: localDate('2020-07-18') } as const;
const CONTENT: BulletinContent = (() => {
  const untold = {
    bulletinId: 'bulletin-3' as BulletinId,
    kind: 'bulletin' as const,
    year: 2020,
    number: 3,
    total: 12,
    title: '平度市问题整改工作简报（7月13日—7月19日）',
    unit: { id: 'office' as UnitId, name: '市督查办' },
    signer: '督查办主任',
    copies: ['市委办公室', '市政府办公室'],
    period: { from: localDate('2020-07-13'), to: localDate('2020-07-19') },
    position: '1842',
    template: { id: 'bulletin', version: 1 },
    ranked: false,
    figures: {
      tables: [
        { scope: 'county' as const, rows: [county], leftOut: 0 },
        {
          scope: 'town' as const,
          rows: [
            row(
              'north',
              '北镇',
              measures('town', { owed: 30, passed: 18, open: 12, overdue: 2 }, { passing: share(18, 30), onTime: share(3, 4) }),
            ),
            row('south', '南镇', measures('town', { owed: 12, passed: 11, open: 1 }, { passing: share(11, 12) })),
            { ...row('east', '东镇', measures('town', {})), nothingFiled: true },
          ],
          leftOut: 0,
        },
        { scope: 'department' as const, rows: [row('housing', '住建局', measures('department', { owed: 20, open: 9 }))], leftOut: 0 },
        { scope: 'list' as const, rows: [{ ...row('l1', '第一批清单', measures('list', { found: 3 })), zeros: [ZERO] }], leftOut: 4 },
        { scope: 'source' as const, rows: [], leftOut: 0 },
        { scope: 'category' as const, rows: [row('housing', '住房安全', measures('category', { found: 20 }))], leftOut: 0 },
      ],
      footnote: { townLegs: 42, departmentLegs: 20, findings: 40 },
      carryOvers: 7,
    },
    previous: { bulletinId: 'bulletin-2' as BulletinId, label: '2020年第2期', asOf: localDate('2020-07-12') },
    corrections: [
      {
        ...{ scope: 'county' as const, id: 'all', name: '全市', figure: 'cleared', was: 15, is: 16, revision: 1 },
        ...{
          bulletinId: 'bulletin-2' as BulletinId,
          label: '2020年第2期',
          asOf: localDate('2020-07-12'),
          reason: '一件11日已销号，14日补记',
        },
      },
    ],
  };
  return { ...untold, texts: draftTexts(untold) };
})();
const ISSUED = { content: CONTENT, issuedAt: instant('2020-07-20T01:30:00Z'), issuedOn: localDate('2020-07-20') };

const textOf = (block: DocumentBlock): string => {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return block.text;
    case 'table':
      return [block.caption ?? '', ...[block.columns.map(({ title }) => title), ...block.rows].map((cells) => cells.join('|'))].join('\n');
    default:
      return '';
  }
};
const linesOf = (content: BulletinContent): readonly string[] =>
  bulletinDocument({ ...ISSUED, content }).blocks.flatMap((block) => textOf(block).split('\n'));

describe('An issue on paper', () => {
  it('is drafted with numbers that add up: what became long-term stands beside what was cleared', () => {
    const longTerm = row('all', '全市', measures('county', { found: 46, toClear: 41, cleared: 22, longTerm: 1, open: 18 }));
    const tables = CONTENT.figures.tables.map((table) => (table.scope === 'county' ? { ...table, rows: [longTerm] } : table));
    const { overall } = draftTexts({ ...CONTENT, figures: { ...CONTENT.figures, tables } });
    expect(overall).toContain('应销号41件，已销号22件，转长效1件，未销号18件。');
    expect(CONTENT.texts.overall).toContain('应销号40件，已销号22件，未销号18件。');
  });

  it('bears its head, its number and the parts of a bulletin in their order', () => {
    const { letterhead, number, signer, signature, copies, blocks } = bulletinDocument(ISSUED);
    expect([letterhead, number, signer, copies]).toStrictEqual([
      '市督查办工作简报',
      '2020年第3期（总第12期）',
      '督查办主任',
      ['市委办公室', '市政府办公室'],
    ]);
    expect(signature).toMatchObject({ unit: '市督查办', day: '2020-07-20' });
    expect(blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))).toStrictEqual([
      '一、总体情况',
      '二、镇街情况',
      '三、部门情况',
      '四、存在问题',
      '五、下步要求',
      '更正',
    ]);
  });

  it('shows this issue beside the last, rates with both their numbers, points from the unrounded shares, none below ten (R36)', () => {
    const lines = linesOf(CONTENT);
    expect(lines).toEqual(expect.arrayContaining(['已销号|22|15|+7', '未销号|18|22|-4', '销号率|55.2% 21/38|40.0% 14/35|+15.3个百分点']));
    expect(lines).toEqual(expect.arrayContaining(['北镇|30|18|12|2|60.0% 18/30|3/4|—', '东镇（无问题）|0|0|0|0|—|—|—']));
  });

  it('prints the definition of each rate below its table, and what was left out', () => {
    const notes = linesOf(CONTENT).filter((line) => line.startsWith('注：'));
    expect(
      notes.some((note) => note.includes('整改通过率 = 整改通过 ÷ 应整改，按条线计，不含立行立改；按期率 = 按期结案 ÷ 期内应结')),
    ).toBe(true);
    expect(notes.some((note) => note.includes('另有4行未销号较少的未列。'))).toBe(true);
    expect(notes.at(-1)).toContain('截至2020年7月19日24时入库的记录，固定于记录第1842位');
    expect(notes.at(-1)).toContain('镇街腿42、部门腿20、件40，三个数互不相加');
  });

  it('tells zeros reached and lost within the period with their days, and corrections of earlier issues', () => {
    const lines = linesOf(CONTENT);
    expect(lines).toContain('期内清零与失去清零：第一批清单2020年7月14日销号清零；第一批清单2020年7月18日失去销号清零。');
    expect(lines).toContain('2020年第2期（截至2020年7月12日）全市“已销号”原为15，更正为16。原因：一件11日已销号，14日补记');
  });

  it('gives places only where asked for, and none below ten (R36, R41)', () => {
    expect(linesOf(CONTENT).some((line) => line.includes('位次'))).toBe(false);
    const ranked = linesOf({ ...CONTENT, ranked: true });
    expect(ranked).toEqual(expect.arrayContaining(['南镇|12|11|1|0|91.6% 11/12|—|—|1', '北镇|30|18|12|2|60.0% 18/30|3/4|—|2']));
    expect(ranked).toContain('东镇（无问题）|0|0|0|0|—|—|—|—');
  });

  it('places a table on the page as on paper, and shows on it nothing but what is frozen', () => {
    const towns = CONTENT.figures.tables.find(({ scope }) => scope === 'town');
    if (towns === undefined) throw new Error('no table of towns');
    const placed = placesOn(CONTENT, towns);
    expect(towns.rows.map(({ name }, at) => [name, placed?.places[at] ?? null])).toEqual(
      expect.arrayContaining([
        ['南镇', 1],
        ['北镇', 2],
        ['东镇', null],
      ]),
    );
    expect([placed?.rate, placesOn({ template: { id: 'annual', version: 1 } }, { scope: 'list', rows: [] })]).toStrictEqual([
      'passing',
      null,
    ]);
    for (const scope of FROZEN_SCOPES) {
      expect(FROZEN[scope].figures).toEqual(expect.arrayContaining([...SHOWN[scope].figures]));
      expect(FROZEN[scope].rates).toEqual(expect.arrayContaining([...SHOWN[scope].rates]));
    }
  });

  it('has a template for each kind that shows nothing but what is frozen', () => {
    for (const { county: columns, tables } of Object.values(TEMPLATES)) {
      const shown = [{ scope: 'county' as const, columns }, ...tables].flatMap(({ scope, columns: of }) =>
        of.filter((column) =>
          'figure' in column ? !FROZEN[scope].figures.includes(column.figure) : !FROZEN[scope].rates.includes(column.rate),
        ),
      );
      expect(shown).toStrictEqual([]);
    }
    for (const kind of Object.values(TEMPLATES)) {
      expect(linesOf({ ...CONTENT, kind: kind.id, template: { id: kind.id, version: kind.version } }).length).toBeGreaterThan(20);
    }
  });

  it('gives the same bytes again, in whatever order a store has put the names of its fields', async () => {
    const turned = JSON.parse(JSON.stringify(CONTENT), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value,
    ) as BulletinContent;
    expect(contentHashOf(turned)).toBe(contentHashOf(CONTENT));
    const [once, again] = [bulletinDocument(ISSUED), bulletinDocument({ ...ISSUED, content: turned })];
    expect(renderHtml(again)).toBe(renderHtml(once));
    expect((await renderPdf(again)).equals(await renderPdf(once))).toBe(true);
    expect((await renderDocx(again)).equals(await renderDocx(once))).toBe(true);
  });
});
