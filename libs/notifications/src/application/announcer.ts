import { randomUUID } from 'node:crypto';
import { CalendarService } from '@app/calendar';
import { Clock, idFrom, localDateOf, type Instant, type PersonId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DEFAULT_CHOICE, type Choice } from '../domain/choice';
import { mailMoment } from '../domain/moments';
import type { News } from '../domain/news';
import { textOf } from '../domain/texts';
import { recipientsOf, type Recipient } from './audience';
import { NotificationOptions } from './notification-options';

/** What is told, and what makes it unique: telling the same person of the same event again adds nothing. */
export type Announcement = Readonly<{
  eventId: string;
  at: Instant;
  /** Of the stored event; null where none is behind it. */
  position: bigint | null;
  doneBy: PersonId | null;
  news: readonly News[];
}>;

type Chosen = Readonly<{ person_id: PersonId; choice: Choice }>;
type Hook = Readonly<{ id: string; kinds: readonly string[] }>;

/**
 * Messages, the mails that will take them along and what webhooks are sent, all in one statement. A message that is there already
 * takes no mail along a second time. A mail that is on its way already (`open_key` is gone) takes nothing more: another one begins.
 * What came with a restore is told in the application alone: the instance that was backed up may have sent it since.
 */
const TELL = `
with before as (
  select 1 from restored_to where position >= $16::bigint
), told as (
  select t.* from unnest($2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::timestamptz[], $11::uuid[])
    as t (id, person_id, kind, params, path, post_id, in_place_of, urgent, mail_at, new_mail_id)
  where not exists (select 1 from notification n where n.event_id = $1::uuid and n.person_id = t.person_id)
), mails as (
  insert into outbox as o (id, channel, person_id, open_key, state, next_at, created_at)
  select new_mail_id, 'mail', person_id, 'mail ' || person_id || ' ' || extract(epoch from mail_at)::bigint, 'waiting', mail_at, $12::timestamptz
  from told where mail_at is not null and not exists (select 1 from before) order by person_id
  on conflict (open_key) do update set open_key = excluded.open_key
  returning id, person_id
), hooks as (
  insert into outbox (id, channel, endpoint_id, body, state, next_at, created_at)
  select h.id, 'webhook', h.endpoint_id, h.body, 'waiting', $12::timestamptz, $12::timestamptz
  from unnest($13::uuid[], $14::uuid[], $15::text[]) as h (id, endpoint_id, body)
  where not exists (select 1 from before)
  on conflict (id) do nothing
)
insert into notification (id, event_id, person_id, kind, params, path, post_id, in_place_of, urgent, at, mail_id)
select told.id, $1::uuid, told.person_id, told.kind, told.params, told.path, told.post_id, told.in_place_of, told.urgent, $12::timestamptz, mails.id
from told left join mails using (person_id)
on conflict (event_id, person_id) do nothing`;

@Injectable()
export class Announcer {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(CalendarService) private readonly calendars: CalendarService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(NotificationOptions) private readonly options: NotificationOptions,
  ) {}

  /** Once for each person, however often it is called. Errors: what the database throws. */
  async tell({ eventId, at, position, doneBy, news }: Announcement): Promise<void> {
    const now = this.clock.now();
    const view = await this.directory.view();
    const told = new Map<PersonId, Readonly<{ to: Recipient; news: News }>>();
    for (const one of news) {
      for (const to of recipientsOf(view, one.to, localDateOf(now), doneBy)) {
        if (!told.has(to.personId)) told.set(to.personId, { to, news: one });
      }
    }
    const [choices, hooks] = await Promise.all([this.choicesOf([...told.keys()]), this.hooksFor(news)]);
    const rows = [...told.values()];
    if (rows.length === 0 && hooks.length === 0) return;
    const mailAt = rows.map(({ to, news: { kind, urgent } }) => {
      const choice = choices.get(to.personId);
      return choice?.mail.includes(kind) === true ? mailMoment(choice, urgent, now, this.calendars.calendar()) : null;
    });
    const posted = hooks.flatMap((hook) => news.filter(({ kind }) => hook.kinds.includes(kind)).map((one) => ({ hook, one })));
    await this.database.query(TELL, [
      eventId,
      rows.map(({ to }) => idFrom('notification', eventId, to.personId)),
      rows.map(({ to }) => to.personId),
      rows.map(({ news: { kind } }) => kind),
      rows.map(({ news: { params } }) => JSON.stringify(params)),
      rows.map(({ news: { path } }) => path),
      rows.map(({ to }) => to.postId),
      rows.map(({ to }) => to.inPlaceOf),
      rows.map(({ news: { urgent } }) => urgent),
      mailAt,
      rows.map(() => randomUUID()),
      now,
      posted.map(({ hook, one }) => idFrom('webhook', eventId, hook.id, one.kind)),
      posted.map(({ hook }) => hook.id),
      posted.map(({ one }) => this.bodyOf(eventId, at, one)),
      position,
    ]);
  }

  /** Of those who confirmed an address; nobody else gets mail. */
  private async choicesOf(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Choice>> {
    if (this.options.mail === null || people.length === 0) return new Map();
    const rows = await this.database.query<Chosen[]>(
      'select person_id, choice from notification_choice where person_id = any ($1) and confirmed_at is not null',
      [people],
    );
    return new Map(rows.map(({ person_id: personId, choice }) => [personId, { ...DEFAULT_CHOICE, ...choice }]));
  }

  private hooksFor(news: readonly News[]): Promise<readonly Hook[]> {
    if (this.options.webhookHosts.length === 0) return Promise.resolve([]);
    return this.database.query<Hook[]>('select id, kinds from webhook_endpoint where not paused and kinds && $1 order by id', [
      news.map(({ kind }) => kind),
    ]);
  }

  /** No person stands in it: numbers, units and days alone. */
  private bodyOf(eventId: string, at: Instant, { kind, params, path }: News): string {
    const link = this.options.publicUrl === null ? null : `${this.options.publicUrl}${path}`;
    return JSON.stringify({ id: eventId, kind, at, text: textOf(kind, params), params, link });
  }
}
