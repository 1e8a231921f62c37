import { addDays, type LocalDate } from '@app/kernel';
import type { WorkCalendar } from '@app/worktime';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DAYS_AHEAD } from './figure-definitions';
import type { Basis } from './figure-fold';
import { figureRowsBehind, type FigureEntry } from './figure-page';
import { countyScopes, figureUnits, maySee, UNIT_KINDS_OF, wholeOr, type FigureUnit, type Sight } from './figure-reach';
import { keyedCounts, NO_TALLY, tallyOver } from './figure-tallies';
import { longestUntouched, upperFacts, type UntouchedLeg, type UpperFact } from './overview-facts';
import {
  figureIn,
  mondayOf,
  paceOf,
  segmentsOf,
  weekOf,
  type OverviewBeside,
  type OverviewPace,
  type OverviewSegment,
  type OverviewWeek,
} from './overview-figures';

/** A unit with legs whose own clock comes to its end soon. */
export type OverviewDueUnit = Readonly<{
  id: string;
  name: string;
  board: 'town' | 'department' | null;
  /** Due on the day asked for; at its end they are overdue. */
  today: number;
  /** Due in the seven days after it. */
  legs: number;
}>;
/** Everything of the leaders' first screen that is counted; names and texts are put beside it by whoever may show them. */
export type OverviewFigures = Readonly<{
  asOf: LocalDate;
  /** Over what the reader sees, which is not the whole county. */
  partial: boolean;
  remainder: number;
  segments: readonly OverviewSegment[];
  beside: OverviewBeside;
  week: OverviewWeek;
  dueNext7Days: Readonly<{ from: LocalDate; to: LocalDate; legs: number; units: readonly OverviewDueUnit[] }>;
  pace: OverviewPace;
  serious: Readonly<{ total: number; rows: readonly FigureEntry[] }>;
  untouched: readonly UntouchedLeg[];
  relapses: Readonly<{ total: number; rows: readonly FigureEntry[] }>;
  upper: Readonly<{ total: number; cleared: number; rows: readonly UpperFact[] }>;
}>;

/** So many rows are read at a glance; the figure opens the rest. */
const AT_A_GLANCE = 10;
/** An upper level's list is shown row by row; more than any batch has. */
const MOST_UPPER = 200;
const LINES = ['line:territorial', 'line:sectoral', 'line:owner'];
const BASIS: Basis = 'recorded';

@Injectable()
export class OverviewQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** As published at the end of that day (R15). */
  async overview(asOf: LocalDate, asked: Sight, calendar: WorkCalendar): Promise<OverviewFigures> {
    const units = await figureUnits(this.dataSource);
    const sight = wholeOr(asked, units);
    const scopes = await countyScopes(this.dataSource, sight, units, BASIS);
    const own = units.filter((unit) => maySee(unit.path, sight.seen));
    const legScopes = sight.seen === null ? LINES : own.map((unit) => `unit:${unit.unit_id}`);
    const monday = mondayOf(asOf);
    const [end, eve] = [await this.tally(scopes, asOf), await this.tally(scopes, addDays(monday, -1))];
    const n = (figure: Parameters<typeof figureIn>[0]): number => figureIn(figure, end, asOf);
    const firstOf = async (measure: string): Promise<readonly FigureEntry[]> => {
      const asked_ = { basis: BASIS, scopes, measures: [measure], day: asOf, after: null, limit: AT_A_GLANCE };
      return (await figureRowsBehind(this.dataSource, asked_)).rows;
    };
    const facts = { scopes, basis: BASIS, asOf };
    return {
      asOf,
      partial: sight.seen !== null,
      remainder: n('open'),
      segments: segmentsOf(end, asOf),
      beside: {
        untriaged: n('untriaged'),
        accepted: n('accepted'),
        underReturn: n('underReturn'),
        longTerm: n('longTerm'),
        overdue: n('overdue'),
        placeholders: sight.seen === null ? n('placeholders') : figureIn('placeholders', await this.tally(legScopes, asOf), asOf),
      },
      week: weekOf(monday, asOf, end, eve),
      dueNext7Days: await this.dueSoon(own, asOf),
      pace: paceOf(end, asOf, calendar),
      serious: { total: n('serious'), rows: await firstOf('open_serious') },
      untouched: await longestUntouched(this.dataSource, { ...facts, scopes: legScopes }, AT_A_GLANCE),
      relapses: { total: n('relapses'), rows: await firstOf('relapses') },
      upper: { total: n('upper'), cleared: n('upperCleared'), rows: await upperFacts(this.dataSource, facts, MOST_UPPER) },
    };
  }

  private async tally(scopes: readonly string[], asOf: LocalDate) {
    return scopes.length === 0 ? NO_TALLY : tallyOver(this.dataSource, scopes, BASIS, asOf);
  }

  private async dueSoon(units: readonly FigureUnit[], asOf: LocalDate): Promise<OverviewFigures['dueNext7Days']> {
    const [from, to] = [addDays(asOf, 1), addDays(asOf, DAYS_AHEAD)];
    const scopes = units.map((unit) => `unit:${unit.unit_id}`);
    const counts = await keyedCounts(this.dataSource, { scopes, measure: 'running_by_due', basis: BASIS, asOf }, { from: asOf, to });
    const rows = units.flatMap((unit): readonly OverviewDueUnit[] => {
      const own = counts.filter((count) => count.scope === `unit:${unit.unit_id}`);
      const sum = (wanted: boolean): number => own.reduce((total, { day, n }) => ((day === asOf) === wanted ? total + n : total), 0);
      return own.length === 0 ? [] : [{ id: unit.unit_id, name: unit.name, board: boardOf(unit), today: sum(true), legs: sum(false) }];
    });
    const ordered = [...rows].sort((a, b) => b.legs - a.legs || b.today - a.today || (a.id < b.id ? -1 : 1));
    return { from, to, legs: rows.reduce((total, { legs }) => total + legs, 0), units: ordered };
  }
}

const boardOf = ({ kind }: FigureUnit): OverviewDueUnit['board'] => {
  const boards = ['town', 'department'] as const;
  return boards.find((board) => (UNIT_KINDS_OF[board] as readonly string[]).includes(kind)) ?? null;
};
