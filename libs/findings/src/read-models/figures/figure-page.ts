import { Buffer } from 'node:buffer';
import type { FindingId, LegId, LocalDate } from '@app/kernel';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { BadCursor } from '../finding-list/finding.queries';
import type { Selector } from './figure-definitions';

export type FigureEntry = Readonly<{ findingId: FindingId; number: string; legId: LegId | null; since: LocalDate }>;
export type FigurePage = Readonly<{ total: number; rows: readonly FigureEntry[]; next: string | null }>;

const shape = z.tuple([z.string().max(60), z.string().max(60), z.string().max(120)]);
type Place = Readonly<{ number: string; findingId: string; part: string }>;

/** Errors: BadCursor. */
export const readFigureCursor = (text: string): Place => {
  try {
    const [number, findingId, part] = shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { number, findingId, part };
  } catch {
    throw new BadCursor();
  }
};
const cursorOf = ({ number, findingId, part }: Place): string =>
  Buffer.from(JSON.stringify([number, findingId, part])).toString('base64url');

type Asked = Readonly<{ scopes: readonly string[]; selectors: readonly Selector[]; day: LocalDate; after: Place | null; limit: number }>;
type Row = Readonly<{ finding_id: FindingId; part: string; number: string; from_day: LocalDate }>;

/** The facts that held at the end of a day and make up a figure. A fact lies in one selector at most, so rows and number agree. */
export const figurePageOf = async (dataSource: DataSource, { scopes, selectors, day, after, limit }: Asked): Promise<FigurePage> => {
  const bounds = selectors.map(({ measure, from, to, keyed }) =>
    keyed ? [`${measure}@${from ?? ''}`, `${measure}@${to ?? '9999-12-31'}`] : [measure, measure],
  );
  const holds = `f.scopes && $1::text[] and f.from_day <= $2 and (f.to_day is null or f.to_day > $2)
    and exists (select from unnest(f.measures) m join jsonb_to_recordset($3::jsonb) as b(low text, high text)
                on m collate "C" >= b.low collate "C" and m collate "C" <= b.high collate "C")`;
  const params = [scopes, day, JSON.stringify(bounds.map(([low, high]) => ({ low, high })))];
  const [count] = await dataSource.query<{ n: number }[]>(`select count(*)::int as n from figure_fact f where ${holds}`, params);
  const rows = await dataSource.query<Row[]>(
    `select finding_id, part, number, from_day from figure_fact f where ${holds}
     and ($4::text is null or (number, finding_id, part) > ($4, $5, $6)) order by number, finding_id, part limit $7`,
    [...params, after?.number ?? null, after?.findingId ?? '', after?.part ?? '', limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    total: count?.n ?? 0,
    rows: page.map(({ finding_id, part, number, from_day }) => ({ findingId: finding_id, number, legId: legOf(part), since: from_day })),
    next: rows.length > limit && last !== undefined ? cursorOf({ number: last.number, findingId: last.finding_id, part: last.part }) : null,
  };
};

/** `L1` for a leg, `~checked/2020-07-01/L1` for what was checked of it; the finding itself has none. */
const legOf = (part: string): LegId | null => {
  if (part === '') return null;
  if (!part.startsWith('~')) return part as LegId;
  const [, , legId] = part.split('/');
  return part.startsWith('~checked/') && legId !== undefined ? (legId as LegId) : null;
};
