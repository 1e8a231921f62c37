import type { FindingId, LegId, LocalDate } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { reasonOf, type ChangeReason } from './change-reasons';
import { evaluate, measuresBehind, type Figure } from './figure-definitions';
import type { Basis } from './figure-fold';
import { figureCursorOf, legOf, readFigureCursor } from './figure-page';
import { rowScopes, type Sight } from './figure-reach';
import { basisOf, definitionOf, type BoardScope } from './figure-scopes';
import { tallyOver } from './figure-tallies';

export type ComparisonChange = Readonly<{
  direction: 'entered' | 'left';
  findingId: FindingId;
  number: string;
  legId: LegId | null;
  reason: ChangeReason;
  /** The day of it; null where no more happened than that a day came. */
  on: LocalDate | null;
}>;
export type Comparison = Readonly<{
  scope: BoardScope;
  id: string;
  figure: string;
  basis: Basis;
  from: LocalDate;
  to: LocalDate;
  /** The figure at the ends of the two days; with a period of its own, counted since the beginning. */
  before: number;
  after: number;
  difference: number;
  /** `entered` − `left` = `difference`. */
  entered: number;
  left: number;
  rows: readonly ComparisonChange[];
  next: string | null;
}>;
export type ComparisonAsked = Readonly<{
  scope: BoardScope;
  id: string;
  figure: string;
  from: LocalDate;
  to: LocalDate;
  basis?: Basis;
  subtree: boolean;
  after: string | null;
  limit: number;
}>;

type Row = Readonly<{
  entered: number;
  gone: number;
  finding_id: FindingId | null;
  part: string;
  number: string;
  is_in: boolean;
  before_measures: readonly string[] | null;
  before_scope: boolean | null;
  after_measures: readonly string[] | null;
  after_scope: boolean | null;
  whole: readonly string[] | null;
  /** How it stood between the days. */
  course: readonly Readonly<{ from: LocalDate; to: LocalDate | null; in: boolean }>[] | null;
}>;

/** Parts whose facts began or ended between the days, or that a day moved into or out of the figure; then how they stood on both. */
const SQL = `
with candidate as (
  select finding_id, part from figure_fact where basis = $1 and from_day > $2 and from_day <= $3 and scopes && $4::text[]
  union select finding_id, part from figure_fact where basis = $1 and to_day > $2 and to_day <= $3 and scopes && $4::text[]
  union select finding_id, part from figure_fact
    where basis = $1 and scopes && $4::text[] and measures && $7::text[] and from_day <= $3 and (to_day is null or to_day > $2)
), judged as (
  select c.finding_id, c.part, coalesce(a.number, b.number) as number,
    coalesce(b.scopes && $4::text[] and b.measures && $5::text[], false) as was_in,
    coalesce(a.scopes && $4::text[] and a.measures && $6::text[], false) as is_in,
    b.measures as before_measures, b.scopes && $4::text[] as before_scope,
    a.measures as after_measures, a.scopes && $4::text[] as after_scope
  from candidate c
  left join lateral (
    select * from figure_fact f where f.finding_id = c.finding_id and f.part = c.part and f.basis = $1
      and f.from_day <= $2 and (f.to_day is null or f.to_day > $2)
  ) b on true
  left join lateral (
    select * from figure_fact f where f.finding_id = c.finding_id and f.part = c.part and f.basis = $1
      and f.from_day <= $3 and (f.to_day is null or f.to_day > $3)
  ) a on true
), moved as (
  select * from judged where was_in <> is_in
), counted as (
  select count(*) filter (where is_in)::int as entered, count(*) filter (where was_in)::int as gone from moved
), page as (
  select m.*, w.measures as whole, h.course from moved m
  left join lateral (
    select measures from figure_fact f where f.finding_id = m.finding_id and f.part = '' and f.basis = $1
      and f.from_day <= $3 and (f.to_day is null or f.to_day > $3)
  ) w on true
  left join lateral (
    select jsonb_agg(jsonb_build_object('from', f.from_day, 'to', f.to_day,
      'in', f.scopes && $4::text[] and f.measures && $6::text[]) order by f.from_day) as course
    from figure_fact f where f.finding_id = m.finding_id and f.part = m.part and f.basis = $1
      and f.from_day <= $3 and (f.to_day is null or f.to_day > $2)
  ) h on true
  where $8::text is null or (m.number, m.finding_id, m.part) > ($8, $9, $10)
  order by m.number, m.finding_id, m.part limit $11
)
select counted.entered, counted.gone, page.* from counted left join page on true order by page.number, page.finding_id, page.part`;

const selectorsOf = (figure: Figure, day: LocalDate): readonly string[] =>
  figure.select({ from: null, to: day }).map((selector) => selector.measure);

/** A number on two days, and what moved it. */
@Injectable()
export class ComparisonQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Null where the figure is not for this reader. Errors: BadCursor. */
  async compare(asked: ComparisonAsked, sight: Sight): Promise<Comparison | null> {
    const { scope, id, figure, from, to, limit } = asked;
    const basis = basisOf(asked);
    const definition = definitionOf(scope, figure);
    const scopes = definition && (await rowScopes(this.dataSource, asked, sight, basis));
    if (definition === null || scopes === null) return null;
    const after = asked.after === null ? null : readFigureCursor(asked.after);
    const onDay = async (day: LocalDate) => {
      const tally = await tallyOver(this.dataSource, scopes, basis, day);
      const period = { from: null, to: day };
      return { n: evaluate(definition, period, tally, tally), measures: measuresBehind(definition, period, tally) };
    };
    const [first, second] = [await onDay(from), await onDay(to)];
    // Selected on one of the days only: what holds these moved without changing.
    const between = [
      ...first.measures.filter((measure) => !second.measures.includes(measure)),
      ...second.measures.filter((measure) => !first.measures.includes(measure)),
    ];
    const params = [basis, from, to, scopes, first.measures, second.measures, between];
    const place = [after?.number ?? null, after?.findingId ?? '', after?.part ?? '', limit + 1];
    const rows = await this.dataSource.query<Row[]>(SQL, [...params, ...place]);
    const byClock = selectorsOf(definition, to).includes('running_by_due');
    const found = rows.flatMap((row) => (row.finding_id === null ? [] : [{ ...row, findingId: row.finding_id }]));
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      scope,
      id,
      figure,
      basis,
      from,
      to,
      before: first.n,
      after: second.n,
      difference: second.n - first.n,
      entered: rows[0]?.entered ?? 0,
      left: rows[0]?.gone ?? 0,
      rows: page.map((row) => changeOf(row, row.findingId, from, byClock)),
      next:
        found.length > limit && last !== undefined
          ? figureCursorOf({ number: last.number, findingId: last.findingId, part: last.part })
          : null,
    };
  }
}

const changeOf = (row: Row, findingId: FindingId, from: LocalDate, byClock: boolean): ComparisonChange => {
  const before = row.before_measures && { measures: row.before_measures, inScope: row.before_scope === true };
  const after = row.after_measures && { measures: row.after_measures, inScope: row.after_scope === true };
  return {
    direction: row.is_in ? 'entered' : 'left',
    findingId,
    number: row.number,
    legId: legOf(row.part),
    reason: reasonOf({ part: row.part, before, after, whole: row.whole ?? [], byClock }),
    on: movedOn(row, from),
  };
};

/** The last day between the two on which it came into the number, or went out. */
const movedOn = ({ course, is_in }: Row, from: LocalDate): LocalDate | null => {
  const facts = course ?? [];
  const other = facts.findLastIndex((fact) => fact.in !== is_in);
  const day = facts[other + 1]?.from ?? facts[other]?.to ?? null;
  return day !== null && day > from ? day : null;
};
