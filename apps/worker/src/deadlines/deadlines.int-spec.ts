import {
  CALENDAR_EVENT_TYPES,
  CalendarModule,
  CalendarService,
  calendarYearProjection,
  deadlineRuleProjection,
  HandleCalendarYear,
} from '@app/calendar';
import { createCodec, EventStore, EventStoreModule } from '@app/event-store';
import {
  CalendarLoadedPolicy,
  DeadlineQueries,
  FINDING_EVENT_TYPES,
  FindingCommandHandler,
  findingDeadlineProjection,
  FindingDeadlinesModule,
  findingStream,
  HandleFinding,
  WorldSource,
  type FindingIntent,
} from '@app/findings';
import { createJobs, Jobs, JobsUnavailable } from '@app/jobs';
import {
  addDays,
  Clock,
  idFrom,
  instantAt,
  localDate,
  localDateOf,
  SYSTEM,
  type Actor,
  type CategoryCode,
  type CommandId,
  type FindingId,
  type LegId,
  type UnitId,
} from '@app/kernel';
import { compareWithRebuild, drainAll, PolicyRunner, ProjectionRunner, ReadStoreModule } from '@app/read-store';
import { freshDatabase, VirtualClock, waitUntil, type FreshDatabase } from '@app/testing';
import type { NamedDay } from '@app/worktime';
import { Global, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { DeadlineReconciler } from './deadline-reconciler';

const redisUrl = process.env['TEST_REDIS_URL'];
const withRedis = redisUrl !== undefined && redisUrl !== '';
const OFFICE = 'office' as UnitId;
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
const admin = actor('admin', OFFICE, 'admin');
const L1 = 'L1' as LegId;

type Backend = Readonly<{ open: (database: FreshDatabase) => Jobs; lose: (database: FreshDatabase) => Promise<void> }>;

const REDIS_DATABASE = `${redisUrl ?? ''}/2`;
const flush = async (): Promise<void> => {
  const redis = new Redis(REDIS_DATABASE);
  await redis.flushdb();
  redis.disconnect();
};
const inPostgres: Backend = {
  open: ({ url }) => createJobs({ databaseUrl: url }),
  lose: async ({ url }) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('drop table bullmq.job, bullmq.event, bullmq.meta cascade');
    await client.end();
  },
};
const inRedis: Backend = { open: () => createJobs({ redisUrl: REDIS_DATABASE }), lose: flush };

/** An outage that lasts. */
class NoJobs extends Jobs {
  readonly backend = 'redis';
  private readonly away = (): Promise<never> => Promise.reject(new JobsUnavailable('the job queue does not answer'));
  override start = this.away;
  override repair = this.away;
  override add = this.away;
  override pending = this.away;
  override work = this.away;
  override async close(): Promise<void> {}
}

const cleanUp: (() => Promise<void>)[] = [];
const aDatabase = async (): Promise<FreshDatabase> => {
  const database = await freshDatabase();
  cleanUp.push(database.drop);
  return database;
};
afterAll(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

const stage = async (database: FreshDatabase, jobs: Jobs, clock: VirtualClock) => {
  @Global()
  @Module({
    providers: [
      { provide: Clock, useValue: clock },
      { provide: Jobs, useValue: jobs },
    ],
    exports: [Clock, Jobs],
  })
  class Ports {}

  class World extends WorldSource {
    constructor(private readonly calendars: CalendarService) {
      super();
    }
    async now() {
      return {
        calendar: this.calendars.calendar(),
        rules: this.calendars.rules(),
        succession: {},
        managingOffice: OFFICE,
        independentUnits: [],
      };
    }
  }

  @Module({
    imports: [
      Ports,
      CqrsModule.forRoot(),
      EventStoreModule.forRoot({ url: database.url }),
      ReadStoreModule.forRoot({ url: database.url, poolSize: 4 }),
      CalendarModule,
      FindingDeadlinesModule,
    ],
    providers: [
      { provide: WorldSource, inject: [CalendarService], useFactory: (calendars: CalendarService) => new World(calendars) },
      FindingCommandHandler,
      CalendarLoadedPolicy,
      DeadlineReconciler,
    ],
  })
  class Stage {}

  const app: INestApplicationContext = await NestFactory.createApplicationContext(Stage, { logger: false });
  cleanUp.push(() => app.close());
  const store = app.get(EventStore);
  const dataSource = app.get(DataSource);
  const codec = createCodec(FINDING_EVENT_TYPES, CALENDAR_EVENT_TYPES);
  const projections = new ProjectionRunner({
    store,
    dataSource,
    codec,
    projections: [findingDeadlineProjection, calendarYearProjection, deadlineRuleProjection],
  });
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
    drain: () => drainAll(store, projections, policies),
    differences: async () =>
      (await compareWithRebuild({ store, dataSource, codec, projections: [findingDeadlineProjection, calendarYearProjection] })).map(
        ({ table, rows, onlyLive, onlyRebuilt }) => ({ table, rows, onlyLive, onlyRebuilt }),
      ),
    /** Types of the effects of knocks, in the order of the stream. */
    effects: async (findingId: FindingId) =>
      (await store.readStream(findingStream(findingId)))
        .filter(({ type }) => type.startsWith('Deadline') || type === 'LegSignedFor')
        .map(({ type, data }) => {
          const { key, before } = data as { key?: string; before?: number };
          return [type, key ?? '', ...(before === undefined ? [] : [before])].join(' ').trim();
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

const backends: readonly (readonly [string, Backend])[] = [
  ['PostgreSQL', inPostgres],
  ...(withRedis || process.env['CI'] === 'true' ? ([['Redis', inRedis]] as const) : []),
];

describe.each(backends)('Deadlines with their alarms in %s', (_, backend) => {
  const clock = new VirtualClock();
  let database: FreshDatabase;
  let jobs: Jobs;
  let play: Awaited<ReturnType<typeof stage>>;
  const effect = (findingId: FindingId, what: string) =>
    waitUntil(async () => (await play.effects(findingId)).includes(what), { what: `effect ${what}` });

  beforeAll(async () => {
    database = await aDatabase();
    jobs = backend.open(database);
    cleanUp.push(() => jobs.close());
    if (jobs.backend === 'redis') await flush();
    await jobs.start();
    play = await stage(database, jobs, clock);
    await jobs.work('deadlines', (job) => play.knock(job));
  });

  it('are reminded of, pass and are signed for by default, each once, each knock coming as often as it likes', async () => {
    clock.set('2020-07-06T02:00:00Z');
    const finding = await play.file('one');
    await play.assign(finding);
    for (const [day, what] of [
      ['2020-07-07', 'LegSignedFor'],
      ['2020-07-22', 'DeadlineApproached rectify/L1 3'],
      ['2020-07-24', 'DeadlineApproached rectify/L1 1'],
      ['2020-07-27', 'DeadlinePassed rectify/L1'],
    ] as const) {
      clock.set(instantAt(localDate(day), '17:29'));
      expect(await play.effects(finding)).not.toContain(what);
      clock.set(instantAt(localDate(day), '17:30'));
      for (let n = 0; n < 5; n += 1) await play.sweep();
      await effect(finding, what);
    }
    const dueAt = '2020-07-27T09:30:00.000Z';
    for (let n = 0; n < 5; n += 1) {
      for (const before of [3, 1, 0]) {
        await play.knock({ id: 'again', data: { findingId: finding, key: 'rectify/L1', dueAt, before, knockAt: dueAt } });
      }
    }
    await waitUntil(async () => (await play.sweep()).waiting === 0);
    expect(await play.effects(finding)).toStrictEqual([
      'LegSignedFor',
      'DeadlineApproached rectify/L1 3',
      'DeadlineApproached rectify/L1 1',
      'DeadlinePassed rectify/L1',
    ]);
    const times = await play.times(finding);
    expect(times.filter(({ at, dueAt }) => dueAt !== undefined && at < dueAt).length).toBe(2);
  });

  it('are armed anew when the queue lost everything, and none is missed', async () => {
    clock.set('2020-09-01T02:00:00Z');
    const findings: FindingId[] = [];
    for (let n = 0; n < 20; n += 1) findings.push(await play.file(`lost-${String(n)}`));
    clock.set('2020-09-02T09:25:00Z');
    const armed = await play.sweep();
    expect([armed.waiting, armed.armed, armed.lost]).toStrictEqual([40, 40, false]);
    expect((await play.sweep()).armed).toBe(0);
    await backend.lose(database);
    clock.set('2020-09-02T09:30:00Z');
    const again = await play.sweep();
    expect([again.armed, again.lost]).toStrictEqual([40, true]);
    for (const finding of findings) await effect(finding, 'DeadlinePassed triage');
    await waitUntil(async () => (await play.sweep()).waiting === 0);
    for (const finding of findings) expect(await play.effects(finding)).toStrictEqual(['DeadlinePassed triage']);
  });

  it('do not pass before their time, whoever knocks', async () => {
    clock.set('2020-09-10T02:00:00Z');
    const finding = await play.file('early');
    await play.sweep();
    const dueAt = '2020-09-11T09:30:00.000Z';
    const data = { findingId: finding, key: 'triage', dueAt, before: 0, knockAt: '2020-09-10T02:00:00.000Z' };
    for (let n = 0; n < 3; n += 1) await play.knock({ id: 'too-early', data });
    expect(await play.effects(finding)).toStrictEqual([]);
    clock.set(dueAt);
    await play.knock({ id: 'in-time', data });
    await play.knock({ id: 'once-more', data });
    expect(await play.effects(finding)).toStrictEqual(['DeadlinePassed triage']);
  });
});

describe('Deadlines without a queue that answers', () => {
  it('are reached all the same', async () => {
    const database = await aDatabase();
    const clock = new VirtualClock('2020-07-06T02:00:00Z');
    const play = await stage(database, new NoJobs(), clock);
    const finding = await play.file('no-queue');
    expect((await play.sweep()).queueAway).toBe(true);
    expect(await play.effects(finding)).toStrictEqual([]);
    clock.set('2020-07-07T09:30:00Z');
    expect((await play.sweep()).direct).toBe(1);
    expect((await play.sweep()).waiting).toBe(0);
    expect(await play.effects(finding)).toStrictEqual(['DeadlinePassed triage']);
  });
});

describe('Deadlines over a year that is not published', () => {
  const run = (name: string, from: string, count: number): readonly NamedDay[] =>
    Array.from({ length: count }, (_, n) => ({ day: addDays(localDate(from), n), name }));
  const data = {
    year: 2027,
    holidays: [
      ...run('元旦', '2027-01-01', 3),
      ...run('春节', '2027-02-05', 8),
      ...run('劳动节', '2027-05-01', 5),
      ...run('国庆节', '2027-10-01', 7),
    ],
    swappedWorkdays: run('春节', '2027-01-31', 1),
    reference: '国办发明电〔2026〕8号',
  };

  it('are provisional, move by an event each when the year is loaded, and can be listed', async () => {
    const database = await aDatabase();
    const clock = new VirtualClock('2027-01-25T02:00:00Z');
    const play = await stage(database, new NoJobs(), clock);
    const moving = await play.file('moving');
    await play.assign(moving);
    clock.set('2027-03-01T02:00:00Z');
    const staying = await play.file('staying');
    await play.drain();
    const dueOf = async (finding: FindingId, key: string) => (await play.queries.ofFinding(finding)).find((row) => row.key === key)?.due;
    const before = await dueOf(moving, 'rectify/L1');
    expect([before?.day, before?.provisional]).toStrictEqual(['2027-02-17', true]);

    const at = clock.now();
    const ack = await play.bus.execute(
      new HandleCalendarYear({ type: 'LoadCalendarYear', data, by: admin, at, on: localDateOf(at) }, 'load-2027' as CommandId),
    );
    await play.drain();
    await play.drain();

    const after = await dueOf(moving, 'rectify/L1');
    expect([after?.day, after?.provisional, after?.calendarVersion]).toStrictEqual(['2027-02-22', false, '2027:2']);
    expect(after?.steps.at(-1)).toStrictEqual({ kind: 'calendar', oldVersion: '2027:p', newVersion: '2027:2' });
    expect((await dueOf(staying, 'triage'))?.provisional).toBe(false);
    const moved = await play.queries.moved();
    expect(moved.map(({ findingId, key, because, from, to }) => [findingId, key, because, from?.day, to.day]).sort()).toStrictEqual(
      [
        [moving, 'rectify/L1', 'calendar', '2027-02-17', '2027-02-22'],
        [moving, 'sign/L1', 'calendar', '2027-01-26', '2027-01-26'],
        [staying, 'triage', 'calendar', '2027-03-02', '2027-03-02'],
      ].sort(),
    );
    expect(ack.changed).toBe(true);
    expect((await play.sweep()).moved).toBe(0);
    expect(await play.differences()).toStrictEqual([
      { table: 'finding_clock', rows: 2, onlyLive: [], onlyRebuilt: [] },
      { table: 'finding_deadline', rows: 3, onlyLive: [], onlyRebuilt: [] },
      { table: 'moved_due_time', rows: 3, onlyLive: [], onlyRebuilt: [] },
      { table: 'calendar_year', rows: 1, onlyLive: [], onlyRebuilt: [] },
    ]);
  });
});
