import type { RecordedEvent } from '@app/event-store';
import { assertNever } from '@app/kernel';
import type { Projection, Tx } from '@app/read-store';
import { noticeIdOf } from '../application/notice-stream';
import { NOTICE_EVENT_TYPES } from '../domain/notice.event-types';
import type { NoticeEvent, NoticeIssued } from '../domain/notice.events';
import type { NoticeId } from '../domain/notice.types';

const save = async (id: NoticeId, issued: NoticeIssued['data'], position: string, tx: Tx): Promise<void> => {
  const { opaque, kind, number, unitId, issuerId, at, issuedOn, by, contentHash, signDueAt, feedbackBy, rows } = issued;
  await tx.query(
    `insert into notice (notice_id, "position", opaque, kind, number, unit_id, issuer_id, issued_at, issued_on, issued_by, content_hash,
       sign_due_at, feedback_by, issued, deliveries, replies, corrections, revision)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, '[]', '[]', '[]', 0)`,
    [
      id,
      position,
      opaque,
      kind,
      number,
      unitId,
      issuerId,
      at,
      issuedOn,
      by.personId,
      contentHash,
      signDueAt,
      feedbackBy,
      JSON.stringify(issued),
    ],
  );
  await tx.query(
    `insert into notice_finding (finding_id, notice_id, leg_id, "position")
     select f.finding_id, $1, f.leg_id, $2 from jsonb_to_recordset($3::jsonb) as f (finding_id text, leg_id text)`,
    [id, position, JSON.stringify(rows.map(({ findingId, legId }) => ({ finding_id: findingId, leg_id: legId })))],
  );
};

const add = (tx: Tx, column: 'deliveries' | 'replies' | 'corrections', id: NoticeId, held: unknown): Promise<unknown> =>
  tx.query(`update notice set ${column} = ${column} || $2::jsonb where notice_id = $1`, [id, JSON.stringify([held])]);

const change = async (id: NoticeId, event: NoticeEvent, position: string, tx: Tx): Promise<void> => {
  const { at, by } = event.data;
  switch (event.type) {
    case 'NoticeIssued':
      return save(id, event.data, position, tx);
    case 'NoticeDelivered': {
      const { way, deliveredAt, to } = event.data;
      await add(tx, 'deliveries', id, { way, deliveredAt, to, by: by.personId, at });
      return;
    }
    case 'NoticeSignedFor':
      await tx.query('update notice set signed_at = $2, signed_by = $3 where notice_id = $1', [id, at, by.personId]);
      return;
    case 'NoticeRefused': {
      const { reason, witnesses } = event.data;
      const refusal = JSON.stringify({ reason, witnesses, by: by.personId, at });
      await tx.query('update notice set refusal = $2::jsonb where notice_id = $1', [id, refusal]);
      return;
    }
    case 'NoticeReplied': {
      const { text, evidence } = event.data;
      await add(tx, 'replies', id, { text, evidence, by: by.personId, at });
      return;
    }
    case 'NoticeCorrected':
      await add(tx, 'corrections', id, event.data.correction);
      return;
    default:
      return assertNever(event);
  }
};

export const noticeProjection: Projection = {
  name: 'notices',
  version: 1,
  handles: Object.keys(NOTICE_EVENT_TYPES),
  tables: ['notice', 'notice_finding'],
  async apply(events: readonly RecordedEvent[], tx: Tx): Promise<void> {
    for (const recorded of events) {
      const id = noticeIdOf(recorded.stream);
      await change(id, recorded as unknown as NoticeEvent, recorded.position.toString(), tx);
      await tx.query('update notice set revision = $2 where notice_id = $1', [id, recorded.revision.toString()]);
    }
  },
};
