import type { DocumentBlock, OfficialDocument } from '@app/documents';
import { pointsBetween, shownPercent } from '@app/findings';
import type { Instant, LocalDate } from '@app/kernel';
import {
  BULLETIN_SECTIONS,
  type BulletinContent,
  type FrozenRow,
  type FrozenScope,
  type PrintedCorrection,
  type Share,
} from '../domain/bulletin.types';
import { tableOf } from './draft-texts';
import { placesBy, ratesIn } from './places';
import { templateOf, type TemplateColumn, type TemplateTable } from './templates';
import { countsLegs, dayText, definitionsOf, figureWord, issueNumber, rateWord, SECTION_TITLES } from './words';

/** An issue as it was issued: what it says, when and on which day. */
export type IssuedContent = Readonly<{ content: BulletinContent; issuedAt: Instant; issuedOn: LocalDate }>;

const paragraph = (text: string): DocumentBlock => ({ kind: 'paragraph', text });
const small = (text: string): DocumentBlock => ({ kind: 'paragraph', text, indent: false });
const NONE: Share = { numerator: 0, denominator: 0 };

/** `+2`, `-1`, `0`. */
export const differenceText = (now: number, before: number): string => (now > before ? `+${String(now - before)}` : String(now - before));
/** Percentage points from the unrounded shares; null where one of them shows no percentage (R36). */
export const pointsShown = (now: Share, before: Share): string | null => {
  if (shownPercent(now) === null || shownPercent(before) === null) return null;
  const points = pointsBetween(now, before) ?? '0.0';
  return points.startsWith('-') ? points : `+${points}`;
};
const pointsText = (now: Share, before: Share | undefined): string => {
  const points = before === undefined ? null : pointsShown(now, before);
  return points === null ? '—' : `${points}个百分点`;
};

/** In a column that may be narrow: the percentage first, both its numbers below or beside it. */
const shareCell = (share: Share): string => {
  const percent = shownPercent(share);
  if (share.denominator === 0) return '—';
  return `${percent === null ? '' : `${percent}% `}${String(share.numerator)}/${String(share.denominator)}`;
};

const figureCell = (row: FrozenRow, figure: string): string => {
  const now = row.figures[figure] ?? 0;
  const before = row.before?.figures[figure];
  return before === undefined ? String(now) : `${String(now)}（${differenceText(now, before)}）`;
};
const titleOf = (scope: FrozenScope, column: TemplateColumn): string =>
  'figure' in column ? figureWord(scope, column.figure) : rateWord(column.rate);

/** One figure or rate a line, this issue beside the last. */
const countyTable = (row: FrozenRow, columns: readonly TemplateColumn[], hasPrevious: boolean): DocumentBlock => ({
  kind: 'table',
  caption: '全市指标（件）',
  columns: [
    { title: '指标', width: 5 },
    { title: '本期', width: 4, align: 'right' },
    ...(hasPrevious
      ? ([
          { title: '上期', width: 4, align: 'right' },
          { title: '增减', width: 4, align: 'right' },
        ] as const)
      : []),
  ],
  rows: columns.map((column) => [titleOf('county', column), ...countyCells(row, column, hasPrevious)]),
});
const countyCells = (row: FrozenRow, column: TemplateColumn, hasPrevious: boolean): readonly string[] => {
  if ('figure' in column) {
    const [now, before] = [row.figures[column.figure] ?? 0, row.before?.figures[column.figure]];
    if (!hasPrevious) return [String(now)];
    return [String(now), before === undefined ? '—' : String(before), before === undefined ? '—' : differenceText(now, before)];
  }
  const [now, before] = [row.rates[column.rate] ?? NONE, row.before?.rates[column.rate]];
  if (!hasPrevious) return [shareCell(now)];
  return [shareCell(now), before === undefined ? '—' : shareCell(before), pointsText(now, before)];
};

const rowsTable = (of: BulletinContent, { scope, title, columns }: TemplateTable): readonly DocumentBlock[] => {
  const rows = tableOf(of, scope);
  if (rows.length === 0) return [];
  const [first] = ratesIn(columns);
  const ranks = of.ranked && first !== undefined ? placesBy(rows, first) : null;
  const leftOut = of.figures.tables.find((table) => table.scope === scope)?.leftOut ?? 0;
  const definitions = definitionsOf(ratesIn(columns));
  const notes = [
    definitions === '' ? '' : `${definitions}。`,
    of.previous === null || ratesIn(columns).length === columns.length ? '' : `括号内为比${of.previous.label}增减。`,
    leftOut === 0 ? '' : `另有${String(leftOut)}行未销号较少的未列。`,
  ].join('');
  return [
    {
      kind: 'table',
      caption: `${title}（${countsLegs(scope) ? '条' : '件'}）`,
      columns: [
        { title: '名称', width: 4 },
        ...columns.map((column) => ({ title: titleOf(scope, column), width: 'figure' in column ? 2 : 4, align: 'right' as const })),
        ...(ranks === null ? [] : [{ title: '位次', width: 2, align: 'right' as const }]),
      ],
      rows: rows.map((row, i) => [
        row.nothingFiled ? `${row.name}（无问题）` : row.name,
        ...columns.map((column) => ('figure' in column ? figureCell(row, column.figure) : shareCell(row.rates[column.rate] ?? NONE))),
        ...(ranks === null ? [] : [ranks[i] === null ? '—' : String(ranks[i])]),
      ]),
    },
    ...(notes === '' ? [] : [small(`注：${notes}`)]),
  ];
};

const ZERO_WORDS = { rectified: '整改清零', cleared: '销号清零' } as const;
/** Reached or lost within the period; the day stands with both (R37). */
const zerosText = (of: BulletinContent): readonly DocumentBlock[] => {
  const { from, to } = of.period;
  const within = (day: LocalDate): boolean => day >= from && day <= to;
  const told = (['county', 'list', 'town', 'department'] as const).flatMap((scope) =>
    tableOf(of, scope).flatMap(({ name, zeros }) =>
      zeros.flatMap(({ kind, reached, lost }) => [
        ...(within(reached) ? [`${name}${dayText(reached)}${ZERO_WORDS[kind]}`] : []),
        ...(lost !== null && within(lost) ? [`${name}${dayText(lost)}失去${ZERO_WORDS[kind]}`] : []),
      ]),
    ),
  );
  return told.length === 0 ? [] : [paragraph(`期内清零与失去清零：${told.join('；')}。`)];
};

const correctionText = ({ label, asOf, scope, name, figure, was, is, reason }: PrintedCorrection): string =>
  `${label}（截至${dayText(asOf)}）${name}“${figureWord(scope, figure)}”原为${String(was)}，更正为${String(is)}。原因：${reason}`;

const notes = (of: BulletinContent): string => {
  const { townLegs, departmentLegs, findings } = of.figures.footnote;
  return [
    `注：本期数字为截至${dayText(of.period.to)}24时入库的记录，固定于记录第${of.position}位，以后的补录不改本期，另行更正。`,
    `镇街、部门按条线计，其余按件计：镇街腿${String(townLegs)}、部门腿${String(departmentLegs)}、件${String(findings)}，三个数互不相加。`,
    '应销号 = 已受理并交办 － 撤销 － 查否 － 并案；待研判、退单待裁定、线下办理另列。',
    '期内应结 = 期初未结且期末前到期的（含结转超期）+ 期内提前结的；结转超期另列。',
    '分母不足10的只列数，不算百分比，不排位；百分比只截不进，百分点按未截取的值计算。',
    of.figures.carryOvers === 0 ? '' : `历史结转${String(of.figures.carryOvers)}件，列在比率之外。`,
  ].join('');
};

/** The issue in words alone, from the issue alone: the same at any time. */
export const bulletinDocument = ({ content, issuedAt, issuedOn }: IssuedContent): OfficialDocument => {
  const template = templateOf(content.template);
  const county = tableOf(content, 'county')[0];
  const sections = BULLETIN_SECTIONS.flatMap((section): readonly DocumentBlock[] => [
    { kind: 'heading', level: 1, text: SECTION_TITLES[section] },
    ...content.texts[section]
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => paragraph(line.trim())),
    ...(section === 'overall' && county !== undefined
      ? [countyTable(county, template.county, content.previous !== null), small(`注：${definitionsOf(ratesIn(template.county))}。`)]
      : []),
    ...template.tables.filter((table) => table.section === section).flatMap((table) => rowsTable(content, table)),
    ...(section === 'problems' && template.zeros ? zerosText(content) : []),
  ]);
  return {
    letterhead: `${content.unit.name}${template.letterhead}`,
    number: issueNumber(content),
    signer: content.signer,
    title: content.title,
    recipient: null,
    blocks: [
      ...sections,
      ...(content.corrections.length === 0
        ? []
        : ([{ kind: 'heading', level: 1, text: '更正' }, ...content.corrections.map((line) => paragraph(correctionText(line)))] as const)),
      small(notes(content)),
    ],
    signature: { unit: content.unit.name, day: issuedOn, sealed: true, people: [] },
    copies: content.copies,
    slips: [],
    qr: null,
    at: issuedAt,
  };
};
