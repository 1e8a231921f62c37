import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { EvidenceStore } from '@app/evidence';
import { EventStore, type Appended } from '@app/event-store';
import { seededRandom } from '@app/kernel';
import { ReadModels } from '@app/read-store';
import { byAppendAlone } from '../support/by-append-alone';
import { PASSWORD } from '../support/county';
import { HOUSE } from '../support/county-work';
import { PIXEL } from '../support/finding-acts';
import { startProduct, type Product } from '../support/product';
import { everyEvent, filesOf } from './campaign';
import { Client, parsed, Session } from './clients';
import { judge, type Violation } from './judge';
import type { Operation } from './record';

const FILED = 6;

/** Makes the product do something wrong; gives back how to make it right again. */
type Mutant = Readonly<{ fault: string; found: Violation['kind']; plant: (product: Product) => () => void }>;

const MUTANTS: readonly Mutant[] = [
  {
    fault: 'acknowledges before it commits, and loses what it acknowledged',
    found: 'lost',
    plant: ({ app }) => {
      const store = app.get(EventStore);
      let last = 0n;
      return replaced(store, 'append', (append) => async (stream, expected, events) => {
        if (expected === 'no-stream') return append(stream, expected, events);
        const revision = typeof expected === 'bigint' ? expected + BigInt(events.length) : 0n;
        last = (last === 0n ? await store.head() : last) + BigInt(events.length);
        return { revision, position: last } satisfies Appended;
      });
    },
  },
  {
    fault: 'stores a command twice, under new ids',
    found: 'doubled',
    plant: ({ app }) =>
      replaced(app.get(EventStore), 'append', (append) => async (stream, expected, events) => {
        if (expected !== 'no-stream') return append(stream, expected, events);
        await append(stream, expected, events);
        return append(
          `${stream.slice(0, -12)}${randomUUID().slice(-12)}`,
          expected,
          events.map((event) => ({ ...event, id: randomUUID() })),
        );
      }),
  },
  {
    fault: 'does not wait for the position that a read names',
    found: 'stale read',
    plant: ({ app, readers }) => {
      const restore = replaced(app.get(ReadModels), 'waitFor', () => () => Promise.resolve(true));
      void readers.stop();
      return () => {
        restore();
        readers.start();
      };
    },
  },
  {
    fault: 'names evidence whose file is gone',
    found: 'evidence missing',
    plant: ({ app }) => {
      const files = app.get(EvidenceStore);
      return replaced(files, 'put', (put) => async (...args) => {
        const stored = await put(...args);
        await rm(files.pathOf(stored.hash));
        return stored;
      });
    },
  },
];

/** One method of one object, until what is given back is called. */
const replaced = <T extends object, K extends keyof T>(object: T, name: K, other: (method: T[K]) => T[K]): (() => void) => {
  const method = object[name];
  object[name] = other((typeof method === 'function' ? method.bind(object) : method) as T[K]);
  return () => {
    object[name] = method;
  };
};

describe('The judge over clients of the running product', () => {
  let product: Product;
  let inspector: Session;

  beforeAll(async () => {
    product = await startProduct();
    byAppendAlone(product.app.get(EventStore));
    await product.app.listen(0, '127.0.0.1');
    const { port } = product.app.getHttpServer().address() as AddressInfo;
    inspector = await Session.open((address, init) => fetch(`http://127.0.0.1:${port}${address}`, init), 'inspector', PASSWORD);
  });
  afterAll(() => product?.close());

  /** A client files, proves and looks; → what the judge finds in that. */
  const work = async (): Promise<readonly Violation['kind'][]> => {
    const store = product.app.get(EventStore);
    const base = await store.head();
    const operations: Operation[] = [];
    const wrong: string[] = [];
    const journal = {
      now: () => performance.now(),
      note: (one: Operation) => operations.push(one),
      tell: (what: string) => wrong.push(what),
    };
    const client = new Client('a', journal, seededRandom(1), () => 0);
    for (let n = 0; n < FILED; n += 1) {
      const filed = await client.act(inspector, 'POST', '/findings', { sort: 'file', body: { json: HOUSE } });
      const id = String(parsed(filed?.text ?? '')['findingId']);
      const file = { name: '现场.png', type: 'image/png', content: Buffer.concat([PIXEL, Buffer.from(randomUUID())]) };
      const proved = await client.act(inspector, 'POST', `/findings/${id}/evidence`, {
        sort: 'prove',
        body: { fields: { phase: 'before' }, file },
      });
      const { position } = parsed(proved?.text ?? '') as Readonly<{ position?: string }>;
      await client.look(inspector, id, BigInt(position ?? '0'));
    }
    const log = await everyEvent(store, base);
    const files = await filesOf(log, operations, product.dataDir);
    const nothing = { lists: [], selections: [], tables: [], recounts: [] };
    return judge({ ...nothing, operations, base, log, files, wrong }).map(({ kind }) => kind);
  };

  it.each(MUTANTS)('finds a product that $fault', async ({ found, plant }) => {
    const restore = plant(product);
    try {
      expect(await work()).toContain(found);
    } finally {
      restore();
    }
  });

  it('finds nothing in the product as it is', async () => {
    await product.settle();
    expect(await work()).toStrictEqual([]);
  });
});
