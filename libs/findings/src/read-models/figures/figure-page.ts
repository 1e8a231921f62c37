import { Buffer } from 'node:buffer';
import type { FindingId, LegId, LocalDate } from '@app/kernel';
import type { Tx } from '@app/read-store';
import { z } from 'zod';
import { BadCursor } from '../finding-list/finding.queries';
import type { Basis } from './figure-fold';
import { isLatest } from './figure-tallies';
import { PLACEHOLDER_PART } from './figure-placeholders';

/** `placeholder`: handled offline (R39); the id is the placeholder’s, and no finding opens behind it. */
export type FigureEntry = Readonly<{ findingId: FindingId; number: string; legId: LegId | null; since: LocalDate; placeholder: boolean }>;
export type FigurePage = Readonly<{ basis: Basis; total: number; rows: readonly FigureEntry[]; next: string | null }>;

const shape = z.tuple([z.string().max(60), z.string().max(60), z.string().max(120)]);
export type Place = Readonly<{ number: string; findingId: string; part: string }>;

/** Errors: BadCursor. */
export const readFigureCursor = (text: string): Place => {
  try {
    const [number, findingId, part] = shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { number, findingId, part };
  } catch {
    throw new BadCursor();
  }
};
export const figureCursorOf = ({ number, findingId, part }: Place): string =>
  Buffer.from(JSON.stringify([number, findingId, part])).toString('base64url');

type Asked = Readonly<{
  basis: Basis;
  scopes: readonly string[];
  /** As facts carry them: `open`, `open_by_due@2020-07-08`. */
  measures: readonly string[];
  day: LocalDate;
  after: Place | null;
  limit: number;
}>;
type Row = Readonly<{ finding_id: FindingId; part: string; number: string; from_day: LocalDate }>;

/** The facts that held at the end of a day and make up a figure. A fact lies in one selector at most, so rows and number agree. */
export const figureRowsBehind = async (
  db: Tx,
  { basis, scopes, measures, day, after, limit }: Asked,
): Promise<Omit<FigurePage, 'basis' | 'total'>> => {
  // What holds now is read in the order of numbers until the page is full; on an earlier day, what held then is looked for.
  const held = (await isLatest(db, basis, day)) ? 'to_day is null' : 'from_day <= $5 and (to_day is null or to_day > $5)';
  const beyond = after === null ? '' : 'and (number, finding_id, part) > ($6, $7, $8)';
  const rows = await db.query<Row[]>(
    `select finding_id, part, number, from_day from figure_fact
     where basis = $1 and scopes && $2::text[] and measures && $3::text[] and $5::text is not null and ${held} ${beyond}
     order by number, finding_id, part limit $4`,
    [basis, scopes, measures, limit + 1, day, ...(after === null ? [] : [after.number, after.findingId, after.part])],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ finding_id, part, number, from_day }) => ({
      findingId: finding_id,
      number,
      legId: legOf(part),
      since: from_day,
      placeholder: part === PLACEHOLDER_PART,
    })),
    next:
      rows.length > limit && last !== undefined
        ? figureCursorOf({ number: last.number, findingId: last.finding_id, part: last.part })
        : null,
  };
};

/** `L1` for a leg, `~checked/2020-07-01/L1` for what was checked of it; the finding itself has none. */
export const legOf = (part: string): LegId | null => {
  if (part === '') return null;
  if (!part.startsWith('~')) return part as LegId;
  const [, , legId] = part.split('/');
  return part.startsWith('~checked/') && legId !== undefined ? (legId as LegId) : null;
};
