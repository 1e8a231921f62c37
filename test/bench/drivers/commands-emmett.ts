import { CommandHandler, type Event } from '@event-driven-io/emmett';
import type { PostgresEventStore } from '@event-driven-io/emmett-postgresql';
import type { Pool } from 'pg';
import type { OpenDriver } from '../harness/types';
import { commandDriver, notes, type CommandSide, type Note, type Noted, type Notes } from './command-works';
import { openEmmett } from './emmett';
import { METADATA, type EVENT_TYPE } from './payload';

type NotedEvent = Event<typeof EVENT_TYPE, Noted['data'], typeof METADATA>;

class EmmettCommands implements CommandSide {
  private readonly handle = CommandHandler<Notes, NotedEvent>({ evolve: notes.evolve, initialState: () => notes.initial });

  constructor(
    private readonly store: PostgresEventStore,
    private readonly pool: Pool,
  ) {}

  async run(stream: string, command: Note): Promise<void> {
    await this.handle(this.store, stream, (state) => notes.decide(command, state).map((event) => ({ ...event, metadata: METADATA })));
  }

  async read(stream: string): Promise<readonly unknown[]> {
    return (await this.store.readStream(stream)).events.map(({ data }) => data);
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.pool.end();
  }
}

export const open: OpenDriver = async ({ options, databaseUrl }) => {
  const { store, pool } = await openEmmett(databaseUrl, options['pool'] as number | undefined);
  return commandDriver(new EmmettCommands(store, pool));
};
