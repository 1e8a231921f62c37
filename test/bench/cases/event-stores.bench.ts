import { EMMETT_POOL } from '../drivers/pools';
import { PAYLOAD_BYTES } from '../drivers/payload';
import type { BenchCase, Goal, Measure, Part, Scale } from '../harness/types';

const SIZES = {
  full: { history: 50_000, part: 20_000, loads: 64, seconds: 1.5 },
  tiny: { history: 300, part: 200, loads: 4, seconds: 0.05 },
} as const;
const WRITERS = [1, 16, 128] as const;
const LOAD_READERS = 16;

const parts = (scale: Scale): readonly Part[] => {
  const { history, loads } = SIZES[scale];
  const filling = { history, loads };
  const overTheWire = { module: 'drivers/port-stores.ts', options: { ...filling, store: 'eventstoredb' } };
  const bare = { module: 'drivers/official-client.ts', options: { ...filling, keeps: true } };
  const double = { module: 'servers/double.ts' };
  return [
    {
      id: 'ceiling',
      title: 'official client, server that stores nothing',
      server: { module: 'servers/ceiling.ts', options: { history } },
      driver: { module: 'drivers/official-client.ts', options: { ...filling, keeps: false } },
    },
    { id: 'adapter-memory', title: 'EventStoreDB adapter, double in memory', server: double, driver: overTheWire },
    { id: 'client-memory', title: 'official client, double in memory', server: double, driver: bare },
    { id: 'adapter-postgres', title: 'EventStoreDB adapter, double on PostgreSQL', database: true, server: double, driver: overTheWire },
    { id: 'client-postgres', title: 'official client, double on PostgreSQL', database: true, server: double, driver: bare },
    {
      id: 'postgres',
      title: 'PostgreSQL adapter',
      database: true,
      driver: { module: 'drivers/port-stores.ts', options: { ...filling, store: 'postgres' } },
    },
    { id: 'emmett', title: 'Emmett on PostgreSQL', database: true, driver: { module: 'drivers/emmett.ts', options: filling } },
  ];
};

/** The bare client is there to tell the adapter's share of the cost apart. */
const ALL_BUT_BARE = ['ceiling', 'adapter-memory', 'adapter-postgres', 'postgres', 'emmett'] as const;

const BARE_TOO: readonly string[] = ['append-16', 'append-128', 'load'];

const measures = (scale: Scale): readonly Measure[] => {
  const { history, part, seconds } = SIZES[scale];
  const ofAll = `${part.toLocaleString('en')} events`;
  return [
    ...WRITERS.map((writers): Measure => ({
      id: `append-${writers}`,
      title: writers === 1 ? 'append, 1 writer' : `append, ${writers} writers`,
      unit: 'appends/s',
      work: 'append',
      params: { writers, seconds },
      ...(writers === 1 ? { parts: ALL_BUT_BARE } : {}),
    })),
    {
      id: 'load',
      title: 'load a stream of 20 events, 16 readers',
      unit: 'loads/s',
      work: 'load',
      params: { readers: LOAD_READERS, seconds },
    },
    {
      id: 'read-stream',
      title: `read a stream of ${history.toLocaleString('en')} events`,
      unit: 'events/s',
      work: 'readStream',
      params: {},
      parts: ALL_BUT_BARE,
    },
    { id: 'read-all', title: `read ${ofAll} of $all`, unit: 'events/s', work: 'readAll', params: { events: part }, parts: ALL_BUT_BARE },
    {
      id: 'catch-up',
      title: `catch up ${ofAll} by a subscription`,
      unit: 'events/s',
      work: 'catchUp',
      params: { events: part },
      parts: ALL_BUT_BARE,
    },
  ];
};

/** The adapter is what the product uses; the official client on the same double tells whose share a shortfall is. */
const goalsOf = (where: string, double: 'memory' | 'postgres', atLeast: number, ids: readonly string[]): readonly Goal[] =>
  ids.flatMap((measure): readonly Goal[] => [
    { text: `adapter, double ${where}, to the ceiling: ${measure}`, measure, part: `adapter-${double}`, over: 'ceiling', atLeast },
    ...(BARE_TOO.includes(measure)
      ? [
          {
            text: `official client, double ${where}, to the ceiling: ${measure}`,
            measure,
            part: `client-${double}`,
            over: 'ceiling',
            atLeast,
          },
        ]
      : []),
  ]);

export const benchCase: BenchCase = {
  name: 'event-stores',
  title: 'Event stores: appends and reads',
  notes: [
    'The ceiling is the official client against a server that answers every call at once from memory and stores nothing: what `@eventstore/db-client` and gRPC can do on this machine, whatever server stands behind. The adapter and the double are held against it. The official client against the double, beside the adapter against the same, tells what the adapter itself costs.',
    'The PostgreSQL adapter and Emmett talk to PostgreSQL directly and pay nothing of that client. Emmett reads a stream in one query and $all in pages of 10,000 as our adapter does; its catch-up is its batch puller with batches of 500 and no checkpoint, because its consumer writes a checkpoint per message. Our adapters catch up with a new store each time, as a process that has just started does; connecting is part of the time.',
  ],
  settings: [
    `an append is one event of ${PAYLOAD_BYTES} B of JSON and the metadata every event of the product has, at an exact expected revision; each writer has a stream of its own`,
    `connections to PostgreSQL: 8 for the PostgreSQL adapter (one commits), ${EMMETT_POOL} for Emmett; load and server are processes of their own, all on this machine`,
    'checked in each run: every event that was acknowledged is read back, once and in order; every event that is read is the one that was due',
  ],
  packages: ['@eventstore/db-client', '@grpc/grpc-js', 'pg', '@event-driven-io/emmett', '@event-driven-io/emmett-postgresql'],
  parts,
  measures,
  goals: [
    ...goalsOf('in memory', 'memory', 0.9, ['append-1', 'append-16', 'append-128', 'load', 'read-stream', 'read-all', 'catch-up']),
    ...goalsOf('on PostgreSQL', 'postgres', 0.6, ['append-16']),
    ...goalsOf('on PostgreSQL', 'postgres', 0.85, ['append-128']),
    ...(['memory', 'postgres'] as const).flatMap((where) =>
      ['append-16', 'append-128', 'load'].map((measure) => ({
        text: `what the adapter leaves of the official client: ${measure}, double ${where === 'memory' ? 'in memory' : 'on PostgreSQL'}`,
        measure,
        part: `adapter-${where}`,
        over: `client-${where}`,
        atLeast: null,
      })),
    ),
  ],
};
