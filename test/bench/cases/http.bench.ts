import type { BenchCase } from '../harness/types';

const CLIENTS = 32;
const SECONDS = { full: 3, tiny: 0.1 } as const;
const API = { module: 'servers/api.ts' };

export const benchCase: BenchCase = {
  name: 'http',
  title: 'Commands over HTTP',
  notes: [
    'A comment on a finding, the lightest command, takes the whole way: session and CSRF token, rights, Idempotency-Key, personal numbers in free text, load, decide, append with `fsync`, the answer kept for a repetition. The empty route belongs to the same server, reads the same body and does nothing: no session, no database. The load is one Node process with keep-alive connections; what it costs is in both figures. No worker runs beside.',
  ],
  settings: [
    `${CLIENTS} clients, each with a finding of its own`,
    'checked in each run: every comment that was acknowledged left its event, once',
  ],
  packages: ['@nestjs/core', '@nestjs/platform-fastify', 'fastify', 'typeorm', 'pg'],
  parts: () => [
    { id: 'empty', title: 'empty route', database: true, server: API, driver: { module: 'drivers/http.ts', options: { route: 'empty' } } },
    { id: 'command', title: 'command', database: true, server: API, driver: { module: 'drivers/http.ts', options: { route: 'command' } } },
  ],
  measures: (scale) => [
    {
      id: 'requests',
      title: `requests, ${CLIENTS} clients`,
      unit: 'requests/s',
      work: 'requests',
      params: { clients: CLIENTS, seconds: SECONDS[scale] },
    },
  ],
  goals: [{ text: 'a command to the empty route', measure: 'requests', part: 'command', over: 'empty', atLeast: 0.4 }],
};
