import { Clock, type Instant, type PersonId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { NotificationKind, NotificationParams } from '../domain/kinds';
import { reject } from '../domain/notification.errors';
import { textOf } from '../domain/texts';

export type InboxItem = Readonly<{
  id: string;
  kind: NotificationKind;
  text: string;
  path: string;
  urgent: boolean;
  /** 乙代甲: for whom the reader stands in; null at one's own post. */
  inPlaceOf: PersonId | null;
  at: Instant;
  read: boolean;
}>;
export type InboxSlice = Readonly<{ items: readonly InboxItem[]; next: string | null }>;

type Stored = Readonly<{
  id: string;
  kind: NotificationKind;
  params: NotificationParams;
  path: string;
  urgent: boolean;
  in_place_of: PersonId | null;
  at: Date;
  read: boolean;
}>;

/** Where a page ended: a moment and an id. */
export const INBOX_CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** More than this is shown as "99+" wherever it is shown. */
const MOST_COUNTED = 100;

const itemOf = (row: Stored): InboxItem => ({
  id: row.id,
  kind: row.kind,
  text: textOf(row.kind, row.params),
  path: row.path,
  urgent: row.urgent,
  inPlaceOf: row.in_place_of,
  at: row.at.toISOString() as Instant,
  read: row.read,
});

/** What one person was told. Whether they have read it is theirs to mark and nobody else's to know. */
@Injectable()
export class Inbox {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Newest first; `after` is the `next` of the page before. */
  async page(
    personId: PersonId,
    { unread, after, limit }: Readonly<{ unread: boolean; after: string | null; limit: number }>,
  ): Promise<InboxSlice> {
    const [, at = null, id = null] = INBOX_CURSOR.exec(after ?? '') ?? [];
    const rows = await this.database.query<Stored[]>(
      `select id, kind, params, path, urgent, in_place_of, at, read_at is not null as read from notification
       where person_id = $1 ${unread ? 'and read_at is null' : ''} ${at === null ? '' : 'and (at, id) < ($3::timestamptz, $4::uuid)'}
       order by at desc, id desc limit $2`,
      [personId, limit + 1, ...(at === null ? [] : [at, id])],
    );
    const items = rows.slice(0, limit).map(itemOf);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last !== undefined ? `${last.at}_${last.id}` : null };
  }

  /** At most 100: whoever has more is told so. */
  async unread(personId: PersonId): Promise<number> {
    const [row] = await this.database.query<Readonly<{ n: number }>[]>(
      'select count(*)::int as n from (select 1 from notification where person_id = $1 and read_at is null limit $2) u',
      [personId, MOST_COUNTED],
    );
    return row?.n ?? 0;
  }

  /** Rejects with `notification-absent`, also for one that is somebody else's. */
  async mark(personId: PersonId, id: string, read: boolean): Promise<void> {
    const rows = await this.database.query<unknown[]>(
      `with marked as (
         update notification set read_at = case when $3::boolean then coalesce(read_at, $4::timestamptz) end where id = $2 and person_id = $1 returning 1)
       select 1 from marked`,
      [personId, id, read, this.clock.now()],
    );
    if (rows.length === 0) reject('notification-absent');
  }

  /** Everything up to what the person saw last; what came meanwhile stays unread. */
  async markUpTo(personId: PersonId, at: Instant): Promise<void> {
    await this.database.query('update notification set read_at = $3 where person_id = $1 and read_at is null and at <= $2', [
      personId,
      at,
      this.clock.now(),
    ]);
  }
}
