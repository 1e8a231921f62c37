import { addDays, type LocalDate, type UnitId } from '@app/kernel';
import { isWithin } from '@app/organisation';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BURDEN_FIGURES, evaluatorOf, neededFor } from './figure-definitions';
import { figureCursorOf, legOf, readFigureCursor, type FigureEntry } from './figure-page';
import { figureUnits } from './figure-reach';
import { merged, momentOf, NO_TALLY, spansBelow, tallyOver } from './figure-tallies';

/** open 未销 · overdue 超期 · relapsed 反弹: legs that a unit acts on. */
export const BURDEN_MEASURES = ['open', 'overdue', 'relapsed'] as const;
export type BurdenMeasure = (typeof BURDEN_MEASURES)[number];

/** `byOthers` is what inspections, upper levels and others found; what the unit found itself stands beside it. */
export type Burden = Readonly<Record<BurdenMeasure, Readonly<{ byOthers: number; bySelf: number }>>>;

export type BurdenPage = Readonly<{ rows: readonly FigureEntry[]; next: string | null }>;

const PERIOD = (asOf: LocalDate) => ({ from: null, to: asOf });
type Raw = Readonly<Record<keyof typeof BURDEN_FIGURES, number>>;
const split = (all: number, own: number) => ({ byOthers: Math.max(0, all - own), bySelf: Math.max(0, own) });

const burdenOf = (end: Raw, eve: Raw): Burden => ({
  open: split(end.open, end.ownOpen),
  overdue: split(end.overdue, end.ownOverdue),
  relapsed: split(end.relapsed - eve.relapsed, end.ownRelapsed - eve.ownRelapsed),
});

/** What counts of a measure, and what of it the unit found itself. */
const NAMES: Readonly<Record<BurdenMeasure, Readonly<{ all: readonly string[]; own: string; keyed: boolean }>>> = {
  open: { all: ['open', 'open_immediate'], own: 'own_open', keyed: false },
  overdue: { all: ['running_by_due'], own: 'own_running_by_due', keyed: true },
  relapsed: { all: ['relapsed'], own: 'own_relapsed', keyed: true },
};

/** Findings of units as they are set against what was examined; read from counters, whatever the number of findings. */
@Injectable()
export class UnitBurdenQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Of units of these kinds with everything below them, at the end of `asOf`; relapses seen from `since` to `asOf`. */
  async ofKinds(kinds: readonly string[], asOf: LocalDate, since: LocalDate): Promise<ReadonlyMap<UnitId, Burden>> {
    const units = await figureUnits(this.dataSource);
    const [end, eve] = [await this.rawBy(asOf), await this.rawBy(addDays(since, -1))];
    const evaluated = evaluatorOf(BURDEN_FIGURES, PERIOD(asOf));
    const of = (tallies: typeof end, ids: readonly string[]): Raw => {
      const tally = merged(ids.flatMap((id) => tallies.get(id) ?? []));
      return evaluated(tally, tally);
    };
    return new Map(
      units
        .filter(({ kind }) => kinds.includes(kind))
        .map((unit) => {
          const ids = units.filter(({ path }) => isWithin(path, unit.path)).map(({ unit_id }) => unit_id);
          return [unit.unit_id as UnitId, burdenOf(of(end, ids), of(eve, ids))];
        }),
    );
  }

  /** Of one unit with everything below it. */
  async of(unitId: UnitId, asOf: LocalDate, since: LocalDate): Promise<Burden> {
    const scopes = await this.scopesOf(unitId);
    const at = async (day: LocalDate): Promise<Raw> => {
      const tally = scopes.length === 0 ? NO_TALLY : await tallyOver(this.dataSource, scopes, 'recorded', day);
      return evaluatorOf(BURDEN_FIGURES, PERIOD(asOf))(tally, tally);
    };
    return burdenOf(await at(asOf), await at(addDays(since, -1)));
  }

  /** The legs behind `byOthers` of a measure, by number. Errors: BadCursor. */
  async behind(
    unitId: UnitId,
    measure: BurdenMeasure,
    { asOf, since }: Readonly<{ asOf: LocalDate; since: LocalDate }>,
    page: Readonly<{ after: string | null; limit: number }>,
  ): Promise<BurdenPage> {
    const scopes = await this.scopesOf(unitId);
    const { all, own, keyed } = NAMES[measure];
    const tally = await tallyOver(this.dataSource, scopes, 'recorded', asOf);
    const keys = (name: string): readonly string[] =>
      [...(tally.get(name)?.keys() ?? [])].flatMap((day) => (!keyed ? [name] : day <= asOf ? [`${name}@${day}`] : []));
    const after = page.after === null ? { number: '', findingId: '', part: '' } : readFigureCursor(page.after);
    const found = await this.dataSource.query<
      { finding_id: FigureEntry['findingId']; part: string; number: string; from_day: LocalDate }[]
    >(
      `select finding_id, part, number, from_day from figure_fact
       where basis = 'recorded' and scopes && $1::text[] and measures && $2::text[] and not measures && $3::text[]
         and from_day <= $4 and (to_day is null or to_day > $4) and from_day >= $5 and (number, finding_id, part) > ($6, $7, $8)
       order by number, finding_id, part limit $9`,
      [
        scopes,
        all.flatMap(keys),
        keys(own),
        asOf,
        measure === 'relapsed' ? since : '',
        after.number,
        after.findingId,
        after.part,
        page.limit + 1,
      ],
    );
    const rows = found.slice(0, page.limit);
    const last = rows.at(-1);
    return {
      rows: rows.map(({ finding_id, part, number, from_day }) => ({
        findingId: finding_id,
        number,
        legId: legOf(part),
        since: from_day,
        placeholder: false,
      })),
      next:
        found.length > page.limit && last !== undefined
          ? figureCursorOf({ number: last.number, findingId: last.finding_id, part: last.part })
          : null,
    };
  }

  private async rawBy(day: LocalDate): ReturnType<typeof spansBelow> {
    const needed = neededFor(BURDEN_FIGURES, PERIOD(day), false);
    return spansBelow(this.dataSource, 'unit:', await momentOf(this.dataSource, 'recorded', day), needed);
  }

  private async scopesOf(unitId: UnitId): Promise<readonly string[]> {
    const units = await figureUnits(this.dataSource);
    const own = units.find(({ unit_id }) => unit_id === unitId);
    return own === undefined ? [] : units.filter(({ path }) => isWithin(path, own.path)).map(({ unit_id }) => `unit:${unit_id}`);
  }
}
