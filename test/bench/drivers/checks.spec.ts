import type { EventToAppend } from '@app/event-store';
import type { BenchStore } from './bench-store';
import { commandDriver, type CommandSide } from './command-works';
import { dataOf, eventOf, PAYLOAD_BYTES } from './payload';
import { storeDriver } from './store-works';

type Fault = (stored: readonly unknown[]) => readonly unknown[];

/** What a run must never pass over. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'lost the last event': (stored) => stored.slice(0, -1),
  'lost the first event': (stored) => stored.slice(1),
  'doubled an event': (stored) => [...stored.slice(0, 1), ...stored],
  // A stream may just have begun: where there are no two, nothing can be mixed up.
  'mixed up two events': (stored) => (stored.length < 2 ? stored : [stored[1], stored[0], ...stored.slice(2)]),
};

class FaultyStore implements BenchStore {
  readonly keeps = true;
  readonly streams = new Map<string, unknown[]>();
  fault: Fault = (stored) => stored;

  async append(stream: string, revision: bigint, events: readonly EventToAppend[]): Promise<bigint> {
    this.streams.set(stream, [...(this.streams.get(stream) ?? []), ...events.map(({ data }) => data)]);
    return revision + BigInt(events.length);
  }
  async readStream(stream: string, see: (data: unknown) => void): Promise<void> {
    this.fault(this.streams.get(stream) ?? []).forEach(see);
  }
  async readAll(count: number, see: (data: unknown) => void): Promise<void> {
    this.fault([...this.streams.values()].flat().slice(0, count)).forEach(see);
  }
  async catchUp(count: number, see: (data: unknown) => void): Promise<() => Promise<void>> {
    await this.readAll(count, see);
    return async () => undefined;
  }
  async close(): Promise<void> {}
}

class FaultySide implements CommandSide {
  fault: Fault = (stored) => stored;
  private readonly streams = new Map<string, unknown[]>();

  async run(stream: string, { seq }: Readonly<{ seq: number }>): Promise<void> {
    this.streams.set(stream, [...(this.streams.get(stream) ?? []), dataOf(seq)]);
  }
  async read(stream: string): Promise<readonly unknown[]> {
    return this.fault(this.streams.get(stream) ?? []);
  }
  async close(): Promise<void> {}
}

describe('The payload', () => {
  it('has the same size in every event', () => {
    const sizes = [0, 7, 99, 54_321].map((index) => Buffer.byteLength(JSON.stringify(eventOf(index).data)));
    expect(sizes).toStrictEqual(sizes.map(() => PAYLOAD_BYTES));
  });
});

describe('A run of the bench', () => {
  const works = {
    append: { writers: 2, seconds: 0.01 },
    load: { readers: 2, seconds: 0.01 },
    readStream: {},
    readAll: { events: 30 },
    catchUp: { events: 30 },
  };
  const runAndCheck = async (store: FaultyStore, work: keyof typeof works): Promise<void> => {
    const fault = store.fault;
    store.fault = (stored) => stored;
    const driver = await storeDriver(store, { history: 30, loads: 2 });
    store.fault = fault;
    const outcome = await driver.works[work]?.(works[work]);
    await outcome?.check?.();
  };

  it.each(Object.keys(works))('has a figure where nothing is wrong: %s', async (work) => {
    await runAndCheck(new FaultyStore(), work as keyof typeof works);
  });

  for (const work of Object.keys(works) as readonly (keyof typeof works)[]) {
    it.each(Object.keys(FAULTS))(`fails in ${work} when the store %s`, async (name) => {
      const store = new FaultyStore();
      store.fault = FAULTS[name] ?? store.fault;
      await expect(runAndCheck(store, work)).rejects.toThrow(/event/);
    });
  }

  it.each(Object.keys(FAULTS))('fails when commands %s', async (name) => {
    const side = new FaultySide();
    const driver = commandDriver(side);
    const params = { writers: 2, seconds: 0.01 };
    const outcome = await driver.works['commands']?.(params);
    await outcome?.check?.();
    side.fault = FAULTS[name] ?? side.fault;
    await expect(outcome?.check?.()).rejects.toThrow(/commands left the events/);
  });
});
