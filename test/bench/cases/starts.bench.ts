import type { BenchCase, Measure, Part } from '../harness/types';

const IDLE_SECONDS = { full: 3, tiny: 0 } as const;
const IDLE = 'memory after a while idle, MB';
const part = (app: string, title: string, database = true): Part => ({
  id: app,
  title,
  database,
  driver: { module: 'drivers/starts.ts', options: { app } },
  // The first of them builds.
  openWithinMs: 600_000,
});

export const benchCase: BenchCase = {
  name: 'starts',
  title: 'Starting, and memory at rest',
  notes: [
    'From the start of Node until the process says that it does its work. The api listens by then, the launcher has the whole instance at work (the database, which is there already, is looked at and migrated first), and the worker is ready to follow the events. The database holds what the migrations make. The empty application is Nest on Fastify with one route.',
    'Cold: the system’s cache of files is dropped before each start, which takes Linux and the rights of root; without them there is no figure. Warm: not dropped.',
    'Taking up work: a worker is started while an event waits behind its checkpoint; counted is the time from the start of Node until the read models have it.',
  ],
  settings: [
    `memory is the resident set of the one process, ${IDLE_SECONDS.full} s after it was ready`,
    'processor time is that of the started process, its threads included, until it was ready',
  ],
  packages: ['@nestjs/core', '@nestjs/platform-fastify', 'typeorm', 'rolldown'],
  parts: () => [
    part('empty', 'empty Nest application', false),
    part('api', 'api'),
    part('worker', 'worker'),
    part('launcher', 'launcher'),
    part('eventstore', 'double of EventStoreDB', false),
  ],
  measures: (scale) => {
    const starts = { unit: 'starts/min', work: 'start' };
    const warm: Measure = { id: 'warm', title: 'warm start', ...starts, params: { idleSeconds: IDLE_SECONDS[scale] } };
    const cold: Measure = {
      id: 'cold',
      title: 'cold start',
      ...starts,
      // No test empties the cache of the machine it runs on.
      params: { cold: scale === 'full' },
      parts: ['empty', 'api', 'worker'],
    };
    const resume: Measure = { id: 'resume', title: 'taking up work', unit: 'starts/min', work: 'resume', params: {}, parts: ['worker'] };
    return [warm, cold, resume];
  },
  goals: [
    {
      text: 'the api starts warm, to the empty application (1.5 times its time)',
      measure: 'warm',
      part: 'api',
      over: 'empty',
      atLeast: 1 / 1.5,
    },
    {
      text: 'the api starts cold, to the empty application (1.5 times its time)',
      measure: 'cold',
      part: 'api',
      over: 'empty',
      atLeast: 1 / 1.5,
    },
    { text: 'the worker starts warm, to the empty application', measure: 'warm', part: 'worker', over: 'empty', atLeast: null },
  ],
  limits: [
    { text: 'memory of the api at rest, MB', measure: 'warm', part: 'api', figure: IDLE, atMost: 160 },
    { text: 'memory of the worker at rest, MB', measure: 'warm', part: 'worker', figure: IDLE, atMost: 160 },
    {
      text: 'a worker goes on from its checkpoint, ms',
      measure: 'resume',
      part: 'worker',
      figure: 'until the read models have the event, ms',
      atMost: 1_000,
    },
  ],
};
