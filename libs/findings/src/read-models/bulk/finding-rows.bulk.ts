import type { FindingId } from '@app/kernel';
import type { RowSink } from '@app/read-store';
import { settled } from '../finding-detail/closed-as';
import { fold } from '../finding-detail/finding-view.fold';
import { NO_VIEW } from '../finding-detail/finding.view';
import { timelineRowOf } from '../finding-detail/timeline.row';
import { unitsIn } from '../finding-detail/units-in';
import { legRowsOf } from '../finding-list/finding-leg.row';
import { countersOf, rowOf } from '../finding-list/finding-list.row';
import { inboxOf } from '../inbox/inbox.row';
import type { Told } from './told';
import type { UnitChronicle } from './unit-chronicle';

/** Final rows of list, detail, timeline and inbox, from a finding's whole stream. */
export class FindingRows {
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly units: UnitChronicle,
    private readonly rows: RowSink,
  ) {}

  stream(id: FindingId, told: readonly Told[]): void {
    let view = NO_VIEW;
    let chapter = 0;
    for (const { recorded, event, state } of told) {
      const now = this.units.at(recorded.position);
      // What was closed keeps the names of that time.
      if (now !== chapter) view = settled(view, this.units.book(chapter));
      chapter = now;
      view = fold(view, event, Number(recorded.revision), recorded.position.toString(), state);
    }
    view = settled(view, this.units.book(chapter));
    if (view.state.phase === 'absent') return;
    const { number } = view.state.core;
    const today = this.units.book(this.units.last);
    const row = rowOf(id, view, today);
    const counted = row === null ? [] : countersOf(row);
    this.rows.add('finding_view', { finding_id: id, view, unit_ids: unitsIn(view), counted });
    if (row !== null) this.rows.add('finding_list', row);
    for (const leg of legRowsOf(id, view, today)) this.rows.add('finding_leg', leg);
    for (const entry of inboxOf(id, view, today)) this.rows.add('inbox_entry', entry);
    for (const { recorded, event } of told) {
      this.rows.add(
        'finding_event',
        timelineRowOf(id, event, {
          eventId: recorded.id,
          revision: Number(recorded.revision),
          position: recorded.position.toString(),
          number,
          unitName: this.units.book(this.units.at(recorded.position)).unit(event.data.by.unitId).name,
        }),
      );
    }
    for (const counter of counted) this.counts.set(counter, (this.counts.get(counter) ?? 0) + 1);
  }

  end(): void {
    for (const [counter, n] of this.counts) {
      const [dimension = '', key = '', stage = ''] = counter.split('|');
      this.rows.add('finding_count', { dimension, key, stage, n });
    }
  }
}
