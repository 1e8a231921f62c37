import type { ImportAnswer, ImportRowShown, UnderstoodColumn } from '../../api/generated/types.gen';

type Remark = ImportRowShown['remarks'][number];
type Content = NonNullable<ImportRowShown['content']>;
export type Field = NonNullable<UnderstoodColumn['field']>;
/** How codes and ids read on screen. */
export type Naming = Readonly<{ unit: (id: string) => string; category: (code: string) => string; word: (key: string) => string }>;

/** Work goes on behind: ask again. */
export const isRunning = ({ state }: Pick<ImportAnswer, 'state'>): boolean =>
  state === 'received' || state === 'reading' || state === 'committing';
export const isOver = ({ state }: Pick<ImportAnswer, 'state'>): boolean =>
  state === 'committed' || state === 'cancelled' || state === 'refused';

/** Reading, checking, putting into a list; past the last one when all is done. */
export const stepOf = ({ state }: Pick<ImportAnswer, 'state'>): number => {
  if (state === 'ready') return 1;
  return state === 'committing' ? 2 : state === 'committed' ? 3 : 0;
};

/** Columns worth showing: all but the blank ones. */
export const shownColumns = (columns: readonly UnderstoodColumn[]): readonly UnderstoodColumn[] =>
  columns.filter(({ use }) => use !== 'blank');

const join = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join(' ');
const OF_FIELD: Partial<Readonly<Record<Field, (content: Content, naming: Naming) => string | null>>> = {
  number: ({ number }) => number,
  text: ({ text }) => text,
  category: ({ category }, { category: name }) => name(category),
  subject: ({ subject }) => subject.label,
  place: ({ place }) => place.text,
  town: ({ townIds }, { unit }) => join(townIds.map(unit)),
  village: ({ place }, { unit }) => (place.villageId === null ? null : unit(place.villageId)),
  foundOn: ({ foundOn }) => foundOn,
  manner: ({ manner }, { word }) => word(`manner.${manner}`),
  basis: ({ basis }) => basis,
  severity: ({ seriousness }, { word }) => word(`seriousness.${seriousness}`),
  kind: ({ rectification }, { word }) => (rectification === null ? null : word(`rectification.${rectification}`)),
  measure: ({ measure }) => measure,
  lead: ({ legs }, { unit }) => join(legs.filter((leg) => leg.leads).map((leg) => unit(leg.unitId))),
  responsible: ({ legs }, { unit }) => join(legs.map((leg) => unit(leg.unitId))),
  assisting: ({ assisting }, { unit }) => join(assisting.map(unit)),
  owner: ({ projectOwnerId }, { unit }) => (projectOwnerId === null ? null : unit(projectOwnerId)),
  due: ({ dueOn }) => dueOn,
};

/** What stands in a cell of the preview: of a row with errors as it was written, else as it was understood. */
export const cellText = (row: ImportRowShown, { field, index, title }: UnderstoodColumn, naming: Naming): string => {
  if (row.cells !== null) return row.cells[index - 1] ?? '';
  if (row.content === null) return '';
  const understood = field === null ? undefined : OF_FIELD[field];
  return understood?.(row.content, naming) ?? row.content.quoted.find((quoted) => quoted.title === title)?.text ?? '';
};

const lettersOf = ({ address }: Remark): string => /^[A-Z]+/.exec(address)?.[0] ?? '';
/** What is said about one cell. */
export const remarksAt = (row: ImportRowShown, { letters }: UnderstoodColumn): readonly Remark[] =>
  row.remarks.filter((remark) => lettersOf(remark) === letters);
/** What is said about the row as a whole, or about a column that is not shown. */
export const remarksBeside = (row: ImportRowShown, columns: readonly UnderstoodColumn[]): readonly Remark[] =>
  row.remarks.filter((remark) => !columns.some(({ letters }) => letters === lettersOf(remark)));

export const worst = (remarks: readonly Remark[]): Remark['level'] | null =>
  (['error', 'warning', 'note'] as const).find((level) => remarks.some((remark) => remark.level === level)) ?? null;

/** Written names of categories that were not recognised, as the remarks quote them. */
export const unknownCategories = (rows: readonly ImportRowShown[]): readonly string[] => [
  ...new Set(
    rows
      .flatMap(({ remarks }) => remarks)
      .filter(({ code }) => code === 'category-unknown')
      .flatMap(({ text }) => /\u201c(.*?)\u201d/.exec(text.zh)?.[1] ?? []),
  ),
];

/** Of an import under way, how much is done; null while that is not known. */
export const shareOf = ({ rowsDone, rowsTotal }: Pick<ImportAnswer, 'rowsDone' | 'rowsTotal'>): number | null =>
  rowsTotal === 0 ? null : Math.min(1, rowsDone / rowsTotal);

export const ONLY = ['all', 'wrong', 'warnings', 'differs'] as const;
export type Only = (typeof ONLY)[number];
/** The row somebody wants to begin at, from 1; whatever is no number is the first. */
export const rowAsked = (said: string): number => {
  const wanted = Number(said);
  return Number.isSafeInteger(wanted) && wanted > 0 ? wanted : 1;
};
