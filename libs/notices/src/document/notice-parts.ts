import type { DocumentBlock } from '@app/documents';
import type { NoticeContent, NoticeInspection, NoticeRow } from '../domain/notice.types';
import { dayWords, dueWords, rectificationWords } from './words';

export const paragraph = (text: string): DocumentBlock => ({ kind: 'paragraph', text });
/** What somebody typed keeps its lines. */
export const paragraphs = (text: string): readonly DocumentBlock[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(paragraph);

/** Without a row of the kind a column is left out: nothing is printed only to be struck out. */
export const findingsTable = (rows: readonly NoticeRow[]): DocumentBlock => {
  const withBasis = rows.some(({ basis }) => basis !== null);
  return {
    kind: 'table',
    columns: [
      { title: '序号', width: 1.2, align: 'center' },
      { title: '对象与位置', width: 4.2 },
      { title: '问题', width: 5 },
      ...(withBasis ? [{ title: '依据', width: 3 }] : []),
      { title: '整改要求', width: 4 },
      { title: '类型', width: 1.7, align: 'center' as const },
      { title: '整改期限', width: 3.4, align: 'center' as const },
    ],
    rows: rows.map((row, at) => [
      String(at + 1),
      `${row.object}，${row.place}（${row.number}）`,
      row.problem,
      ...(withBasis ? [row.basis ?? '—'] : []),
      row.requirement,
      rectificationWords(row),
      dueWords(row),
    ]),
  };
};

export const inspectionFacts = ({ from, to, team, manner, inspectors }: NoticeInspection): DocumentBlock => ({
  kind: 'facts',
  facts: [
    ['检查时间', from === to ? dayWords(from) : `${dayWords(from)}至${dayWords(to)}`],
    ['检查组', team],
    ['检查方式', manner],
    ['检查人员', inspectors.join('、')],
  ],
});

/** Those of which the same words hold together, in the order of the table; null says nothing of a row. */
const alike = (
  rows: readonly NoticeRow[],
  wordsOf: (row: NoticeRow) => string | null,
): readonly (readonly [items: string, words: string])[] => {
  const groups = new Map<string, number[]>();
  for (const [at, row] of rows.entries()) {
    const words = wordsOf(row);
    if (words !== null) groups.set(words, [...(groups.get(words) ?? []), at + 1]);
  }
  return [...groups].map(([words, items]) => [items.length === rows.length ? '' : `第${items.join('、')}项：`, words]);
};

/** 期限溯源: how each due time came about. */
export const derivations = (rows: readonly NoticeRow[]): readonly DocumentBlock[] =>
  alike(rows, ({ derivation }) => (derivation.length === 0 ? null : derivation.join('；'))).map(([items, words]) =>
    paragraph(`${items}${words}。`),
  );

/** R21 and the extension: what may be asked for, and until when. */
export const rights = (rows: readonly NoticeRow[]): readonly DocumentBlock[] => [
  ...alike(rows, ({ objectionBy }) => dayWords(objectionBy)).map(([items, day]) =>
    paragraph(`${items}认为不属本单位职责、地点有误或问题不实的，可自送达之日起2个工作日内，即${day}前（含当日）提出退单，并写明理由。`),
  ),
  paragraph('确需延期的，应在整改期限届满前提出申请，写明理由、目前进展和预计完成日期；未获批准前，原期限不变。'),
];

/** An answer is asked for in writing only where a day is set for it. */
export const feedback = ({ feedbackBy, feedback: beyond, issuerName }: NoticeContent): readonly DocumentBlock[] => [
  ...(feedbackBy === null
    ? []
    : [paragraph(`请于${dayWords(feedbackBy)}前（含当日），将整改措施、完成情况和佐证材料书面反馈${issuerName}。`)]),
  ...(beyond === null ? [] : paragraphs(beyond)),
];
