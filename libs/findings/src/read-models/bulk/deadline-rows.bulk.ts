import type { FindingId } from '@app/kernel';
import type { RowSink } from '@app/read-store';
import { EMPTY_FOLD, sinceAfter, slim } from '../../deadlines/clock-fold';
import { CLOCK_EVENTS, deadlineRows, movedRow } from '../../deadlines/finding-deadline.projection';
import { evolve } from '../../domain/finding.evolve';
import type { FindingState } from '../../domain/finding.state';
import type { Told } from './told';

const MOVES_CLOCKS: ReadonlySet<string> = new Set(CLOCK_EVENTS);

/** Final clocks, and every due time that was moved, from a finding's whole stream. */
export class DeadlineRows {
  constructor(private readonly rows: RowSink) {}

  stream(id: FindingId, told: readonly Told[]): void {
    let { state, since } = EMPTY_FOLD;
    let moves = false;
    // The state that all events together have led to, as long as it is the same: clocks pass over some of them.
    let common: FindingState | null = state;
    for (const { recorded, event, state: full } of told) {
      if (!MOVES_CLOCKS.has(recorded.type)) {
        if (full !== common) common = null;
        continue;
      }
      moves = true;
      const moved = movedRow(id, recorded, { state, since });
      if (moved !== null) this.rows.add('moved_due_time', moved);
      const next = common === null ? evolve(state, event) : full;
      since = sinceAfter(state, next, since, event.data.at);
      state = next;
      if (common !== null) common = full;
    }
    if (!moves) return;
    // What takes room and moves no clock is left out once, at the end.
    const fold = { state: slim(state), since };
    this.rows.add('finding_clock', { finding_id: id, fold });
    for (const row of deadlineRows(id, fold)) this.rows.add('finding_deadline', row);
  }
}
