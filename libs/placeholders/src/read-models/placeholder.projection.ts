import type { RecordedEvent } from '@app/event-store';
import { assertNever } from '@app/kernel';
import type { Projection, Tx } from '@app/read-store';
import { PLACEHOLDER_EVENT_TYPES } from '../domain/placeholder.event-types';
import type { PlaceholderEvent } from '../domain/placeholder.events';

const change = async (id: string, event: PlaceholderEvent, tx: Tx): Promise<void> => {
  switch (event.type) {
    case 'PlaceholderRegistered': {
      const { number, unitId, source, at, on, by } = event.data;
      await tx.query(
        `insert into placeholder (placeholder_id, number, unit_id, source, status, registered_at, registered_on, registered_by, revision)
         values ($1, $2, $3, $4, 'open', $5, $6, $7, 0)`,
        [id, number, unitId, source, at, on, by.personId],
      );
      return;
    }
    case 'PlaceholderSettled': {
      const { documentNumber, at, on } = event.data;
      await tx.query(
        `update placeholder set status = 'settled', settled_at = $2, settled_on = $3, document_number = $4 where placeholder_id = $1`,
        [id, at, on, documentNumber],
      );
      return;
    }
    case 'PlaceholderWithdrawn': {
      const { ground, documentNumber, at, on } = event.data;
      await tx.query(
        `update placeholder set status = 'withdrawn', withdrawn_at = $2, withdrawn_on = $3, withdrawal_ground = $4, withdrawal_document = $5
         where placeholder_id = $1`,
        [id, at, on, ground, documentNumber],
      );
      return;
    }
    default:
      return assertNever(event);
  }
};

export const placeholderProjection: Projection = {
  name: 'placeholders',
  version: 1,
  handles: Object.keys(PLACEHOLDER_EVENT_TYPES),
  tables: ['placeholder'],
  async apply(events: readonly RecordedEvent[], tx: Tx): Promise<void> {
    for (const recorded of events) {
      const id = recorded.stream.slice('placeholder-'.length);
      await change(id, recorded as unknown as PlaceholderEvent, tx);
      await tx.query('update placeholder set revision = $2 where placeholder_id = $1', [id, recorded.revision.toString()]);
    }
  },
};
