import type { RecordedEvent } from '@app/event-store';
import type { FindingId } from '@app/kernel';
import type { BulkFold, BulkProjections, RowSink } from '@app/read-store';
import { findingDeadlineProjection } from '../../deadlines/finding-deadline.projection';
import { evolve } from '../../domain/finding.evolve';
import type { FindingEvent } from '../../domain/finding.events';
import { absent, type FindingState } from '../../domain/finding.state';
import { PLACEHOLDER_PREFIX } from '../figures/figure-placeholders';
import { clearanceProjection } from '../figures/clearance.projection';
import { HANDLED_UNIT_EVENTS } from '../figures/figure-units';
import { findingsProjection } from '../finding-list/findings.projection';
import { DeadlineRows } from './deadline-rows.bulk';
import { FigureRows } from './figure-rows.bulk';
import { FindingRows } from './finding-rows.bulk';
import type { Told } from './told';
import { UnitChronicle } from './unit-chronicle';

const FINDING = 'finding-';

/** One part of the work for each projection; null where it is not asked for. */
class AllRows implements BulkFold {
  private readonly findings: FindingRows | null;
  private readonly figures: FigureRows | null;
  private readonly deadlines: DeadlineRows | null;

  constructor(units: UnitChronicle, rows: RowSink, wanted: ReadonlySet<string>) {
    this.findings = wanted.has(findingsProjection.name) ? new FindingRows(units, rows) : null;
    this.figures = wanted.has(clearanceProjection.name) ? new FigureRows(units, rows) : null;
    this.deadlines = wanted.has(findingDeadlineProjection.name) ? new DeadlineRows(rows) : null;
  }

  stream(events: readonly RecordedEvent[]): void {
    const name = events[0]?.stream ?? '';
    if (name.startsWith(PLACEHOLDER_PREFIX)) return this.figures?.placeholder(name.slice(PLACEHOLDER_PREFIX.length) as FindingId, events);
    const id = name.slice(FINDING.length) as FindingId;
    let state: FindingState = absent;
    const told = events.map((recorded): Told => {
      const event = { type: recorded.type, data: recorded.data } as FindingEvent;
      state = evolve(state, event);
      return { recorded, event, state };
    });
    this.findings?.stream(id, told);
    this.figures?.finding(id, told);
    this.deadlines?.stream(id, told);
  }

  end(): void {
    this.findings?.end();
    this.figures?.end();
  }
}

/** List, figures and deadlines of findings, from one reading of each finding's stream. */
export const findingsInBulk: BulkProjections = {
  names: [findingsProjection.name, clearanceProjection.name, findingDeadlineProjection.name],
  streamPrefixes: [FINDING, PLACEHOLDER_PREFIX],
  shared: HANDLED_UNIT_EVENTS,
  sums: {
    finding_count: { by: ['dimension', 'key', 'stage'], sum: 'n' },
    figure_counter: { by: ['basis', 'scope', 'measure', 'key_day', 'day'], sum: 'delta' },
    figure_total: { by: ['basis', 'scope', 'measure', 'key_day'], sum: 'n', of: { table: 'figure_counter', column: 'delta' } },
  },
  sharedRows(shared, rows, wanted) {
    const units = new UnitChronicle(shared).rows();
    if (wanted.has(findingsProjection.name)) for (const row of units) rows.add('finding_unit', row);
    if (wanted.has(clearanceProjection.name)) for (const row of units) rows.add('figure_unit', row);
  },
  begin: (shared, rows, wanted) => new AllRows(new UnitChronicle(shared), rows, wanted),
};
