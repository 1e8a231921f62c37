import type { RecordedEvent } from '@app/event-store';
import { assertNever, localDateOf, type Instant, type LocalDate } from '@app/kernel';
import type { Projection, Tx } from '@app/read-store';
import { CARRY_OVER_STREAMS } from '../application/carry-over.command-handler';
import { CARRY_OVER_EVENT_TYPES } from '../domain/carry-over.event-types';
import type { CarryOverEvent } from '../domain/carry-over.events';
import { scopesOf, unitsOf } from './carry-over-scopes';

/** How the counters move: by scope and recorded day. */
class Moves {
  private readonly by = new Map<string, { scope: string; day: LocalDate; n: number }>();

  add(scopes: readonly string[], at: Instant, n: number): void {
    const day = localDateOf(at);
    for (const scope of scopes) {
      const key = `${day} ${scope}`;
      const move = this.by.get(key) ?? { scope, day, n: 0 };
      this.by.set(key, { ...move, n: move.n + n });
    }
  }

  async write(tx: Tx): Promise<void> {
    const moves = [...this.by.values()].filter(({ n }) => n !== 0);
    if (moves.length === 0) return;
    await tx.query(
      `insert into carry_over_count as c (scope, day, n) select scope, day, n from jsonb_to_recordset($1::jsonb) as m (scope text, day text, n int)
       on conflict (scope, day) do update set n = c.n + excluded.n`,
      [JSON.stringify(moves)],
    );
  }
}

const change = async (id: string, event: CarryOverEvent, recorded: RecordedEvent, moves: Moves, tx: Tx): Promise<void> => {
  const { at, on, by } = event.data;
  switch (event.type) {
    case 'FindingCarriedOver': {
      const { source, place, subject, ...row } = event.data;
      const scopes = scopesOf(event.data);
      moves.add(scopes, at, 1);
      await tx.query(
        `insert into carry_over (carry_over_id, "position", row_id, import_id, source_kind, source_name, source_batch, source_document,
           number, text, category, subject_kind, subject_label, town_id, village_id, place_text, unit_ids, found_on, cleared_on, said,
           carried_at, carried_on, carried_by, scopes, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)`,
        [
          id,
          recorded.position.toString(),
          row.rowId,
          row.importId,
          source.kind,
          source.name,
          source.batch,
          source.documentNumber,
          row.number,
          row.text,
          row.category,
          subject.kind,
          subject.label,
          place.townId,
          place.villageId,
          place.text,
          unitsOf(event.data),
          row.foundOn,
          row.clearedOn,
          row.said,
          at,
          on,
          by.personId,
          scopes,
          recorded.revision.toString(),
        ],
      );
      return;
    }
    case 'CarryOverWithdrawn': {
      const [rows] = await tx.query<[{ scopes: string[] }[], number]>(
        `update carry_over set withdrawn_at = $2, withdrawn_on = $3, withdrawn_by = $4, withdrawn_because = $5, revision = $6
         where carry_over_id = $1 returning scopes`,
        [id, at, on, by.personId, event.data.reason, recorded.revision.toString()],
      );
      moves.add(rows[0]?.scopes ?? [], at, -1);
      return;
    }
    default:
      return assertNever(event);
  }
};

export const carryOverProjection: Projection = {
  name: 'carry-overs',
  version: 1,
  handles: Object.keys(CARRY_OVER_EVENT_TYPES),
  tables: ['carry_over', 'carry_over_count'],
  async apply(events: readonly RecordedEvent[], tx: Tx): Promise<void> {
    const moves = new Moves();
    for (const recorded of events)
      await change(recorded.stream.slice(CARRY_OVER_STREAMS.length), recorded as unknown as CarryOverEvent, recorded, moves, tx);
    await moves.write(tx);
  },
};
