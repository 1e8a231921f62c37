import type { EventStore } from '@app/event-store';
import type { Bilingual } from '@app/kernel';
import type { DataSource, EntityManager } from 'typeorm';
import { resetProjectionIn, type Taken } from './checkpoints';
import type { Projection } from './projection';
import { ReaderLocks } from './reader-locks';

const SENTENCE = {
  foreign: {
    zh: '读模型不是从现在设定的事件库生成的（或该库已恢复到更早的备份）。请先停止本实例，确认 EVENTSTORE_URL；如事件已复制到此库，运行 npm run cli -- rebuild。',
    en: 'The read models were made from another event store than the one set now (or it was restored to an earlier time). Stop this instance and check EVENTSTORE_URL; when the events were copied to this store, run npm run cli -- rebuild.',
  },
  'in-use': {
    zh: '本实例仍在运行。更换事件库前请先停止它。',
    en: 'This instance is still running. Stop it before it is moved to another event store.',
  },
  incomplete: {
    zh: '此事件库中没有已经处理过的事件。请先复制事件（npm run cli -- copy-events）；如确是恢复了更早的备份，运行 npm run cli -- rebuild --restored。',
    en: 'This event store lacks events that were dealt with already. Copy the events first (npm run cli -- copy-events); when it was restored from an earlier backup on purpose, run npm run cli -- rebuild --restored.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** The event store is not the one the readers' positions belong to. */
export class ForeignStore extends Error {
  readonly sentence: Bilingual;

  constructor(readonly reason: keyof typeof SENTENCE) {
    const { zh, en } = SENTENCE[reason];
    super(`${zh} · ${en}`);
    this.name = 'ForeignStore';
    this.sentence = SENTENCE[reason];
  }
}

type AnchorRow = Readonly<{
  name: string;
  event_id: string | null;
  event_stream: string | null;
  event_revision: string | null;
  event_position: string | null;
}>;
const PAGE = 2_000;
const ANCHOR = 'name, event_id, event_stream, event_revision, event_position';

/** Where this store keeps the event; null when it has another one there, or none. */
const positionIn = async (store: Pick<EventStore, 'readStream'>, row: AnchorRow): Promise<bigint | null> => {
  if (row.event_stream === null || row.event_revision === null) return null;
  const [event] = await store.readStream(row.event_stream, BigInt(row.event_revision), 1);
  return event?.id === row.event_id ? event.position : null;
};

/**
 * True when the readers' positions are positions of this store: the event that one of them took last stands there, at its position.
 * Also true before the first event was taken. Errors: StoreUnavailable.
 */
export const belongsTo = async (store: Pick<EventStore, 'readStream'>, db: Pick<DataSource, 'query'>): Promise<boolean> => {
  const [last] = await db.query<AnchorRow[]>(
    `select ${ANCHOR} from checkpoint where event_position is not null order by event_position desc limit 1`,
  );
  return last === undefined || (await positionIn(store, last)) === BigInt(last.event_position ?? '-1');
};

type Moving = Readonly<{
  store: EventStore;
  dataSource: DataSource;
  projections: readonly Projection[];
  /** The store was restored to an earlier time: a policy whose last event is gone has dealt with all there is. */
  restored: boolean;
}>;

/**
 * Makes this store the one the readers read: read models are emptied and start again, policies go on after the event they dealt with last,
 * so that none acts twice. All of it or nothing. Errors: ForeignStore when a reader still runs, or when the events that policies dealt
 * with are not there; StoreUnavailable.
 */
export const moveReadersTo = async (moving: Moving): Promise<void> => {
  const { dataSource, projections } = moving;
  const rows = await dataSource.query<{ name: string }[]>('select name from checkpoint');
  const locks = new ReaderLocks(dataSource);
  try {
    for (const { name } of rows) if (!(await locks.tryAcquire(name))) throw new ForeignStore('in-use');
    await dataSource.transaction(async (tx) => {
      for (const row of await policyRows(tx)) await movePolicy(moving, row, tx);
      for (const projection of projections) await resetProjectionIn(tx, projection);
      const kept = projections.map(({ name }) => name);
      await tx.query(`delete from checkpoint where kind = 'projection' and name <> all ($1)`, [kept]);
    });
  } finally {
    await locks.release();
  }
};

const policyRows = (tx: EntityManager): Promise<readonly AnchorRow[]> =>
  tx.query(`select ${ANCHOR} from checkpoint where kind = 'policy' order by name for update`);

const movePolicy = async ({ store, restored }: Moving, row: AnchorRow, tx: EntityManager): Promise<unknown> => {
  const { name, event_id: id, event_stream: stream, event_revision: revision } = row;
  // It has met none of its events yet, so the first one there is its first.
  if (id === null || stream === null || revision === null) return placePolicy(tx, name, null);
  const position = await positionIn(store, row);
  if (position !== null) return placePolicy(tx, name, { id, stream, revision: BigInt(revision), position });
  if (!restored) throw new ForeignStore('incomplete');
  return placePolicy(tx, name, await lastEvent(store));
};

const placePolicy = (tx: EntityManager, name: string, last: Taken | null): Promise<unknown> =>
  tx.query(
    `update checkpoint set "position" = $2, stopped_at = null, stopped_because = null,
     event_id = $3, event_stream = $4, event_revision = $5, event_position = $6 where name = $1`,
    last === null
      ? [name, '0', null, null, null, null]
      : [name, last.position.toString(), last.id, last.stream, last.revision.toString(), last.position.toString()],
  );

/** Read from the start: a log is walked forwards only, and this is asked for after a disaster alone. */
const lastEvent = async (store: EventStore): Promise<Taken | null> => {
  let last: Taken | null = null;
  for (;;) {
    const page = await store.readAll(last?.position ?? 0n, PAGE);
    last = page.at(-1) ?? last;
    if (page.length < PAGE) return last;
  }
};
