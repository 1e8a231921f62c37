import { CalendarService, HandleCalendarYear, HandleDeadlineRule, loadedYear } from '@app/calendar';
import type { Jobs, JobToAdd } from '@app/jobs';
import { addDays, instantAt, localDate, localDateOf, type CommandId, type FindingId } from '@app/kernel';
import { VirtualClock, waitUntil, type FreshDatabase } from '@app/testing';
import type { NamedDay, WorkCalendar } from '@app/worktime';
import {
  aDatabase,
  admin,
  clean,
  cleanUp,
  flush,
  inPostgres,
  inRedis,
  NoJobs,
  stage,
  withRedis,
  type Backend,
} from '../../../../test/support/deadline-stage';

afterAll(clean);

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

  it('pass at once when a worker begins, whatever the queue was asked by one that was killed', async () => {
    const database = await aDatabase();
    const clock = new VirtualClock('2020-07-06T02:00:00Z');
    // Takes everything and does nothing: as if whoever works had just been killed with it.
    const silent = Object.assign(new NoJobs(), {
      repair: () => Promise.resolve(false),
      add: () => Promise.resolve(),
      pending: () => Promise.resolve(9),
    });
    const play = await stage(database, silent, clock);
    await play.sweep();
    const first = await play.file('in-time');
    await play.drain();
    clock.set('2020-07-07T09:30:01Z');
    expect([(await play.sweep()).direct, await play.effects(first)]).toStrictEqual([0, []]);
    const next = await stage(database, silent, clock);
    expect([(await next.sweep()).direct, await play.effects(first)]).toStrictEqual([1, ['DeadlinePassed triage']]);
  });

  it('pass at their moment by the alarm of the process itself; the one of the queue, which comes later, is for nothing then', async () => {
    const clock = new VirtualClock('2020-07-06T02:00:00Z');
    const given: JobToAdd<'deadlines'>[] = [];
    const queue = Object.assign(new NoJobs(), {
      repair: () => Promise.resolve(false),
      add: (_: string, jobs: readonly JobToAdd<'deadlines'>[]) => Promise.resolve(void given.push(...jobs)),
      pending: () => Promise.resolve(9),
    });
    const play = await stage(await aDatabase(), queue, clock);
    const [passing, leaving] = [await play.file('passing'), await play.file('leaving')];
    clock.set('2020-07-07T09:25:00Z');
    await play.sweep();
    // Each knocks twice: at its time, and a minute later in case that was not enough.
    expect(given.map(({ delayMs }) => delayMs)).toStrictEqual([301_000, 361_000, 301_000, 361_000]);
    expect(play.reconciler.ringsInMs()).toBe(300_000);
    await play.reconciler.ring();
    await play.assign(leaving);
    expect([await play.effects(passing), await play.effects(leaving)]).toStrictEqual([[], []]);

    clock.set('2020-07-07T09:30:00Z');
    await play.reconciler.ring();
    expect([await play.effects(passing), await play.effects(leaving)]).toStrictEqual([['DeadlinePassed triage'], []]);
    expect(play.reconciler.ringsInMs()).toBe(60_000);
    clock.set('2020-07-07T09:31:00Z');
    await play.reconciler.ring();
    for (const job of given) await play.knock(job);
    await play.sweep();
    expect([await play.effects(passing), await play.effects(leaving)]).toStrictEqual([['DeadlinePassed triage'], []]);
  });

  it('of an urgent matter are reminded of in hours, each once, and are found by the time of the reminder alone', async () => {
    const clock = new VirtualClock('2020-07-06T02:00:00Z');
    const play = await stage(await aDatabase(), new NoJobs(), clock);
    const rule = {
      ruleId: 'urgent',
      kind: 'rectify',
      scope: {},
      days: 240,
      unit: 'hours',
      from: localDate('2020-07-06'),
      reason: '急难',
    } as const;
    const [at, on] = [clock.now(), localDate('2020-07-06')];
    await play.bus.execute(new HandleDeadlineRule({ type: 'SetDeadlineRule', data: rule, by: admin, at, on }, 'urgent' as CommandId));
    await play.drain();
    const finding = await play.file('urgent');
    await play.assign(finding);
    const seen: (readonly string[])[] = [];
    for (const now of [
      '2020-07-11T01:59:59Z',
      '2020-07-11T02:00:00Z',
      '2020-07-15T23:59:59Z',
      '2020-07-16T00:00:00Z',
      '2020-07-16T02:00:00Z',
    ]) {
      clock.set(now);
      await play.sweep();
      await play.sweep();
      seen.push((await play.effects(finding)).filter((effect) => effect.includes('rectify')));
    }
    const [half, last, over] = [
      'DeadlineApproached rectify/L1 120 hours',
      'DeadlineApproached rectify/L1 2 hours',
      'DeadlinePassed rectify/L1',
    ];
    expect(seen).toStrictEqual([[], [half], [half], [half, last], [half, last, over]]);
    expect((await play.differences()).flatMap(({ onlyLive, onlyRebuilt }) => [...onlyLive, ...onlyRebuilt])).toStrictEqual([]);
  });

  it('stand while a pause lasts, which ends by itself at its limit, once', async () => {
    const clock = new VirtualClock('2020-07-06T02:00:00Z');
    const play = await stage(await aDatabase(), new NoJobs(), clock);
    const finding = await play.file('paused');
    await play.assign(finding);
    clock.set('2020-07-14T02:00:00Z');
    await play.sweep();
    await play.pause(finding, localDate('2020-08-07'));
    clock.set('2020-08-07T09:29:59Z');
    await play.sweep();
    const before = await play.effects(finding);
    clock.set('2020-08-07T09:30:00Z');
    for (let n = 0; n < 3; n += 1) await play.sweep();
    expect(before).toStrictEqual(['LegSignedFor', 'DeadlineApproached pause/L1 1']);
    expect(await play.effects(finding)).toStrictEqual([...before, 'PauseEnded']);
    const due = (await play.queries.ofFinding(finding)).map((row) => [row.key, row.running, row.due.day]);
    expect(due).toStrictEqual([['rectify/L1', true, '2020-08-20']]);
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

    const calendars = play.app.get(CalendarService);
    const ofOthers = async (calendar: WorkCalendar): Promise<readonly string[]> => {
      const found: string[] = [];
      for await (const page of play.queries.ofOtherCalendars(calendar)) found.push(...page.map((row) => row.key));
      return found.sort();
    };
    const loaded = calendars.calendarWith(loadedYear({ ...data, version: 2 }));
    expect(await ofOthers(calendars.calendar())).toStrictEqual([]);
    expect(await ofOthers(loaded)).toStrictEqual(['rectify/L1', 'sign/L1', 'triage']);
    const preview = await play.queries.preview(2027, loaded);
    expect([preview.moved, preview.confirmed, preview.first.map(({ row, to }) => [row.key, to.day])]).toStrictEqual([
      1,
      2,
      [['rectify/L1', '2027-02-22']],
    ]);

    const at = clock.now();
    const rule = { ruleId: 'sign', kind: 'sign', scope: {}, days: 2, unit: 'working', from: localDateOf(at), reason: '会议纪要' } as const;
    await play.bus.execute(
      new HandleDeadlineRule({ type: 'SetDeadlineRule', data: rule, by: admin, at, on: localDateOf(at) }, 'rule' as CommandId),
    );
    const ack = await play.bus.execute(
      new HandleCalendarYear({ type: 'LoadCalendarYear', data, by: admin, at, on: localDateOf(at) }, 'load-2027' as CommandId),
    );
    await play.drain();
    await play.drain();

    const after = await dueOf(moving, 'rectify/L1');
    expect([after?.day, after?.provisional, after?.calendarVersion]).toStrictEqual(['2027-02-22', false, '2027:2']);
    expect(after?.steps.at(-1)).toStrictEqual({ kind: 'calendar', oldVersion: '2027:p', newVersion: '2027:2' });
    expect((await dueOf(staying, 'triage'))?.provisional).toBe(false);
    const moved = await play.queries.moved({ year: 2027 });
    expect(await play.queries.moved({ year: 2026 })).toStrictEqual([]);
    expect(moved.map(({ findingId, key, because, from, to }) => [findingId, key, because, from?.day, to.day]).sort()).toStrictEqual(
      [
        [moving, 'rectify/L1', 'calendar', '2027-02-17', '2027-02-22'],
        [moving, 'sign/L1', 'calendar', '2027-01-26', '2027-01-26'],
        [staying, 'triage', 'calendar', '2027-03-02', '2027-03-02'],
      ].sort(),
    );
    expect(ack.changed).toBe(true);
    expect(await ofOthers(calendars.calendar())).toStrictEqual([]);
    expect((await play.sweep()).moved).toBe(0);
    expect(await play.differences()).toStrictEqual([
      { table: 'finding_clock', rows: 2, onlyLive: [], onlyRebuilt: [] },
      { table: 'finding_deadline', rows: 3, onlyLive: [], onlyRebuilt: [] },
      { table: 'moved_due_time', rows: 3, onlyLive: [], onlyRebuilt: [] },
      { table: 'calendar_year', rows: 1, onlyLive: [], onlyRebuilt: [] },
      { table: 'calendar_proposal', rows: 0, onlyLive: [], onlyRebuilt: [] },
      { table: 'deadline_rule', rows: 2, onlyLive: [], onlyRebuilt: [] },
    ]);
  });
});
