import type {
  BulletinContent,
  BulletinCorrection,
  BulletinSummary,
  FrozenFigures,
  FrozenRow,
  FrozenTable,
  IssuedBulletin,
  SavedDraft,
  Share,
} from '@app/bulletins';
import { placesOn, pointsShown, SHOWN } from '@app/bulletins';
import { countsAPeriod, FINDING_RATES, isUnitScope, LEG_RATES, shownPercent } from '@app/findings';
import type { PersonId, UnitId } from '@app/kernel';
import { isWithin, type DirectoryView } from '@app/organisation';
import { sightOf } from '../clearance/sight';
import type { Reading } from '../reading/reader-context';

type Named = Readonly<{ id: string; name: string }>;
/** With the figures that it divides, and the percentage points since the last issue; neither below ten (R36). */
export type BulletinRate = Share &
  Readonly<{ percent: string | null; points: string | null; of: Readonly<{ numerator: string; denominator: string }> }>;
/** `opens`: the reader may open the lists behind the numbers of this row. `place` 位次 by the rate that places; null where it has none. */
export type BulletinRow = Omit<FrozenRow, 'rates'> &
  Readonly<{ rates: Readonly<Record<string, BulletinRate>>; opens: boolean; place: number | null }>;
export type BulletinTable = Omit<FrozenTable, 'rows'> &
  Readonly<{
    rows: readonly BulletinRow[];
    /** What is shown of a row, in the order of reading. */
    shown: Readonly<{ figures: readonly string[]; rates: readonly string[] }>;
    /** The rate that places the rows where the issue has places. */
    placedBy: string | null;
    /** Figures of a day, of which the comparison of two days tells what moved them; the others are of a period. */
    explained: readonly string[];
  }>;
export type BulletinFigures = Omit<FrozenFigures, 'tables'> & Readonly<{ tables: readonly BulletinTable[] }>;
export type BulletinSaid = Omit<BulletinContent, 'figures'> & Readonly<{ figures: BulletinFigures }>;
export type BulletinCorrectionTold = Omit<BulletinCorrection, 'correctedBy'> & Readonly<{ correctedBy: Named }>;

/** An issue as it was published, and beside it what was corrected since. */
export type BulletinShown = Omit<IssuedBulletin, 'content' | 'corrections' | 'issuedBy'> &
  Readonly<{
    content: BulletinSaid;
    issuedBy: Named;
    corrections: readonly BulletinCorrectionTold[];
    /** The lists behind the county's numbers show the reader a part of them. */
    partial: boolean;
  }>;
export type BulletinLine = Omit<BulletinSummary, 'issuedBy'> & Readonly<{ issuedBy: Named }>;
/** `next` goes into `after`. */
export type BulletinPage = Readonly<{ bulletins: readonly BulletinLine[]; next: string | null }>;

const person = (view: DirectoryView, id: PersonId): Named => ({ id, name: view.person(id)?.name ?? id });

/** Null: everything. */
const rootsOf = ({ scope, view }: Reading): readonly string[] | null => {
  const { seen } = sightOf(scope);
  const whole = seen === null || view.allUnits().some((unit) => unit.kind === 'county' && seen.includes(unit.path));
  return whole ? null : seen;
};
const opens = (table: FrozenTable, row: FrozenRow, roots: readonly string[] | null, view: DirectoryView): boolean => {
  if (roots === null || table.scope === 'county') return true;
  const path = isUnitScope(table.scope) ? view.unit(row.id as UnitId)?.path : undefined;
  return path !== undefined && roots.some((root) => isWithin(path, root));
};

const ratesOf = (scope: FrozenTable['scope'], { rates, before }: FrozenRow): BulletinRow['rates'] => {
  const parts: Readonly<Record<string, BulletinRate['of']>> = isUnitScope(scope) ? LEG_RATES : FINDING_RATES;
  return Object.fromEntries(
    Object.entries(rates).map(([name, share]) => {
      const earlier = before?.rates[name];
      const points = earlier === undefined ? null : pointsShown(share, earlier);
      return [name, { ...share, percent: shownPercent(share), points, of: parts[name] ?? { numerator: name, denominator: name } }];
    }),
  );
};

export const contentShown = (content: BulletinContent, reading: Reading): BulletinSaid => {
  const roots = rootsOf(reading);
  const tables = content.figures.tables.map((table) => {
    const placed = placesOn(content, table);
    const [first] = table.rows;
    const { figures, rates } = SHOWN[table.scope];
    return {
      ...table,
      rows: table.rows.map((row, at) => ({
        ...row,
        rates: ratesOf(table.scope, row),
        opens: opens(table, row, roots, reading.view),
        place: placed?.places[at] ?? null,
      })),
      shown: {
        figures: figures.filter((figure) => first?.figures[figure] !== undefined),
        rates: rates.filter((rate) => first?.rates[rate] !== undefined),
      },
      placedBy: placed?.rate ?? null,
      explained: Object.keys(first?.figures ?? {}).filter((figure) => !countsAPeriod(table.scope, figure)),
    };
  });
  return { ...content, figures: { ...content.figures, tables } };
};

export const bulletinShown = ({ content, corrections, issuedBy, ...issued }: IssuedBulletin, reading: Reading): BulletinShown => ({
  ...issued,
  content: contentShown(content, reading),
  issuedBy: person(reading.view, issuedBy),
  corrections: corrections.map(({ correctedBy, ...told }) => ({ ...told, correctedBy: person(reading.view, correctedBy) })),
  partial: rootsOf(reading) !== null,
});

export const lineShown = ({ issuedBy, ...line }: BulletinSummary, { view }: Reading): BulletinLine => ({
  ...line,
  issuedBy: person(view, issuedBy),
});

/** What is being written for an issue. `revision` goes with the next saving. */
export type BulletinDraftShown = Readonly<
  Pick<SavedDraft, 'kind' | 'title' | 'texts' | 'copies' | 'ranked' | 'revision' | 'savedAt'> & SavedDraft['period'] & { savedBy: Named }
>;
export const draftShown = ({ period, savedBy, ...draft }: SavedDraft, { view }: Pick<Reading, 'view'>): BulletinDraftShown => ({
  ...draft,
  ...period,
  savedBy: person(view, savedBy),
});
