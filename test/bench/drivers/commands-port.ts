import { randomUUID } from 'node:crypto';
import { CommandRunner, type EventStore } from '@app/event-store';
import { instant, localDate, stampOf, SYSTEM, type Act, type CommandId } from '@app/kernel';
import type { OpenDriver } from '../harness/types';
import { commandDriver, notes, type CommandSide, type Note } from './command-works';
import { EVENT_TYPE } from './payload';
import { portStores } from './port-stores';

const TYPES = { [EVENT_TYPE]: { version: 1 } };
const ACT: Act = { at: instant('2026-03-02T01:15:00Z'), on: localDate('2026-03-02'), by: stampOf(SYSTEM) };

class Runner implements CommandSide {
  private readonly runner: CommandRunner;

  /** `cold` remembers no aggregate: each command loads its stream, as the peer's do. */
  constructor(
    private readonly store: EventStore,
    cold: boolean,
  ) {
    this.runner = cold ? new CommandRunner(store, 0) : new CommandRunner(store);
  }

  async run(stream: string, command: Note): Promise<void> {
    await this.runner.run({ stream, decider: notes, command, commandId: randomUUID() as CommandId, types: TYPES, act: ACT });
  }

  async read(stream: string): Promise<readonly unknown[]> {
    return (await this.store.readStream(stream)).map(({ data }) => data);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

export const open: OpenDriver = async (context) => {
  const make = await portStores(context);
  return commandDriver(new Runner(make(), context.options['cold'] === true));
};
