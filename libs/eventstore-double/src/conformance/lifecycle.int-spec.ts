import { status } from '@grpc/grpc-js';
import { EventStoreDBClient } from '@eventstore/db-client';
import { freshDatabase, waitUntil } from '@app/testing';
import { startDouble } from '../server/start-double';
import type { RunningDouble } from '../server/double-options';
import { all, note, notes, pick, refusalOf, revisionsOf, someStream } from './stage';
import { watch } from './watch';

const PLAIN = { credentials: { username: 'admin', password: 'changeit' } };

describe('A double that stops and comes back', () => {
  const running: RunningDouble[] = [];
  const clients: EventStoreDBClient[] = [];
  const start = async (options: Parameters<typeof startDouble>[0] = {}): Promise<RunningDouble> => {
    const double = await startDouble(options);
    running.push(double);
    return double;
  };
  const connect = (double: RunningDouble): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(double.connectionString);
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    await Promise.all(running.splice(0).map((double) => double.close()));
  });
  const works = async (work: () => Promise<unknown>): Promise<void> => {
    await waitUntil(
      () =>
        work()
          .then(() => true)
          .catch(() => false),
      { timeoutMs: 30_000, everyMs: 100, what: 'a call after the restart' },
    );
  };

  it('ends subscriptions with an error that says so, and takes the same clients again on the same port', async () => {
    const double = await start();
    const client = connect(double);
    const stream = someStream();
    await client.appendToStream(stream, notes(2));
    const [ofStream, ofAll] = [watch(() => client.subscribeToStream(stream)), watch(() => client.subscribeToAll())];
    await ofStream.until('caught up');
    await ofAll.until('caught up');
    await double.close();
    await ofStream.until('error');
    await ofAll.until('error');
    for (const { errors } of [ofStream, ofAll]) expect(['UnavailableError', 'CancelledError']).toContain(pick(errors[0])['name']);
    await start({ port: double.port });
    await works(() => client.appendToStream(stream, note()));
    expect((await all(client.readStream(stream))).length >= 1).toBe(true);
  });

  it('ends a read in the middle with UnavailableError', async () => {
    const double = await start();
    const client = connect(double);
    const stream = someStream();
    await client.appendToStream(
      stream,
      Array.from({ length: 500 }, () => note({ text: 'x'.repeat(1_500) })),
    );
    for (let n = 0; n < 8; n += 1)
      await client.appendToStream(
        stream,
        Array.from({ length: 500 }, () => note({ text: 'x'.repeat(1_500) })),
      );
    let seen = 0;
    const reading = (async () => {
      for await (const _ of client.readStream(stream)) {
        seen += 1;
        if (seen === 12) await double.close();
      }
    })();
    expect(pick(await refusalOf(reading))).toStrictEqual({ name: 'UnavailableError' });
    expect(seen < 4_500).toBe(true);
  });

  it('refuses appends while it is down with UnavailableError, on both ways to append', async () => {
    const double = await start();
    const [batching, plain] = [connect(double), connect(double)];
    const stream = someStream();
    await batching.appendToStream(stream, notes(1));
    await plain.appendToStream(stream, notes(1), PLAIN);
    await double.close();
    // The client asks for the features first, and hands that error on as it is.
    expect(pick(await refusalOf(batching.appendToStream(stream, notes(1))), 'code')['code']).toBe(status.UNAVAILABLE);
    expect(pick(await refusalOf(plain.appendToStream(stream, notes(1), PLAIN)))).toStrictEqual({ name: 'UnavailableError' });
    await start({ port: double.port });
    await works(() => batching.appendToStream(stream, notes(1)));
    await works(() => plain.appendToStream(stream, notes(1), PLAIN));
  });

  it('ends appends that are under way with UnavailableError', async () => {
    const double = await start();
    const client = connect(double);
    const stream = someStream();
    await client.appendToStream(stream, notes(1));
    const endless = async (): Promise<never> => {
      for (;;) await client.appendToStream(stream, notes(1_000));
    };
    const appending = refusalOf(endless());
    await waitUntil(async () => {
      const [last] = await all(client.readStream(stream, { direction: 'backwards', fromRevision: 'end', maxCount: 1 }));
      return (last?.event?.revision ?? 0n) > 2_000n;
    });
    await double.close();
    expect(pick(await appending)).toStrictEqual({ name: 'UnavailableError' });
  });

  it('whose cables are cut is found again by the same client', async () => {
    const double = await start();
    const client = connect(double);
    const stream = someStream();
    await client.appendToStream(stream, notes(1));
    const watched = watch(() => client.subscribeToStream(stream));
    await watched.until('caught up');
    double.cut();
    await watched.until('error');
    expect(pick(watched.errors[0])).toStrictEqual({ name: 'UnavailableError' });
    await works(() => client.appendToStream(stream, notes(1)));
    expect((await all(client.readStream(stream))).length).toBe(2);
  });

  it('on PostgreSQL still has everything: events, revisions, positions, metadata, deletions and known ids', async () => {
    const database = await freshDatabase();
    try {
      const [kept, cut, dead] = [someStream('kept'), someStream('cut'), someStream('dead')];
      const before = await start({ databaseUrl: database.url });
      const first = connect(before);
      const events = notes(3);
      const appended = await first.appendToStream(kept, events, { expectedRevision: 'no_stream' });
      await first.appendToStream(cut, notes(5));
      await first.setStreamMetadata(cut, { maxCount: 2 });
      await first.tombstoneStream(dead);
      const log = await all(first.readAll());
      await before.close();

      const second = connect(await start({ databaseUrl: database.url }));
      expect(await all(second.readAll())).toStrictEqual(log);
      expect(revisionsOf(await all(second.readStream(cut)))).toStrictEqual([3n, 4n]);
      expect(pick(await refusalOf(second.readStream(dead)))).toStrictEqual({ name: 'StreamDeletedError' });
      expect(await second.appendToStream(kept, events, { expectedRevision: 'no_stream' })).toStrictEqual(appended);
      expect(await second.appendToStream(kept, events)).toStrictEqual(appended);
      expect((await second.appendToStream(kept, notes(1), { expectedRevision: 2n })).nextExpectedRevision).toBe(3n);
    } finally {
      await Promise.all(clients.splice(0).map((client) => client.dispose()));
      await Promise.all(running.splice(0).map((double) => double.close()));
      await database.drop();
    }
  });
});
