import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** `requests` go to the server, `answers` come from it. */
export type Direction = 'requests' | 'answers' | 'both';

/** A way to a server on this machine that fails as networks do. Nothing is wrong with it until it is told. */
export type FaultyProxy = Readonly<{
  port: number;
  /** Connections that are open now. */
  connections: () => number;
  /** Bytes that passed so far. */
  passed: (direction: Direction) => number;
  /** Ends every connection at once; new ones are taken. */
  cut: () => void;
  /** Ends every connection when this many more bytes passed, those before them arrive: frames are torn. */
  cutAfter: (bytes: number, direction?: Direction) => void;
  /** Nothing passes that way any more and nothing is closed, on connections old and new, until `mend`. */
  stall: (direction?: Direction) => void;
  /** New connections are ended at once; those that are open stay. */
  refuse: () => void;
  /** What passes arrives this much later, ms. */
  delay: (ms: number) => void;
  /** All is well again: what was held arrives late, as after lost packets, unless its connection is gone. */
  mend: () => void;
  close: () => Promise<void>;
}>;

type OneWay = Exclude<Direction, 'both'>;
type Pair = Readonly<{ client: Socket; upstream: Socket }>;

const both = (direction: Direction): readonly OneWay[] => (direction === 'both' ? ['requests', 'answers'] : [direction]);

/** Errors: when no port can be had. A target that refuses is passed on as a closed connection. */
export const faultyProxy = async (targetPort: number, targetHost = '127.0.0.1'): Promise<FaultyProxy> => {
  const pairs = new Set<Pair>();
  const held = new Set<OneWay>();
  const passed = { requests: 0, answers: 0 };
  let tear: { left: number; directions: readonly OneWay[] } | null = null;
  let refusing = false;
  let delayMs = 0;

  const drop = (pair: Pair): void => {
    pairs.delete(pair);
    // Not by a reset: Node loses a socket that is reset while it is shut down, and its thread then never ends.
    pair.client.destroy();
    pair.upstream.destroy();
  };
  const dropAll = (): void => {
    for (const pair of [...pairs]) drop(pair);
  };

  const pass = (to: Socket, direction: OneWay, bytes: Buffer): void => {
    if (to.destroyed) return;
    const torn = tear?.directions.includes(direction) === true ? tear : null;
    if (torn === null || bytes.length < torn.left) {
      if (torn !== null) torn.left -= bytes.length;
      passed[direction] += bytes.length;
      to.write(bytes);
      return;
    }
    passed[direction] += torn.left;
    tear = null;
    // The last bytes must leave before the end, which would take them along.
    to.write(bytes.subarray(0, torn.left), dropAll);
  };

  const relay = (pair: Pair, direction: OneWay): void => {
    const [from, to] = direction === 'requests' ? [pair.client, pair.upstream] : [pair.upstream, pair.client];
    const late: Buffer[] = [];
    from.on('data', (bytes: Buffer) => {
      if (delayMs === 0 && late.length === 0) return pass(to, direction, bytes);
      late.push(bytes);
      // Each timer lets the oldest pass, so that a changed delay never turns the order round.
      setTimeout(() => pass(to, direction, late.shift() ?? Buffer.alloc(0)), delayMs);
    });
    from.on('close', () => {
      if (held.size === 0) drop(pair);
    });
    if (held.has(direction)) from.pause();
  };

  const server = createServer((client) => {
    if (refusing) return void client.destroy();
    const upstream = connect(targetPort, targetHost);
    const pair: Pair = { client, upstream };
    pairs.add(pair);
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
    }
    relay(pair, 'requests');
    relay(pair, 'answers');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    connections: () => pairs.size,
    passed: (direction) => both(direction).reduce((sum, one) => sum + passed[one], 0),
    cut: dropAll,
    cutAfter: (bytes, direction = 'both') => {
      if (!Number.isInteger(bytes) || bytes < 1) throw new RangeError(`not a number of bytes: ${bytes}`);
      tear = { left: bytes, directions: both(direction) };
    },
    stall: (direction = 'both') => {
      for (const one of both(direction)) held.add(one);
      for (const { client, upstream } of pairs) {
        if (held.has('requests')) client.pause();
        if (held.has('answers')) upstream.pause();
      }
    },
    refuse: () => {
      refusing = true;
    },
    delay: (ms) => {
      delayMs = ms;
    },
    mend: () => {
      held.clear();
      refusing = false;
      delayMs = 0;
      tear = null;
      for (const pair of [...pairs]) {
        if (pair.client.destroyed || pair.upstream.destroyed) drop(pair);
        else for (const socket of [pair.client, pair.upstream]) socket.resume();
      }
    },
    close: async () => {
      dropAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
