import { FindingQueries, InboxQueries, LegQueries, scopeOf, type FindingFilter, type InboxWork, type LegFilter } from '@app/findings';
import { Clock, localDateOf, type Actor, type FindingId, type LegId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Inject, Injectable } from '@nestjs/common';
import { reject } from '../domain/selection.errors';
import { isLegStep, type SelectedRow, type SelectionStep } from '../domain/selection.types';
import { LIMITS } from './limits';

/** The filters of the lists that people see. */
export type RowFilter =
  | Readonly<{ of: 'findings'; filter: FindingFilter }>
  | Readonly<{ of: 'legs'; filter: LegFilter }>
  | Readonly<{ of: 'inbox'; whole: 'post' | 'unit'; work?: readonly InboxWork[] | undefined; overdue?: boolean | undefined }>;

type Page = Readonly<{ rows: readonly SelectedRow[]; next: string | null }>;
const PAGE = 1_000;
const row = (findingId: string, legId: string | null): SelectedRow => ({ findingId: findingId as FindingId, legId: legId as LegId | null });

/** A filter asked once, page by page, as what the person may see of it: from then on the rows are fixed. */
@Injectable()
export class CollectRows {
  constructor(
    @Inject(FindingQueries) private readonly findings: FindingQueries,
    @Inject(LegQueries) private readonly legs: LegQueries,
    @Inject(InboxQueries) private readonly inboxes: InboxQueries,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Each row once, in the order of the list. Errors: selection-empty, selection-too-large. */
  async byFilter(asked: RowFilter, step: SelectionStep, by: Actor): Promise<readonly SelectedRow[]> {
    const scope = scopeOf(by, await this.directory.view(), localDateOf(this.clock.now()));
    const pageAfter = async (cursor: string | null): Promise<Page> => {
      switch (asked.of) {
        case 'findings': {
          const query = { filter: asked.filter, order: 'due', descending: false, limit: PAGE, cursor } as const;
          const { rows, next } = await this.findings.page(scope, query);
          return { rows: rows.map(({ finding_id }) => row(finding_id, null)), next };
        }
        case 'legs': {
          const { legs, next } = await this.legs.page(scope, { filter: asked.filter, limit: PAGE, cursor });
          return { rows: legs.map(({ finding_id, leg_id }) => row(finding_id, leg_id)), next };
        }
        case 'inbox': {
          const { whole, work, overdue } = asked;
          const leaderPaths = scope.all ? [] : scope.leaderPaths;
          const { entries, next } = await this.inboxes.page({ actor: by, whole, leaderPaths }, { work, overdue, limit: PAGE, cursor });
          return { rows: entries.map(({ finding_id, leg_id }) => row(finding_id, leg_id)), next };
        }
      }
    };
    const rows = new Map<string, SelectedRow>();
    for (let cursor: string | null = null; ;) {
      const page: Page = await pageAfter(cursor);
      addEach(rows, page.rows, step);
      if (page.next === null) break;
      cursor = page.next;
    }
    return checked(rows);
  }

  byIds(named: readonly SelectedRow[], step: SelectionStep): readonly SelectedRow[] {
    return checked(addEach(new Map(), named, step));
  }
}

/** A step of the finding has one row however many legs were named. */
const addEach = (rows: Map<string, SelectedRow>, more: readonly SelectedRow[], step: SelectionStep): Map<string, SelectedRow> => {
  for (const { findingId, legId } of more) {
    const fitting = isLegStep(step) ? legId : null;
    rows.set(`${findingId}/${fitting ?? ''}`, { findingId, legId: fitting });
    if (rows.size > LIMITS.rows) reject('selection-too-large', { max: LIMITS.rows });
  }
  return rows;
};
/** Where a finding was named as a whole, its legs are in that already. */
const checked = (rows: ReadonlyMap<string, SelectedRow>): readonly SelectedRow[] => {
  if (rows.size === 0) return reject('selection-empty');
  const whole = new Set([...rows.values()].flatMap(({ findingId, legId }) => (legId === null ? [findingId] : [])));
  return [...rows.values()].filter(({ findingId, legId }) => legId === null || !whole.has(findingId));
};
