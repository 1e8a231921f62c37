import type { RecordedEvent } from '@app/event-store';
import { assertNever } from '@app/kernel';
import type { Projection, Tx } from '@app/read-store';
import { BULLETIN_EVENT_TYPES } from '../domain/bulletin.event-types';
import type { BulletinEvent } from '../domain/bulletin.events';

export const BULLETIN_STREAM = 'bulletin-';

const change = async ({ stream, revision, metadata }: RecordedEvent, event: BulletinEvent, tx: Tx): Promise<void> => {
  const id = stream.slice(BULLETIN_STREAM.length);
  switch (event.type) {
    case 'BulletinIssued': {
      const { at, on, by, contentHash, ...content } = event.data;
      await tx.query(
        `insert into bulletin (bulletin_id, kind, total, content, content_hash, issued_at, issued_on, issued_by, command_id, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          content.kind,
          content.total,
          JSON.stringify(content),
          contentHash,
          at,
          on,
          by.personId,
          metadata.commandId,
          revision.toString(),
        ],
      );
      for (const { bulletinId, revision: of } of content.corrections) {
        await tx.query('update bulletin_correction set printed_in = $3 where bulletin_id = $1 and revision = $2', [bulletinId, of, id]);
      }
      return;
    }
    case 'BulletinCorrected': {
      const { at, by, lines, reason, position } = event.data;
      await tx.query(
        `insert into bulletin_correction (bulletin_id, revision, kind, lines, reason, known_to, corrected_at, corrected_by)
         select $1, $2, kind, $3, $4, $5, $6, $7 from bulletin where bulletin_id = $1`,
        [id, revision.toString(), JSON.stringify(lines), reason, position, at, by.personId],
      );
      await tx.query('update bulletin set revision = $2 where bulletin_id = $1', [id, revision.toString()]);
      return;
    }
    default:
      return assertNever(event);
  }
};

export const bulletinProjection: Projection = {
  name: 'bulletins',
  version: 1,
  handles: Object.keys(BULLETIN_EVENT_TYPES),
  tables: ['bulletin', 'bulletin_correction'],
  async apply(events: readonly RecordedEvent[], tx: Tx): Promise<void> {
    for (const recorded of events) await change(recorded, recorded as unknown as BulletinEvent, tx);
  },
};
