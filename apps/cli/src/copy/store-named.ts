import { databaseUrlOf, eventStoreOf } from '@app/core';
import { openEventStore, PostgresCopySink, sinkInto, type CopySink, type EventStore } from '@app/event-store';
import { runMigrations } from '@app/read-store';
import { eventStoreUrl, UnusableUrl, type Settings } from '@app/settings';
import { CommandFailure } from '../command';

/** One side of a copy. The address may hold a password and is never shown. */
export type NamedStore = Readonly<{
  kind: 'PostgreSQL' | 'EventStoreDB';
  /** Two sides with the same key are the same store. */
  key: string;
  open: () => EventStore;
  /** Makes the tables where the kind has tables. */
  prepare: () => Promise<void>;
  sink: (store: EventStore) => CopySink;
}>;

/** A reading of many megabytes may take longer than an answer to a person. */
const ANSWER_WITHIN_MS = 60_000;

const onPostgres = (url: string): NamedStore => ({
  kind: 'PostgreSQL',
  key: url,
  open: () => openEventStore({ url, poolSize: 2, answerWithinMs: ANSWER_WITHIN_MS }),
  prepare: async () => void (await runMigrations(url)),
  sink: () => new PostgresCopySink(url),
});

const onEventStoreDb = (connectionString: string, caFile: string | null): NamedStore => ({
  kind: 'EventStoreDB',
  key: connectionString,
  open: () => openEventStore({ connectionString, ...(caFile === null ? {} : { caFile }) }),
  prepare: async () => undefined,
  sink: sinkInto,
});

const own = (backend: 'postgres' | 'eventstoredb', settings: Settings): NamedStore => {
  if (backend === 'postgres') return onPostgres(databaseUrlOf(settings));
  if (settings.eventStore.backend !== 'eventstoredb') {
    throw new CommandFailure({
      zh: '没有设置 EVENTSTORE_URL，不知道 EventStoreDB 在哪里。',
      en: 'EVENTSTORE_URL is not set, so it is not known where EventStoreDB is.',
    });
  }
  const options = eventStoreOf(settings);
  if (typeof options !== 'object' || !('connectionString' in options)) throw new Error('the settings name no EventStoreDB');
  return onEventStoreDb(options.connectionString, options.caFile ?? null);
};

const byAddress = (option: '--from' | '--to', address: string): NamedStore => {
  if (/^postgres(ql)?:\/\//.test(address) && URL.canParse(address)) return onPostgres(address);
  try {
    const { url, exposed } = eventStoreUrl(address);
    if (exposed) console.error('警告：事件将以明文传输 · warning: events will travel as plain text');
    return onEventStoreDb(url, null);
  } catch (error) {
    if (!(error instanceof UnusableUrl)) throw error;
    throw new CommandFailure({
      zh: `${option} 应为 postgres、eventstoredb（本实例自己的存储），或形如 postgres://… 的地址，或 EventStoreDB 地址：${error.zh}。`,
      en: `${option} must be postgres or eventstoredb (this instance's own stores), an address like postgres://…, or one of EventStoreDB: ${error.en}.`,
    });
  }
};

const named = (option: '--from' | '--to', text: string, settings: Settings): NamedStore =>
  text === 'postgres' || text === 'eventstoredb' ? own(text, settings) : byAddress(option, text);

/** What is not said is this instance's own store of the other kind. Errors: CommandFailure. */
export const storesNamed = (
  { from, to }: Readonly<{ from: string | undefined; to: string | undefined }>,
  settings: Settings,
): Readonly<{ source: NamedStore; target: NamedStore }> => {
  if (from === undefined && to === undefined) {
    throw new CommandFailure({ zh: '请用 --from 或 --to 说明从哪里复制到哪里。', en: 'Say by --from or --to what is copied where.' });
  }
  const given = {
    source: from === undefined ? null : named('--from', from, settings),
    target: to === undefined ? null : named('--to', to, settings),
  };
  const other = (store: NamedStore | null): NamedStore => own(store?.kind === 'PostgreSQL' ? 'eventstoredb' : 'postgres', settings);
  const source = given.source ?? other(given.target);
  const target = given.target ?? other(given.source);
  if (source.key === target.key) {
    throw new CommandFailure({ zh: '来源和目标是同一个存储。', en: 'Source and target are the same store.' });
  }
  return { source, target };
};
