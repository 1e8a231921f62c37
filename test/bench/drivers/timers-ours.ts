import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CoreModule } from '@app/core';
import { EventStore } from '@app/event-store';
import { findingDeadlineProjection } from '@app/findings';
import { JobsModule } from '@app/jobs';
import { Clock, instantFromMs, type Instant } from '@app/kernel';
import { runMigrations } from '@app/read-store';
import { loadSettings } from '@app/settings';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { DeadlineLoop } from '../../../apps/worker/src/deadlines/deadline-loop';
import { DeadlinesModule } from '../../../apps/worker/src/deadlines/deadlines.module';
import { HOUSE } from '../../support/county-work';
import { percentile } from '../harness/statistics';
import type { Driver, OpenDriver, Outcome } from '../harness/types';
import { at, file, fileMany } from './filed-findings';
import { must, postTo, signIn } from './http';
import { openLoop } from './open-loop';
import { lagsOf, startRedis, type Crowd, type Spread } from './timers-peers';

const AHEAD_MS = 2_000;
const DAY_MS = 86_400_000;
/** The due times of the rounds lie a day apart, those of all others after them. */
const FIRST_DUE = Date.UTC(2030, 0, 7, 9, 30);
const FAR_DUE = Date.UTC(2030, 5, 3, 9, 30);
const COMMENTS_A_SECOND = 20;

const realNow = (): number => performance.timeOrigin + performance.now();

/** Ticks as the machine does, in another year. */
class ShiftedClock extends Clock {
  aheadMs = 0;

  now(): Instant {
    return instantFromMs(realNow() + this.aheadMs);
  }
}

@Module({})
class TimersModule {
  static in(databaseUrl: string, dataDir: string, redisUrl: string, clock: Clock): DynamicModule {
    const settings = loadSettings({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, QUEUE_BACKEND: 'postgres', LOG_LEVEL: 'warn' });
    return { module: TimersModule, imports: [CoreModule.forRoot(settings, clock), JobsModule.forRoot({ redisUrl }), DeadlinesModule] };
  }
}

export const open: OpenDriver = async ({ databaseUrl, options, server }): Promise<Driver> => {
  if (databaseUrl === null) throw new Error('the worker needs a database');
  const { pending } = options as Readonly<{ pending: number }>;
  await runMigrations(databaseUrl);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qingling-bench-'));
  const redis = await startRedis();
  const clock = new ShiftedClock();
  const app = await NestFactory.createApplicationContext(TimersModule.in(databaseUrl, dataDir, redis.url, clock), { logger: ['error'] });
  await app.init();
  const database = app.get(DataSource, { strict: false });
  const loop = app.get(DeadlineLoop, { strict: false });
  const store = app.get(EventStore, { strict: false });
  let heard: (dueAt: string) => void = () => undefined;
  const append = store.append.bind(store);
  store.append = async (stream, expected, events) => {
    const appended = await append(stream, expected, events);
    for (const { type, data } of events) if (type === 'DeadlinePassed') heard((data as Readonly<{ dueAt: string }>).dueAt);
    return appended;
  };
  const appendUnchanged = store.appendUnchanged.bind(store);
  store.appendUnchanged = async (since, appends) => {
    const left = await appendUnchanged(since, appends);
    for (const { stream, events } of appends)
      if (!left.has(stream)) for (const { data } of events) heard((data as Readonly<{ dueAt: string }>).dueAt);
    return left;
  };
  /** What the projection would have done by now. */
  const catchUp = async (): Promise<void> => {
    await database.query(`update finding_deadline set passed = true where not passed and due_at <= $1`, [clock.now()]);
    await database.query(
      `insert into checkpoint (name, kind, version, "position") select $1, 'projection', $2, coalesce(max("position"), 0) from events
       on conflict (name) do update set "position" = excluded."position"`,
      [findingDeadlineProjection.name, findingDeadlineProjection.version],
    );
  };
  clock.aheadMs = FIRST_DUE - DAY_MS / 2 - realNow();
  if (pending > 0) await fileMany(database, pending, at(FAR_DUE));
  await catchUp();

  const passed = async (count: number): Promise<Readonly<{ lags: readonly number[]; outcome: Outcome }>> => {
    const lags: number[] = [];
    let early = 0;
    heard = (dueAt) => {
      const lag = realNow() + clock.aheadMs - Date.parse(dueAt);
      if (lag < 0) early += 1;
      lags.push(lag);
    };
    while (lags.length < count) await pause(5);
    if (early > 0) throw new Error(`${early} passed before their time`);
    return { lags, outcome: { count, seconds: percentile(lags, 0.99) / 1_000, ...lagsOf(lags) } };
  };
  const check = async (from: string, count: number): Promise<void> => {
    const [row] = await database.query<{ n: string; streams: string }[]>(
      `select count(*) as n, count(distinct stream) as streams from events where "position" > $1 and type = 'DeadlinePassed'`,
      [from],
    );
    if (Number(row?.n) !== count || Number(row?.streams) !== count) throw new Error(`${row?.n ?? '?'} events instead of ${count}`);
    await catchUp();
  };
  const head = async (): Promise<string> => String(await store.head());

  /** A clerk who comments again and again while the crowd passes. */
  const commenting = async (until: Promise<unknown>): Promise<readonly number[]> => {
    const agent = new Agent({ keepAlive: true });
    const post = postTo((server as Readonly<{ url: string }>).url, agent);
    const writing = await signIn(post);
    const { findingId } = JSON.parse(must(await post('/api/findings', HOUSE, writing()), 201)) as Readonly<{ findingId: string }>;
    const times: number[] = [];
    let going = true;
    void until.finally(() => (going = false));
    while (going) {
      await openLoop(COMMENTS_A_SECOND, 0.5, async () => {
        const asked = performance.now();
        must(await post(`/api/findings/${findingId}/comments`, { text: '已通知', legId: null }, writing()), 201);
        times.push(performance.now() - asked);
      });
    }
    agent.destroy();
    return times;
  };

  let round = 0;
  return {
    works: {
      crowd: async (params) => {
        const { due } = params as unknown as Crowd;
        const dueAt = FIRST_DUE + round * DAY_MS;
        round += 1;
        await file(database, due, at(dueAt));
        await catchUp();
        await database.query('analyze finding_deadline');
        await database.query('checkpoint');
        const from = await head();
        clock.aheadMs = dueAt - AHEAD_MS - realNow();
        loop['compare']();
        const passing = passed(due);
        const [{ outcome }, times] = await Promise.all([passing, commenting(passing)]);
        return { ...outcome, figures: { ...outcome.figures, 'comment p99, ms': percentile(times, 0.99) }, check: () => check(from, due) };
      },
      spread: async (params) => {
        const { due: count, seconds } = params as unknown as Spread;
        const from = await head();
        const begin = realNow() + clock.aheadMs + AHEAD_MS;
        await file(database, count, `to_timestamp(${begin / 1_000} + random() * ${seconds})`);
        await catchUp();
        const passing = passed(count);
        loop['compare']();
        return { ...(await passing).outcome, check: () => check(from, count) };
      },
    },
    close: async () => {
      await app.close();
      await redis.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
