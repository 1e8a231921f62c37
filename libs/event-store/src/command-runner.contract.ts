import { instant, localDate, stampOf, SYSTEM, type CommandId, type Decider } from '@app/kernel';
import { CommandRunner } from './command-runner';
import type { EventStore } from './event-store.port';

type Till = Readonly<{ balance: number }>;
type Paid = Readonly<{ type: 'Paid'; data: Readonly<{ before: number; amount: number }> }>;

/** Each event says what it found, so that a lost or doubled one shows. */
const till: Decider<Till, number, Paid> = {
  initial: { balance: 0 },
  decide: (amount, { balance }) => [{ type: 'Paid', data: { before: balance, amount } }],
  evolve: ({ balance }, { data }) => ({ balance: balance + data.amount }),
};

/** What holds for commands over any adapter. `open` gives three stores over one log, each as a process of its own has it. */
export const commandsOnOneAggregate = (
  name: string,
  open: () => Promise<Readonly<{ stores: readonly EventStore[]; end: () => Promise<void> }>>,
): void => {
  describe(name, () => {
    it('are each decided on what the one before left, and stored once however often they are sent', async () => {
      const { stores, end } = await open();
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
      await end();
    });
  });
};
