import { randomUUID } from 'node:crypto';
import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { AllStreamPosition, UUID } from '@eventstore/db-client/generated/shared_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { BatchAppendResp, type BatchAppendReq } from '@eventstore/db-client/generated/streams_pb';
import { faultyProxy, NO_FAULTS, startDouble } from '@app/eventstore-double';
import { waitUntil } from '@app/testing';
import { someEvent } from '../event-store.contract';
import { StoreUnavailable } from '../event-store.port';
import { EventStoreDbEventStore, type EventStoreDbOptions } from './eventstoredb-event-store';

const opened: Readonly<{ close: () => Promise<void> }>[] = [];
const open = (port: number, options: Partial<EventStoreDbOptions> = {}): EventStoreDbEventStore => {
  const store = new EventStoreDbEventStore({ connectionString: `esdb://127.0.0.1:${port}?tls=false`, ...options });
  opened.push(store);
  return store;
};
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

type Answering = (request: BatchAppendReq, call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => void;

/** A server that answers appends as a test wants it, which is not always right. */
const strangeServer = async (answering: Answering): Promise<number> => {
  const server = new Server();
  const { batchAppend } = StreamsService;
  server.addService(
    { batchAppend },
    {
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => {
        call.on('data', (request: BatchAppendReq) => answering(request, call));
        call.on('end', () => call.end());
        call.on('error', () => undefined);
      },
    },
  );
  opened.push({ close: async () => server.forceShutdown() });
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => (error === null ? resolve(port) : reject(error))),
  );
};

const success = (correlation: UUID | undefined, revision: number): BatchAppendResp => {
  const stored = new BatchAppendResp.Success();
  stored.setCurrentRevision(String(revision));
  stored.setPosition(new AllStreamPosition().setCommitPosition('7').setPreparePosition('7'));
  return new BatchAppendResp().setCorrelationId(correlation).setSuccess(stored);
};

describe('What is wrong with the client, the adapter stands:', () => {
  it('an answer to an append that nobody knows, and one that comes twice', async () => {
    const port = await strangeServer((request, call) => {
      call.write(success(new UUID().setString(randomUUID()), 99));
      call.write(success(undefined, 99));
      call.write(success(request.getCorrelationId(), 4));
      call.write(success(request.getCorrelationId(), 5));
    });
    const store = open(port);
    expect(await store.append('s', 'any', [someEvent()])).toStrictEqual({ revision: 4n, position: 7n });
    expect(await store.append('s', 'any', [someEvent()])).toStrictEqual({ revision: 4n, position: 7n });
  });

  it('an answer whose id comes in the other of its two forms', async () => {
    const port = await strangeServer((request, call) => {
      const bits = BigInt(`0x${request.getCorrelationId()?.getString().replaceAll('-', '') ?? ''}`);
      const structured = new UUID.Structured();
      structured.setMostSignificantBits(BigInt.asIntN(64, bits >> 64n).toString());
      structured.setLeastSignificantBits(BigInt.asIntN(64, bits).toString());
      call.write(success(new UUID().setStructured(structured), 4));
    });
    expect((await open(port).append('s', 'any', [someEvent()])).revision).toBe(4n);
  });

  it('a deadline that is a time of day: none is sent, so that no clock need agree with another', async () => {
    const deadlines: boolean[] = [];
    const port = await strangeServer((request, call) => {
      deadlines.push(request.getOptions()?.hasDeadline() ?? true);
      call.write(success(request.getCorrelationId(), 0));
    });
    await open(port).append('s', 'any', [someEvent()]);
    expect(deadlines).toStrictEqual([false]);
  });

  it('a server that never answers: an append ends in the time that was given', async () => {
    const port = await strangeServer(() => undefined);
    const store = open(port, { answerWithinMs: 60, settleWithinMs: 60 });
    await expect(store.append('s', 0n, [someEvent()])).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('a server that ends the call of all appends in good order', async () => {
    let calls = 0;
    const port = await strangeServer((request, call) => {
      calls += 1;
      if (calls === 1) call.end();
      else call.write(success(request.getCorrelationId(), 0));
    });
    expect((await open(port).append('s', 0n, [someEvent()])).revision).toBe(0n);
  });

  it('appends of all stores of a process in one list: an error on one connection leaves those of others alone', async () => {
    let attempts = 0;
    const double = await startDouble({
      faults: {
        ...NO_FAULTS,
        beforeWrite: () => {
          attempts += 1;
          return 'go';
        },
      },
    });
    const other = await startDouble();
    opened.push(double, other);
    const proxy = await faultyProxy(double.port);
    opened.push(proxy);
    const mine = open(proxy.port);
    const theirs = open(other.port, { settleWithinMs: 1 });
    await Promise.all([mine.append('a', 'any', [someEvent()]), theirs.append('a', 'any', [someEvent()])]);
    proxy.stall('answers');
    const appending = mine.append('s', 'no-stream', [someEvent()]);
    await waitUntil(() => attempts === 2);
    const cut = theirs.append('s', 'no-stream', [someEvent()]);
    other.cut();
    await Promise.allSettled([cut]);
    proxy.mend();
    expect((await appending).revision).toBe(0n);
    expect(attempts).toBe(2);
  });

  it('far more appends than the connection takes at once, and then the connection breaks', async () => {
    const double = await startDouble();
    opened.push(double);
    const proxy = await faultyProxy(double.port);
    opened.push(proxy);
    const store = open(proxy.port, { settleWithinMs: 20_000 });
    await store.append('s', 'any', [someEvent()]);
    proxy.stall('requests');
    const large = { text: '大'.repeat(10_000) };
    const appending = Array.from({ length: 100 }, (_, i) => store.append(`s-${i}`, 'no-stream', [someEvent('A', large)]));
    proxy.cut();
    proxy.mend();
    expect((await Promise.all(appending)).every(({ revision }) => revision === 0n)).toBe(true);
    expect(await store.readAll(0n, 1_000)).toHaveLength(101);
  });

  it('throwOnAppendFailure=false, which gives wrong revisions: it is refused', () => {
    expect(() => open(1, { connectionString: 'esdb://127.0.0.1:1?tls=false&throwOnAppendFailure=false' })).toThrow(RangeError);
  });

  it('more in one append than the server takes, or than can be sent at all: both are RangeErrors', async () => {
    const double = await startDouble();
    opened.push(double);
    const store = open(double.port);
    const megabyte = { text: 'a'.repeat(1024 * 1024) };
    await expect(store.append('s', 'any', [someEvent('A', megabyte)])).rejects.toBeInstanceOf(RangeError);
    await expect(
      store.append(
        's',
        'any',
        Array.from({ length: 5 }, () => someEvent('A', megabyte)),
      ),
    ).rejects.toBeInstanceOf(RangeError);
    await expect(
      store.append(
        's',
        'any',
        Array.from({ length: 20 }, () => someEvent('A', megabyte)),
      ),
    ).rejects.toBeInstanceOf(RangeError);
    expect((await store.append('s', 'no-stream', [someEvent()])).revision).toBe(0n);
  });

  it('warnings that show the connection string: what would cause one is refused, and the refusal shows nothing', () => {
    const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    for (const option of ['unknown=1', 'tlsVerifyCert=false', 'tlsCaFile=/nowhere/ca.crt', 'tls=perhaps']) {
      const refusal = (() => {
        try {
          return open(1, { connectionString: `esdb://user:secret-word@127.0.0.1:1?${option}` });
        } catch (error) {
          return error;
        }
      })();
      expect(refusal).toBeInstanceOf(RangeError);
      expect(JSON.stringify(refusal, Object.getOwnPropertyNames(refusal))).not.toContain('secret-word');
    }
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });
});
