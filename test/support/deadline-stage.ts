import { CALENDAR_EVENT_TYPES, CalendarModule, CalendarService, calendarYearProjection, deadlineRuleProjection } from '@app/calendar';
import { createCodec, EventStore, EventStoreModule } from '@app/event-store';
import {
  CalendarLoadedPolicy,
  DeadlineQueries,
  FINDING_EVENT_TYPES,
  findingDeadlineProjection,
  FindingDeadlinesModule,
  FindingsModule,
  findingStream,
  HandleFinding,
  type FindingIntent,
} from '@app/findings';
import { createJobs, Jobs, JobsUnavailable } from '@app/jobs';
import {
  Clock,
  idFrom,
  localDateOf,
  SYSTEM,
  type Actor,
  type CategoryCode,
  type CommandId,
  type FindingId,
  type LegId,
  type LocalDate,
  type UnitId,
} from '@app/kernel';
import { compareWithRebuild, drainAll, PolicyRunner, ProjectionRunner, ReadStoreModule } from '@app/read-store';
import { OrganisationModule } from '@app/organisation';
import { freshDatabase, type FreshDatabase, type VirtualClock } from '@app/testing';
import { Global, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { connect } from 'node:net';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { DeadlineReconciler } from '../../apps/worker/src/deadlines/deadline-reconciler';

const redisUrl = process.env['TEST_REDIS_URL'];
export const withRedis = redisUrl !== undefined && redisUrl !== '';
/** What stands for the office while no unit of the organisation is one. */
const OFFICE = 'no-office' as UnitId;
const TEAM = 'team-one' as UnitId;
const TOWN = 'town-north' as UnitId;
const actor = (name: string, unitId: UnitId, ...roles: Actor['roles']): Actor => ({
  ...SYSTEM,
  personId: name as never,
  unitId,
  roles,
  ownUnits: [unitId],
});
const inspector = actor('inspector', TEAM, 'inspector');
const office = actor('office-one', OFFICE, 'office');
const clerk = actor('clerk-one', TOWN, 'clerk');
export const admin = actor('admin', OFFICE, 'admin');
const L1 = 'L1' as LegId;

export type Backend = Readonly<{ open: (database: FreshDatabase) => Jobs; lose: (database: FreshDatabase) => Promise<void> }>;

const REDIS_NUMBER = 2;
const REDIS_DATABASE = `${redisUrl ?? ''}/${String(REDIS_NUMBER)}`;
/** The two commands need no client, and the client is the queue's own affair. */
export const flush = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(redisUrl ?? '');
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(`SELECT ${String(REDIS_NUMBER)}\r\nFLUSHDB\r\n`));
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      if (answer.split('+OK').length < 3) return;
      socket.destroy();
      resolve();
    });
  });
export const inPostgres: Backend = {
  open: ({ url }) => createJobs({ databaseUrl: url }),
  lose: async ({ url }) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('drop table bullmq.job, bullmq.event, bullmq.meta cascade');
    await client.end();
  },
};
export const inRedis: Backend = { open: () => createJobs({ redisUrl: REDIS_DATABASE }), lose: flush };

/** An outage that lasts. */
export class NoJobs extends Jobs {
  readonly backend = 'redis';
  private readonly away = (): Promise<never> => Promise.reject(new JobsUnavailable('the job queue does not answer'));
  override start = this.away;
  override repair = this.away;
  override add = this.away;
  override pending = this.away;
  override work = this.away;
  override pulse = () => ({ backend: 'redis', quietForSeconds: null, silences: 0, mayEvict: false }) as const;
  override async close(): Promise<void> {}
}

export const cleanUp: (() => Promise<void>)[] = [];
export const aDatabase = async (): Promise<FreshDatabase> => {
  const database = await freshDatabase();
  cleanUp.push(database.drop);
  return database;
};
/** Ends everything that the stages of a suite opened, last first. */
export const clean = async (): Promise<void> => {
  for (const end of cleanUp.splice(0).reverse()) await end();
};

export const stage = async (database: FreshDatabase, jobs: Jobs, clock: VirtualClock) => {
  @Global()
  @Module({
    providers: [
      { provide: Clock, useValue: clock },
      { provide: Jobs, useValue: jobs },
    ],
    exports: [Clock, Jobs],
  })
  class Ports {}

  @Module({
    imports: [
      Ports,
      CqrsModule.forRoot(),
      EventStoreModule.forRoot({ url: database.url }),
      ReadStoreModule.forRoot({ url: database.url, poolSize: 4 }),
      CalendarModule,
      OrganisationModule,
      FindingsModule,
      FindingDeadlinesModule,
    ],
    providers: [CalendarLoadedPolicy, DeadlineReconciler],
  })
  class Stage {}

  const app: INestApplicationContext = await NestFactory.createApplicationContext(Stage, { logger: false, abortOnError: false });
  cleanUp.push(() => app.close());
  const store = app.get(EventStore);
  const dataSource = app.get(DataSource);
  const codec = createCodec(FINDING_EVENT_TYPES, CALENDAR_EVENT_TYPES);
  const readModels = [findingDeadlineProjection, calendarYearProjection, deadlineRuleProjection];
  const projections = new ProjectionRunner({ store, dataSource, codec, projections: readModels });
  const policies = new PolicyRunner({ store, dataSource, codec, policies: [app.get(CalendarLoadedPolicy)] });
  const bus = app.get(CommandBus);
  const queries = app.get(DeadlineQueries);
  let sent = 0;
  const send = (findingId: FindingId, intent: FindingIntent, by: Actor) =>
    bus.execute(new HandleFinding(findingId, intent, { commandId: idFrom('test', (sent += 1)) as CommandId, by }));
  const reconciler = app.get(DeadlineReconciler);
  return {
    app,
    bus,
    queries,
    reconciler,
    knock: (job: Parameters<DeadlineReconciler['knock']>[0]) => reconciler.knock(job),
    sweep: async () => {
      await projections.drain();
      return reconciler.sweep();
    },
    /** Read models, policies and what is kept in memory know everything stored so far. */
    drain: async () => {
      await drainAll(store, projections, policies);
      await app.get(CalendarService).knows(await store.head());
    },
    differences: async () =>
      (await compareWithRebuild({ store, dataSource, codec, projections: readModels })).map(({ table, rows, onlyLive, onlyRebuilt }) => ({
        table,
        rows,
        onlyLive,
        onlyRebuilt,
      })),
    /** Types of the effects of knocks, in the order of the stream. */
    effects: async (findingId: FindingId) =>
      (await store.readStream(findingStream(findingId)))
        .filter(({ type }) => type.startsWith('Deadline') || type === 'LegSignedFor' || type === 'PauseEnded')
        .map(({ type, data }) => {
          const { key, before, unit } = data as { key?: string; before?: number; unit?: string };
          return [type, key, before, unit].filter((part) => part !== undefined).join(' ');
        }),
    times: async (findingId: FindingId) =>
      (await store.readStream(findingStream(findingId))).map(({ data }) => data as { at: string; dueAt?: string }),
    file: async (name: string): Promise<FindingId> => {
      const findingId = idFrom('finding', name) as FindingId;
      const data = {
        number: `QL-${name}`,
        kind: 'finding',
        source: { kind: 'inspection', name: '县督查组', batch: null, documentNumber: null },
        manner: 'on-site',
        teamId: TEAM,
        foundOn: localDateOf(clock.now()),
        place: { townId: TOWN, villageId: null, text: '村东头' },
        subject: { kind: 'village', subjectId: null, label: '某村', sealed: null, sensitive: false },
        category: 'HOUSE-C' as CategoryCode,
        text: 'C级危房未加固',
        basis: null,
        seriousness: 'ordinary',
        suggestedMeasure: null,
        responsibleUnitId: null,
        projectOwnerId: null,
        selfFound: false,
        upper: null,
        list: null,
        parentId: null,
        relapseOf: null,
        items: [],
        capturedAt: null,
        lateEntry: null,
      } as const;
      await send(findingId, { type: 'FileFinding', data }, inspector);
      return findingId;
    },
    /** Asked for by the unit and granted by the office. */
    pause: async (findingId: FindingId, until: LocalDate): Promise<void> => {
      await send(findingId, { type: 'AskPause', data: { legId: L1, reason: 'litigation', text: '已立案', until } }, clerk);
      await send(findingId, { type: 'GrantPause', data: { legId: L1, until, text: '鲁民初1号' } }, office);
    },
    assign: async (findingId: FindingId): Promise<void> => {
      await send(
        findingId,
        { type: 'AcceptFinding', data: { rectification: 'time-limited', seriousness: 'ordinary', reason: null, stages: [] } },
        office,
      );
      const legs = [{ legId: L1, unitId: TOWN, line: 'territorial', duty: 'acts', leads: true }] as const;
      await send(
        findingId,
        {
          type: 'TransferFinding',
          data: {
            legs,
            assisting: [],
            copies: [],
            proposed: null,
            overruledBecause: null,
            singleLegBecause: '镇街自办',
            independent: null,
          },
        },
        office,
      );
    },
  };
};
