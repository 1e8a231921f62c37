import { instant, localDate, stampOf, SYSTEM, type CommandId, type Decider } from '@app/kernel';
import { startDouble } from '@app/eventstore-double';
import { CommandRunner } from '../command-runner';
import { EventStoreDbEventStore } from './eventstoredb-event-store';

type Till = Readonly<{ balance: number }>;
type Paid = Readonly<{ type: 'Paid'; data: Readonly<{ before: number; amount: number }> }>;

/** Each event says what it found, so that a lost or doubled one shows. */
const till: Decider<Till, number, Paid> = {
  initial: { balance: 0 },
  decide: (amount, { balance }) => [{ type: 'Paid', data: { before: balance, amount } }],
  evolve: ({ balance }, { data }) => ({ balance: balance + data.amount }),
};

describe('Commands over several connections to an EventStoreDB on one aggregate', () => {
  it('are each decided on what the one before left, and stored once however often they are sent', async () => {
    const double = await startDouble();
    const stores = [1, 2, 3].map(() => new EventStoreDbEventStore({ connectionString: double.connectionString }));
    const runners = stores.map((store) => new CommandRunner(store));
    const act = { at: instant('2020-07-06T01:30:00Z'), on: localDate('2020-07-06'), by: stampOf(SYSTEM) };
    const pay = async (runner: CommandRunner, n: number): Promise<bigint> => {
      for (;;) {
        try {
          const request = {
            stream: 'till',
            decider: till,
            command: n,
            commandId: `pay-${n}` as CommandId,
            types: { Paid: { version: 1 } },
            act,
          };
          return (await runner.run(request)).revision;
        } catch (error) {
          if (!(error instanceof Error && error.name === 'ConcurrencyConflict')) throw error;
        }
      }
    };
    const sent = Array.from({ length: 40 }, (_, n) => n + 1);
    const revisions = await Promise.all(sent.flatMap((n) => runners.map(async (runner) => [n, await pay(runner, n)] as const)));
    const stored = (await stores[0]?.readStream('till')) ?? [];
    let balance = 0;
    for (const { data } of stored) {
      const { before, amount } = data as Paid['data'];
      expect(before).toBe(balance);
      balance += amount;
    }
    expect(stored).toHaveLength(40);
    expect(balance).toBe(820);
    for (const [n, revision] of revisions) expect((stored[Number(revision)]?.data as Paid['data']).amount).toBe(n);
    await Promise.all(stores.map((store) => store.close()));
    await double.close();
  });
});
