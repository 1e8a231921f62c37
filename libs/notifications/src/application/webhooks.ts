import { randomBytes, randomUUID } from 'node:crypto';
import { Clock, type Instant, type PersonId } from '@app/kernel';
import { MasterKey } from '@app/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { NotificationKind } from '../domain/kinds';
import { reject } from '../domain/notification.errors';
import { textOf } from '../domain/texts';
import { allowedUrl } from '../domain/webhook-url';
import { NotificationOptions } from './notification-options';

export type WebhookSecretRow = Readonly<{ keyId: string; createdAt: Instant }>;
export type WebhookRow = Readonly<{
  id: string;
  label: string;
  url: string;
  kinds: readonly NotificationKind[];
  paused: boolean;
  createdAt: Instant;
  revision: string;
  /** Those that are valid; deliveries are signed with each of them. */
  secrets: readonly WebhookSecretRow[];
}>;
export type WebhookPlan = Readonly<{ label: string; url: string; kinds: readonly NotificationKind[]; paused: boolean }>;
/** Told once. */
export type IssuedSecret = Readonly<{ keyId: string; secret: string }>;
export type SigningKey = Readonly<{ keyId: string; secret: Buffer }>;

const MOST = 20;
const SECRETS = 2;
type Stored = Readonly<{
  id: string;
  label: string;
  url: string;
  kinds: NotificationKind[];
  paused: boolean;
  created_at: Date;
  revision: string;
}>;
type StoredSecret = Readonly<{ key_id: string; endpoint_id: string; sealed_secret: string; created_at: Date }>;

const purposeOf = (keyId: string): string => `webhook ${keyId}`;

/** Where other systems are told, by administrators; only hosts that the settings allow. */
@Injectable()
export class Webhooks {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(MasterKey) private readonly master: MasterKey,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(NotificationOptions) private readonly options: NotificationOptions,
  ) {}

  async list(): Promise<readonly WebhookRow[]> {
    const rows = await this.database.query<Stored[]>('select *, revision::text as revision from webhook_endpoint order by created_at, id');
    const secrets = await this.database.query<StoredSecret[]>('select * from webhook_secret order by created_at, key_id');
    return rows.map((row) => ({
      id: row.id,
      label: row.label,
      url: row.url,
      kinds: row.kinds,
      paused: row.paused,
      createdAt: row.created_at.toISOString() as Instant,
      revision: row.revision,
      secrets: secrets
        .filter((secret) => secret.endpoint_id === row.id)
        .map((secret) => ({ keyId: secret.key_id, createdAt: secret.created_at.toISOString() as Instant })),
    }));
  }

  /** Rejects: `webhook-url-invalid`, `webhook-limit`. */
  async add(plan: WebhookPlan, by: PersonId): Promise<Readonly<{ id: string }> & IssuedSecret> {
    const url = allowedUrl(plan.url, this.options.webhookHosts);
    const id = randomUUID();
    return this.database.transaction(async (tx) => {
      await tx.query('lock table webhook_endpoint in share row exclusive mode');
      const [count] = await tx.query<{ n: number }[]>('select count(*)::int as n from webhook_endpoint');
      if ((count?.n ?? 0) >= MOST) reject('webhook-limit', { max: MOST });
      await tx.query(
        `insert into webhook_endpoint (id, label, url, kinds, paused, created_at, created_by, revision) values ($1, $2, $3, $4, $5, $6, $7, 1)`,
        [id, plan.label, url, plan.kinds, plan.paused, this.clock.now(), by],
      );
      return { id, ...(await this.issue(id, tx)) };
    });
  }

  /** Rejects: `webhook-absent`, `webhook-changed`, `webhook-url-invalid`. */
  async change(id: string, plan: WebhookPlan, seen: bigint): Promise<void> {
    const url = allowedUrl(plan.url, this.options.webhookHosts);
    await this.database.transaction(async (tx) => {
      const { revision } = await this.locked(id, tx);
      if (BigInt(revision) !== seen) reject('webhook-changed');
      await tx.query('update webhook_endpoint set label = $2, url = $3, kinds = $4, paused = $5, revision = revision + 1 where id = $1', [
        id,
        plan.label,
        url,
        plan.kinds,
        plan.paused,
      ]);
    });
  }

  /** With what still waits for it. Rejects with `webhook-absent`. */
  async remove(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.locked(id, tx);
      await tx.query("delete from outbox where endpoint_id = $1 and state in ('waiting', 'dead')", [id]);
      await tx.query('delete from webhook_endpoint where id = $1', [id]);
    });
  }

  /** A second secret beside the first, so that the receiver can change over. Rejects: `webhook-absent`, `webhook-secrets-limit`. */
  addSecret(id: string): Promise<IssuedSecret> {
    return this.database.transaction(async (tx) => {
      await this.locked(id, tx);
      if ((await this.secretsOf(id, tx)).length >= SECRETS) reject('webhook-secrets-limit');
      return this.issue(id, tx);
    });
  }

  /** Rejects: `webhook-absent`, `webhook-last-secret`. Repeating it changes nothing. */
  async retireSecret(id: string, keyId: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.locked(id, tx);
      const valid = await this.secretsOf(id, tx);
      if (!valid.some((secret) => secret.key_id === keyId)) return;
      if (valid.length === 1) reject('webhook-last-secret');
      await tx.query('delete from webhook_secret where key_id = $1', [keyId]);
    });
  }

  /** Sends a message that says nothing, to see whether it arrives. Rejects with `webhook-absent`. */
  async tryOut(id: string): Promise<void> {
    const now = this.clock.now();
    const delivery = randomUUID();
    const body = JSON.stringify({ id: delivery, kind: 'trial', at: now, text: textOf('trial', {}), params: {}, link: null });
    await this.database.transaction(async (tx) => {
      await this.locked(id, tx);
      await tx.query(
        `insert into outbox (id, channel, endpoint_id, body, state, next_at, created_at) values ($1, 'webhook', $2, $3, 'waiting', $4, $4)`,
        [delivery, id, body, now],
      );
    });
  }

  /** For the sender: where to, and what to sign with; null when it was removed. */
  async target(id: string): Promise<Readonly<{ url: string; keys: readonly SigningKey[] }> | null> {
    const [row] = await this.database.query<Stored[]>('select url from webhook_endpoint where id = $1', [id]);
    if (row === undefined) return null;
    const secrets = await this.secretsOf(id, this.database.manager);
    return {
      url: row.url,
      keys: secrets.map((secret) => ({
        keyId: secret.key_id,
        secret: this.master.unwrap(purposeOf(secret.key_id), secret.sealed_secret),
      })),
    };
  }

  private async issue(id: string, tx: EntityManager): Promise<IssuedSecret> {
    const keyId = `k_${randomBytes(6).toString('hex')}`;
    const secret = randomBytes(32).toString('base64url');
    await tx.query('insert into webhook_secret (key_id, endpoint_id, sealed_secret, created_at) values ($1, $2, $3, $4)', [
      keyId,
      id,
      this.master.wrap(purposeOf(keyId), Buffer.from(secret, 'utf8')),
      this.clock.now(),
    ]);
    return { keyId, secret };
  }

  private secretsOf(id: string, tx: EntityManager): Promise<StoredSecret[]> {
    return tx.query<StoredSecret[]>('select * from webhook_secret where endpoint_id = $1 order by created_at, key_id', [id]);
  }

  private async locked(id: string, tx: EntityManager): Promise<Stored> {
    const [row] = await tx.query<Stored[]>('select *, revision::text as revision from webhook_endpoint where id = $1 for update', [id]);
    return row ?? reject('webhook-absent');
  }
}
