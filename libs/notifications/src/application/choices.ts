import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { Clock, instant, type Instant, type PersonId } from '@app/kernel';
import { MasterKey } from '@app/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DEFAULT_CHOICE, type Choice } from '../domain/choice';
import { mailAddress } from '../domain/mail-address';
import { CODE_TRIES, codeFrom, CODES, nextCode } from '../domain/mail-code';
import { reject } from '../domain/notification.errors';
import { NotificationOptions } from './notification-options';

export type OwnChoice = Readonly<{
  choice: Choice;
  /** Where mail goes; null while none was given, and then no mail is sent. */
  address: string | null;
  /** Whether its person proved to read that mail; before that nothing but a code goes there. */
  confirmed: boolean;
  revision: bigint;
}>;
/** What goes to an address that nobody has confirmed. */
export type CodeToSend = Readonly<{ address: string; code: string; until: Instant }>;

type Stored = Readonly<{
  choice: Choice;
  sealed_address: string | null;
  revision: string;
  confirmed: boolean;
  sealed_code: string | null;
  code_until: Date | null;
  codes_at: readonly Date[];
}>;
const NOTHING: Stored = {
  choice: DEFAULT_CHOICE,
  sealed_address: null,
  revision: '0',
  confirmed: false,
  sealed_code: null,
  code_until: null,
  codes_at: [],
};

const addressOf = (personId: PersonId): string => `mail address ${personId}`;
const codeOf = (personId: PersonId): string => `mail code ${personId}`;
const momentsOf = (dates: readonly Date[]): readonly Instant[] => dates.map((date) => instant(date.toISOString()));

/** How each person wishes to be told. A person's own; nobody else reads or writes it. */
@Injectable()
export class Choices {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(MasterKey) private readonly master: MasterKey,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(NotificationOptions) private readonly options: NotificationOptions,
  ) {}

  async of(personId: PersonId): Promise<OwnChoice> {
    const row = await this.load(personId);
    return {
      choice: { ...DEFAULT_CHOICE, ...row.choice },
      address: this.opened(addressOf(personId), row.sealed_address),
      confirmed: row.confirmed,
      revision: BigInt(row.revision),
    };
  }

  /**
   * `seen` is the revision the person looked at. A new address gets a code, whoever else uses it, and nothing else before that is
   * confirmed. Rejects: `choice-changed`, `choice-invalid`, `mail-address-invalid`, `mail-code-too-often`.
   */
  async choose(personId: PersonId, wanted: Readonly<{ choice: Choice; address: string | null }>, seen: bigint): Promise<OwnChoice> {
    const { choice } = wanted;
    if (choice.quiet !== null && choice.quiet.from === choice.quiet.to) reject('choice-invalid');
    const address = wanted.address === null ? null : mailAddress(wanted.address);
    const before = await this.load(personId);
    const same = address !== null && this.opened(addressOf(personId), before.sealed_address) === address;
    const asks = address !== null && !same && this.options.mail !== null;
    if (asks) nextCode(momentsOf(before.codes_at), this.clock.now());
    const sealed = address === null ? null : this.sealed(addressOf(personId), address);
    const rows = await this.database.query<Readonly<{ revision: string; confirmed: boolean }>[]>(
      `insert into notification_choice as c (person_id, choice, sealed_address, revision, changed_at)
       select $1, $2::jsonb, $3, $4::bigint + 1, $5::timestamptz where $4::bigint = 0 or exists (select 1 from notification_choice where person_id = $1)
       on conflict (person_id) do update set choice = excluded.choice, sealed_address = excluded.sealed_address,
         revision = excluded.revision, changed_at = excluded.changed_at,
         confirmed_at = case when $6 then c.confirmed_at end, sealed_code = case when $6 then c.sealed_code end
       where c.revision = $4::bigint
       returning revision::text as revision, confirmed_at is not null as confirmed`,
      [personId, JSON.stringify(choice), sealed, seen, this.clock.now(), same],
    );
    const [row] = rows;
    if (row === undefined) return reject('choice-changed');
    if (asks) await this.sendCode(personId);
    return { choice, address, confirmed: row.confirmed, revision: BigInt(row.revision) };
  }

  /**
   * Another code to the address that is there; the one before it is void. Nothing happens without an address or once it is confirmed.
   * Rejects: `mail-not-configured`, `mail-code-too-often`.
   */
  async sendCode(personId: PersonId): Promise<void> {
    if (this.options.mail === null) reject('mail-not-configured');
    const row = await this.load(personId);
    if (row.sealed_address === null || row.confirmed) return;
    const now = this.clock.now();
    const { until, made } = nextCode(momentsOf(row.codes_at), now);
    // Of two at once only one makes a code, and both go by one letter.
    await this.database.query(
      `with made as (
         update notification_choice set sealed_code = $2, code_tries = $3, code_until = $4, codes_at = $5::timestamptz[]
         where person_id = $1 and sealed_address = $6 and confirmed_at is null and codes_at = $7::timestamptz[] returning person_id
       )
       insert into outbox (id, channel, person_id, open_key, state, next_at, created_at)
       select $8, 'confirmation', person_id, 'confirmation ' || person_id, 'waiting', $9::timestamptz, $9::timestamptz from made
       on conflict (open_key) do update set next_at = excluded.next_at`,
      [
        personId,
        this.sealed(codeOf(personId), codeFrom(randomInt(CODES))),
        CODE_TRIES,
        until,
        made,
        row.sealed_address,
        row.codes_at,
        randomUUID(),
        now,
      ],
    );
  }

  /** For the letter, while there is something to confirm. */
  async codeToSend(personId: PersonId): Promise<CodeToSend | null> {
    const row = await this.load(personId);
    const address = this.opened(addressOf(personId), row.sealed_address);
    const code = this.opened(codeOf(personId), row.sealed_code);
    const until = row.code_until === null ? null : instant(row.code_until.toISOString());
    if (row.confirmed || address === null || code === null || until === null || until <= this.clock.now()) return null;
    return { address, code, until };
  }

  /** A code works once, for a while, and for a few tries; a guess counts before it is looked at. Rejects: `mail-code-invalid`. */
  async confirm(personId: PersonId, code: string): Promise<void> {
    const now = this.clock.now();
    const [tried] = await this.database.query<Readonly<{ sealed_code: string }>[]>(
      `with tried as (
         update notification_choice set code_tries = code_tries - 1
         where person_id = $1 and confirmed_at is null and sealed_code is not null and code_tries > 0 and code_until > $2 returning sealed_code
       ) select sealed_code from tried`,
      [personId, now],
    );
    if (tried === undefined) return reject('mail-code-invalid');
    const expected = this.master.unwrap(codeOf(personId), tried.sealed_code);
    const given = Buffer.from(code, 'utf8');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return reject('mail-code-invalid');
    const used = await this.database.query<unknown[]>(
      `with used as (
         update notification_choice set confirmed_at = $2, sealed_code = null where person_id = $1 and sealed_code = $3 returning 1
       ) select 1 from used`,
      [personId, now, tried.sealed_code],
    );
    if (used.length === 0) reject('mail-code-invalid');
  }

  private async load(personId: PersonId): Promise<Stored> {
    const [row] = await this.database.query<Stored[]>(
      `select choice, sealed_address, revision::text as revision, confirmed_at is not null as confirmed, sealed_code, code_until, codes_at
       from notification_choice where person_id = $1`,
      [personId],
    );
    return row ?? NOTHING;
  }

  private sealed(purpose: string, text: string): string {
    return this.master.wrap(purpose, Buffer.from(text, 'utf8'));
  }

  private opened(purpose: string, sealed: string | null): string | null {
    return sealed === null ? null : this.master.unwrap(purpose, sealed).toString('utf8');
  }
}
