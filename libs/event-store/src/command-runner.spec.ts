import { assertNever, DomainError, idFrom, instant, localDate, SYSTEM, stampOf, type Act, type CommandId, type Decider } from '@app/kernel';
import { CommandRunner, StaleRevision, type Ack } from './command-runner';
import { ConcurrencyConflict, StoreUnavailable, type Appended, type EventToAppend, type ExpectedRevision } from './event-store.port';
import type { EventTypes } from './event-types';
import { InMemoryEventStore } from './in-memory-event-store';

type Jar = Readonly<{ marbles: number; sealed: boolean }>;
type Command = Readonly<{ type: 'Add'; n: number }> | Readonly<{ type: 'Seal' }>;
type Fact =
  Readonly<{ type: 'Added'; data: Readonly<{ n: number }> }> | Readonly<{ type: 'Sealed'; data: Readonly<Record<string, never>> }>;

const jar: Decider<Jar, Command, Fact> = {
  initial: { marbles: 0, sealed: false },
  decide: (command, state) => {
    switch (command.type) {
      case 'Add':
        if (state.sealed) throw new DomainError('jar.sealed', { zh: '已封', en: 'sealed' });
        return Array.from({ length: command.n }, () => ({ type: 'Added', data: { n: 1 } }) as const);
      case 'Seal':
        return state.sealed ? [] : [{ type: 'Sealed', data: {} }];
      default:
        return assertNever(command);
    }
  },
  evolve: (state, fact) => (fact.type === 'Added' ? { ...state, marbles: state.marbles + fact.data.n } : { ...state, sealed: true }),
};
const types: EventTypes = { Added: { version: 2, upcasts: { 1: () => ({ n: 1 }) } }, Sealed: { version: 1 } };
const act: Act = { at: instant('2020-07-06T01:30:00Z'), on: localDate('2020-07-05'), by: stampOf(SYSTEM) };

/** Lets a test act between what a runner has read and what it stores. */
class InterruptedStore extends InMemoryEventStore {
  reads = 0;
  beforeAppend: (() => Promise<void>) | null = null;

  override async readStream(stream: string, from?: bigint, limit?: number) {
    this.reads += 1;
    return super.readStream(stream, from, limit);
  }

  override async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    const before = this.beforeAppend;
    this.beforeAppend = null;
    await before?.();
    return super.append(stream, expected, events);
  }
}

describe('The command runner', () => {
  let store: InterruptedStore;
  let runner: CommandRunner;
  let other: CommandRunner;
  beforeEach(() => {
    store = new InterruptedStore();
    runner = new CommandRunner(store);
    other = new CommandRunner(store);
  });

  const send = (command: Command, id: string, expected?: bigint, by = runner): Promise<Ack> =>
    by.run({ stream: 'jar-1', decider: jar, command, commandId: id as CommandId, expected, types, act });
  const marbles = async (): Promise<number> => (await store.readStream('jar-1')).filter((e) => e.type === 'Added').length;

  it('stores what was decided, with who, when, for which day and why', async () => {
    const ack = await runner.run({
      stream: 'jar-1',
      decider: jar,
      command: { type: 'Add', n: 2 },
      commandId: 'c1' as CommandId,
      types,
      act,
      causationId: 'cause',
    });
    const added = { type: 'Added', data: { n: 1 } };
    expect(ack).toStrictEqual({ revision: 1n, position: 2n, changed: true, events: [added, added] });
    const metadata = {
      recordedAt: act.at,
      businessDate: act.on,
      actor: 'system',
      actingUnit: 'system',
      actingPost: null,
      commandId: 'c1',
      causationId: 'cause',
    };
    expect(await store.readStream('jar-1')).toStrictEqual(
      [0, 1].map((i) => ({
        ...added,
        id: idFrom('c1', i),
        version: 2,
        metadata,
        stream: 'jar-1',
        revision: BigInt(i),
        position: BigInt(i + 1),
      })),
    );
  });

  it('gives the first answer to the same command, also in another process and after further changes', async () => {
    const first = await send({ type: 'Add', n: 2 }, 'c1');
    await send({ type: 'Seal' }, 'c2');
    expect(await send({ type: 'Add', n: 2 }, 'c1')).toStrictEqual(first);
    expect(await send({ type: 'Add', n: 2 }, 'c1', undefined, other)).toStrictEqual(first);
    expect(await send({ type: 'Add', n: 2 }, 'c1', 7n)).toStrictEqual(first);
    expect(await marbles()).toBe(2);
  });

  it('gives one answer when two processes run the same command at once', async () => {
    await send({ type: 'Add', n: 1 }, 'c0');
    await send({ type: 'Add', n: 1 }, 'c00', undefined, other);
    const answers = await Promise.all([send({ type: 'Add', n: 2 }, 'c1'), send({ type: 'Add', n: 2 }, 'c1', undefined, other)]);
    expect(answers[0]).toStrictEqual(answers[1]);
    expect(await marbles()).toBe(4);
  });

  it('answers quietly when there is nothing to do', async () => {
    expect(await send({ type: 'Add', n: 0 }, 'c0')).toStrictEqual({ revision: -1n, position: 0n, changed: false, events: [] });
    await send({ type: 'Seal' }, 'c1');
    expect(await send({ type: 'Seal' }, 'c2')).toStrictEqual({ revision: 0n, position: 1n, changed: false, events: [] });
  });

  it('decides again on the newest state when somebody else was first', async () => {
    await send({ type: 'Add', n: 1 }, 'c1');
    store.beforeAppend = async () => void (await send({ type: 'Add', n: 1 }, 'c2', undefined, other));
    expect((await send({ type: 'Add', n: 1 }, 'c3')).revision).toBe(2n);
    store.beforeAppend = async () => void (await send({ type: 'Seal' }, 'c4', undefined, other));
    await expect(send({ type: 'Add', n: 1 }, 'c5')).rejects.toMatchObject({ code: 'jar.sealed' });
  });

  it('never refuses because of a state that has passed', async () => {
    await send({ type: 'Add', n: 1 }, 'c1');
    await send({ type: 'Seal' }, 'c2', undefined, other);
    const ack = await send({ type: 'Seal' }, 'c3');
    expect(ack).toMatchObject({ changed: false, revision: 1n });
  });

  it('says what has happened since to a caller who saw an older revision', async () => {
    await send({ type: 'Add', n: 1 }, 'c1');
    await send({ type: 'Add', n: 1 }, 'c2', 0n);
    const error = await send({ type: 'Add', n: 1 }, 'c3', 0n).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(StaleRevision);
    expect(error).toMatchObject({ stream: 'jar-1', expected: 0n, current: 1n });
    expect((error as StaleRevision).since.map((e) => [e.type, e.revision])).toStrictEqual([['Added', 1n]]);
    expect(await marbles()).toBe(2);
  });

  it('does not call a caller stale who knows more than this process remembers', async () => {
    await send({ type: 'Add', n: 1 }, 'c1');
    await send({ type: 'Add', n: 1 }, 'c2', undefined, other);
    expect((await send({ type: 'Add', n: 1 }, 'c3', 1n)).revision).toBe(2n);
  });

  it('calls a caller stale whose revision was overtaken while the command was stored', async () => {
    await send({ type: 'Add', n: 1 }, 'c1');
    store.beforeAppend = async () => void (await send({ type: 'Add', n: 1 }, 'c2', undefined, other));
    await expect(send({ type: 'Add', n: 1 }, 'c3', 0n)).rejects.toBeInstanceOf(StaleRevision);
  });

  it('does not read what it remembers', async () => {
    await send({ type: 'Add', n: 1 }, 'c1');
    store.reads = 0;
    for (let i = 2; i < 10; i += 1) await send({ type: 'Add', n: 1 }, `c${i}`);
    expect(store.reads).toBe(0);
    expect(await marbles()).toBe(9);
  });

  it('does not read a stream that it begins', async () => {
    await send({ type: 'Add', n: 2 }, 'c1');
    await send({ type: 'Add', n: 1 }, 'c2');
    expect(store.reads).toBe(0);
    const { state } = await runner.load({ stream: 'jar-1', decider: jar, types });
    expect(state).toStrictEqual({ marbles: 3, sealed: false });
  });

  it('gives what was stored as the answer to a command that began a stream, also where it would be decided otherwise now', async () => {
    const first = await send({ type: 'Add', n: 2 }, 'c1');
    expect(await send({ type: 'Add', n: 1 }, 'c1', undefined, other)).toStrictEqual(first);
    const { state } = await other.load({ stream: 'jar-1', decider: jar, types });
    expect(state).toStrictEqual({ marbles: 2, sealed: false });
  });

  it('takes commands on one stream in the order they came', async () => {
    const acks = await Promise.all(Array.from({ length: 20 }, (_, i) => send({ type: 'Add', n: 1 }, `c${i}`)));
    expect(acks.map((ack) => ack.revision)).toStrictEqual(acks.map((_, i) => BigInt(i)));
  });

  it('loads an aggregate longer than a page and folds old versions of events', async () => {
    const base = { type: 'Added', version: 1, data: { old: true } };
    await send({ type: 'Seal' }, 'c1');
    const [sealed] = await store.readStream('jar-1');
    if (sealed === undefined) throw new Error('nothing was stored');
    const many = Array.from({ length: 2_500 }, (_, i) => ({ ...base, id: idFrom('many', i), metadata: sealed.metadata }));
    await store.append('jar-2', 'no-stream', many);
    const { state, revision } = await runner.load({ stream: 'jar-2', decider: jar, types });
    expect([state, revision]).toStrictEqual([{ marbles: 2_500, sealed: false }, 2_499n]);
  });

  it('folds each event once when somebody looks while a command is being stored', async () => {
    await send({ type: 'Add', n: 1 }, 'c1');
    const look = () => runner.load({ stream: 'jar-1', decider: jar, types });
    const append = store.append.bind(store);
    store.append = async (...args) => {
      const appended = await append(...args);
      await look();
      return appended;
    };
    expect((await send({ type: 'Add', n: 2 }, 'c2')).revision).toBe(2n);
    expect(await look()).toStrictEqual({ state: { marbles: 3, sealed: false }, revision: 2n, position: 3n });
    expect((await send({ type: 'Add', n: 1 }, 'c3')).revision).toBe(3n);
  });

  it('gives up after others were first again and again', async () => {
    await send({ type: 'Add', n: 1 }, 'c1');
    let n = 0;
    const interrupt = async (): Promise<void> => {
      n += 1;
      await send({ type: 'Add', n: 1 }, `other-${n}`, undefined, other);
      store.beforeAppend = interrupt;
    };
    // The other process appends without being interrupted itself.
    const send2 = store.append.bind(store);
    store.append = async (stream, expected, events) => {
      if (events[0]?.metadata.commandId === 'mine') await interrupt();
      store.beforeAppend = null;
      return send2(stream, expected, events);
    };
    await expect(send({ type: 'Add', n: 1 }, 'mine')).rejects.toBeInstanceOf(ConcurrencyConflict);
  });

  it('forgets what it remembered when the store does not answer', async () => {
    await send({ type: 'Add', n: 1 }, 'c1');
    store.beforeAppend = () => Promise.reject(new StoreUnavailable('down'));
    await expect(send({ type: 'Add', n: 1 }, 'c2')).rejects.toBeInstanceOf(StoreUnavailable);
    expect((await send({ type: 'Add', n: 1 }, 'c2')).revision).toBe(1n);
    expect(await marbles()).toBe(2);
  });

  it('stores what is known to follow from commands together, and leaves to `run` what went on since', async () => {
    const added = [{ type: 'Added', data: { n: 1 } }] as const;
    const at = (stream: string, id: string) => ({ stream, commandId: id as CommandId, decided: added });
    const begin = (stream: string) =>
      other.run({ stream, decider: jar, command: { type: 'Add', n: 1 }, commandId: `new-${stream}` as CommandId, types, act });
    await begin('jar-1');
    await begin('jar-2');
    const { position: since } = await begin('jar-3');
    await send({ type: 'Seal' }, 'c1', undefined, other);
    const commands = [at('jar-1', 'k1'), at('jar-2', 'k2'), at('jar-3', 'k3'), at('jar-3', 'k4'), at('jar-4', 'k5')];
    expect(await runner.storeDecided(since, commands, { types, act })).toStrictEqual(new Set(['jar-1', 'jar-4']));
    expect((await store.readAll(since + 1n, 9)).map((e) => [e.stream, e.version, e.metadata.commandId])).toStrictEqual([
      ['jar-2', 2, 'k2'],
      ['jar-3', 2, 'k3'],
      ['jar-3', 2, 'k4'],
    ]);
    // Sent once more as a command it has had its effect.
    const again = { stream: 'jar-2', decider: jar, command: { type: 'Add', n: 1 }, commandId: 'k2' as CommandId, types, act } as const;
    expect([(await runner.run(again)).revision, (await runner.load(again)).state]).toStrictEqual([1n, { marbles: 2, sealed: false }]);
  });

  it('stores nothing beside a command of the same stream that is under way', async () => {
    const { position } = await send({ type: 'Add', n: 1 }, 'c1');
    const running = send({ type: 'Add', n: 1 }, 'c2');
    const known = [{ stream: 'jar-1', commandId: 'k1' as CommandId, decided: [{ type: 'Added', data: { n: 1 } }] }];
    expect(await runner.storeDecided(position, known, { types, act })).toStrictEqual(new Set(['jar-1']));
    await running;
    expect(await marbles()).toBe(2);
  });
});
