import type { FindingId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FindingView, LegFacts } from '../finding-detail/finding.view';
import type { FindingState, Leg } from '../../domain/finding.state';
import { addScope } from './finding-list.filter';
import { LegQueries, type LegEntry, type LegFilter } from './leg.queries';
import { Conditions } from './sql-parts';
import type { VisibilityScope } from './visibility';

/** A leg with the finding it belongs to and what has been told of it: a row of a workbook made for filling in. */
export type SheetLeg = Readonly<{
  findingId: FindingId;
  number: string;
  /** Of the read model, which may lag behind the stream. */
  revision: number;
  text: string;
  category: string;
  subjectLabel: string;
  townName: string;
  unitName: string;
  state: FindingState;
  leg: Leg;
  facts: LegFacts | null;
}>;

const PAGE = 200;
type ViewRow = Readonly<{ finding_id: FindingId; view: FindingView }>;
type NumberRow = ViewRow &
  Readonly<{
    number: string;
    category: string;
    subject_label: string;
    town_name: string;
    legs: readonly Readonly<{ leg_id: string; unit_name: string }>[] | null;
  }>;

@Injectable()
export class LegSheetQueries {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(LegQueries) private readonly legs: LegQueries,
  ) {}

  /** By due time, page by page, so that a long list needs no room. */
  async *all(scope: VisibilityScope, filter: LegFilter): AsyncGenerator<SheetLeg> {
    for (let cursor: string | null = null; ;) {
      const page = await this.legs.page(scope, { filter, limit: PAGE, cursor });
      const views = await this.viewsOf(page.legs);
      for (const entry of page.legs) {
        const view = views.get(entry.finding_id as FindingId);
        if (view !== undefined) {
          const found = sheetLeg(entry.finding_id as FindingId, view, entry.leg_id, {
            number: entry.number,
            category: entry.category,
            subjectLabel: entry.subject_label,
            townName: entry.town_name,
            unitName: entry.unit_name,
          });
          if (found !== null) yield found;
        }
      }
      if (page.next === null) return;
      cursor = page.next;
    }
  }

  /** Every leg of the findings with these numbers that may be seen. */
  async byNumbers(scope: VisibilityScope, numbers: readonly string[]): Promise<readonly SheetLeg[]> {
    if (numbers.length === 0) return [];
    const where = new Conditions();
    where.add(`f.number = any(${where.param(numbers)}::text[])`);
    addScope(where, scope);
    const rows = await this.database.query<NumberRow[]>(
      `select f.finding_id, f.number, f.category, f.subject_label, f.town_name, v.view,
         (select jsonb_agg(jsonb_build_object('leg_id', l.leg_id, 'unit_name', l.unit_name)) from finding_leg l where l.finding_id = f.finding_id) as legs
       from finding_list f join finding_view v using (finding_id) where ${where.where}`,
      [...where.params],
    );
    return rows.flatMap((row) =>
      (row.legs ?? []).flatMap(({ leg_id, unit_name }) => {
        const { number, category } = row;
        const found = sheetLeg(row.finding_id, row.view, leg_id, {
          number,
          category,
          subjectLabel: row.subject_label,
          townName: row.town_name,
          unitName: unit_name,
        });
        return found === null ? [] : [found];
      }),
    );
  }

  private async viewsOf(legs: readonly LegEntry[]): Promise<ReadonlyMap<FindingId, FindingView>> {
    const ids = [...new Set(legs.map(({ finding_id }) => finding_id))];
    const rows = await this.database.query<ViewRow[]>('select finding_id, view from finding_view where finding_id = any($1)', [ids]);
    return new Map(rows.map(({ finding_id, view }) => [finding_id, view]));
  }
}

type Shown = Pick<SheetLeg, 'number' | 'category' | 'subjectLabel' | 'townName' | 'unitName'>;

const sheetLeg = (findingId: FindingId, { state, facts, revision }: FindingView, legId: string, shown: Shown): SheetLeg | null => {
  const work = 'work' in state ? state.work : null;
  const [leg] = work === null ? [] : Object.values(work.legs).filter((one) => one.legId === legId);
  return leg === undefined ? null : { ...shown, findingId, revision, text: facts.text, state, leg, facts: facts.legs[leg.legId] ?? null };
};
