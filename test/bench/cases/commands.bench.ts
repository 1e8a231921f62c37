import { EVENTS_PER_STREAM } from '../drivers/command-works';
import { EMMETT_POOL } from '../drivers/pools';
import { PAYLOAD_BYTES } from '../drivers/payload';
import type { BenchCase, Measure, Part, Scale } from '../harness/types';

const SECONDS = { full: 2, tiny: 0.05 } as const;
const WRITERS = 32;

const runner = (store: 'eventstoredb' | 'postgres', cold: boolean): Part['driver'] => ({
  module: 'drivers/commands-port.ts',
  options: { store, cold },
});
const DOUBLE = { module: 'servers/double.ts' };

const parts = (): readonly Part[] => [
  { id: 'insert', title: 'plain insert into PostgreSQL', database: true, driver: { module: 'drivers/plain-insert.ts' } },
  { id: 'emmett', title: 'Emmett CommandHandler on PostgreSQL', database: true, driver: { module: 'drivers/commands-emmett.ts' } },
  { id: 'memory', title: 'EventStoreDB adapter, double in memory', server: DOUBLE, driver: runner('eventstoredb', false) },
  {
    id: 'on-postgres',
    title: 'EventStoreDB adapter, double on PostgreSQL',
    database: true,
    server: DOUBLE,
    driver: runner('eventstoredb', false),
  },
  { id: 'postgres', title: 'PostgreSQL adapter', database: true, driver: runner('postgres', false) },
  { id: 'memory-cold', title: 'EventStoreDB adapter, double in memory, cold', server: DOUBLE, driver: runner('eventstoredb', true) },
  {
    id: 'on-postgres-cold',
    title: 'EventStoreDB adapter, double on PostgreSQL, cold',
    database: true,
    server: DOUBLE,
    driver: runner('eventstoredb', true),
  },
  { id: 'postgres-cold', title: 'PostgreSQL adapter, cold', database: true, driver: runner('postgres', true) },
];

const measures = (scale: Scale): readonly Measure[] => {
  const seconds = SECONDS[scale];
  return [
    {
      id: 'commands',
      title: `commands, ${WRITERS} writers`,
      unit: 'commands/s',
      work: 'commands',
      params: { writers: WRITERS, seconds },
    },
  ];
};

export const benchCase: BenchCase = {
  name: 'commands',
  title: 'Commands: load, decide, append',
  notes: [
    `Each writer sends ${EVENTS_PER_STREAM} commands to a stream of its own and then begins a new stream; each command makes one event of ${PAYLOAD_BYTES} B of JSON. The decider is the same for all parts. The command runner keeps recently used aggregates in memory under the expected revision, as the product does; “cold” keeps none, so that each command loads its stream, as Emmett's CommandHandler does.`,
    'The plain insert puts the same row into a table of the same shape, a transaction each, and decides, checks and loads nothing.',
  ],
  settings: [
    `${WRITERS} writers; connections to PostgreSQL: 8 for our adapter and the double, ${EMMETT_POOL} for Emmett, 32 for the plain insert; load and server are processes of their own, all on this machine`,
    'checked in each run: every command that was acknowledged left its event in its stream, once and in order',
  ],
  packages: ['@eventstore/db-client', '@grpc/grpc-js', 'pg', '@event-driven-io/emmett', '@event-driven-io/emmett-postgresql'],
  parts,
  measures,
  goals: [
    { text: "adapter on the double in memory to Emmett's CommandHandler", measure: 'commands', part: 'memory', over: 'emmett', atLeast: 2 },
    { text: "adapter on the double on PostgreSQL to Emmett's", measure: 'commands', part: 'on-postgres', over: 'emmett', atLeast: 2 },
    { text: "PostgreSQL adapter to Emmett's", measure: 'commands', part: 'postgres', over: 'emmett', atLeast: 10 },
    { text: 'PostgreSQL adapter to a plain insert', measure: 'commands', part: 'postgres', over: 'insert', atLeast: 0.7 },
    { text: "PostgreSQL adapter, cold, to Emmett's", measure: 'commands', part: 'postgres-cold', over: 'emmett', atLeast: null },
    { text: "adapter on the double in memory, cold, to Emmett's", measure: 'commands', part: 'memory-cold', over: 'emmett', atLeast: null },
    {
      text: "adapter on the double on PostgreSQL, cold, to Emmett's",
      measure: 'commands',
      part: 'on-postgres-cold',
      over: 'emmett',
      atLeast: null,
    },
  ],
};
