import { sqlMigration } from './sql-migration';

/**
 * The event that a reader took last, beside the position of its checkpoint: positions belong to one store, events are the same in a copy.
 * What ran before this was on the database's own store.
 */
export const ReaderAnchors0096 = sqlMigration(
  96,
  'reader-anchors',
  `
alter table checkpoint
  add column event_id uuid,
  add column event_stream text,
  add column event_revision bigint,
  add column event_position bigint;

update checkpoint set event_id = e.id, event_stream = e.stream, event_revision = e.revision, event_position = e."position"
from events e
where e."position" = (select max(b."position") from events b where b."position" <= checkpoint."position");
`,
);
