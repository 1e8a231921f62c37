import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CoreModule } from '@app/core';
import { FindingNumbers, HandleFinding, type FindingAck, type FindingIntent } from '@app/findings';
import {
  Clock,
  idFrom,
  localDateOf,
  type Actor,
  type CategoryCode,
  type CommandId,
  type FindingId,
  type LegId,
  type LocalDate,
} from '@app/kernel';
import { Directory } from '@app/organisation';
import { ReadModels } from '@app/read-store';
import { loadSettings } from '@app/settings';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { personOf, settleCounty, unit } from '../../support/county';
import type { OpenDriver } from '../harness/types';
import { openLoop, timesOf } from './open-loop';

@Module({})
class WritingModule {
  static in(databaseUrl: string, dataDir: string): DynamicModule {
    const settings = loadSettings({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, QUEUE_BACKEND: 'postgres', LOG_LEVEL: 'warn' });
    return { module: WritingModule, imports: [CoreModule.forRoot(settings)] };
  }
}

type Waiting = Readonly<{ findingId: FindingId; position: bigint; asked: number; seen: () => void }>;
type Seen = Readonly<{ finding_id: FindingId; listed: number | null; paged: number; legs: number; facts: number }>;

const WAIT_MS = 60_000;
const CHECK_EVERY_MS = 25;
/** Findings that the checker looks at: the youngest of those that are not all there yet, whose rows are being written. */
const YOUNGEST = 150;

/** What the list, the finding's page, the legs' own list and the facts behind the counters say of findings, at one moment. */
const LOOK = `
  select f.finding_id, l.legs_total as listed,
    (select count(*)::int from json_object_keys(v.view #> '{state,work,legs}')) as paged,
    (select count(*)::int from finding_leg g where g.finding_id = f.finding_id) as legs,
    (select count(distinct part)::int from figure_fact t where t.finding_id = f.finding_id and t.basis = 'recorded' and t.to_day is null and part <> '') as facts
  from unnest($1::text[]) as f (finding_id)
  left join finding_list l on l.finding_id = f.finding_id
  left join finding_view v on v.finding_id = f.finding_id`;

const filing = (number: string, on: LocalDate): FindingIntent => ({
  type: 'FileFinding',
  data: {
    number,
    kind: 'finding',
    source: { kind: 'inspection', name: '督查一组', batch: null, documentNumber: null },
    manner: 'on-site',
    teamId: unit('team-1'),
    foundOn: on,
    place: { townId: unit('dazeshan'), villageId: unit('dazeshan-beishuyuan'), text: '村东头' },
    subject: { kind: 'village', subjectId: null, label: '北树园村', sealed: null, sensitive: false },
    category: 'housing' as CategoryCode,
    text: `${number}：C级危房未加固，屋面漏雨，台账登记为已整改`,
    basis: '住房安全保障工作方案第三条',
    seriousness: 'ordinary',
    suggestedMeasure: '限期维修并完善台账',
    responsibleUnitId: unit('dazeshan'),
    projectOwnerId: null,
    selfFound: false,
    upper: null,
    list: null,
    parentId: null,
    relapseOf: null,
    items: [],
    capturedAt: null,
    lateEntry: null,
  },
});
const ACCEPTING: FindingIntent = {
  type: 'AcceptFinding',
  data: { rectification: 'time-limited', seriousness: 'ordinary', reason: null, stages: [] },
};
const LEGS = [
  { legId: 'L1' as LegId, unitId: unit('dazeshan'), line: 'territorial', duty: 'acts', leads: true },
  { legId: 'L2' as LegId, unitId: unit('housing'), line: 'sectoral', duty: 'acts', leads: false },
] as const;
const TRANSFERRING: FindingIntent = {
  type: 'TransferFinding',
  data: { legs: LEGS, assisting: [], copies: [], proposed: null, overruledBecause: null, singleLegBecause: null, independent: null },
};

/** Files, accepts and transfers two ways at a steady pace, while the readers work in another process. */
export const open: OpenDriver = async ({ databaseUrl }) => {
  if (databaseUrl === null) throw new Error('the product needs a database');
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qingling-bench-'));
  const app = await NestFactory.createApplicationContext(WritingModule.in(databaseUrl, dataDir), { logger: ['error', 'warn'] });
  const get = <T>(token: Parameters<typeof app.get>[0]): T => app.get<T>(token, { strict: false });
  const [clock, bus, database, models] = [
    get<Clock>(Clock),
    get<CommandBus>(CommandBus),
    get<DataSource>(DataSource),
    get<ReadModels>(ReadModels),
  ];
  await settleCounty(app, clock);
  await models.ready();
  const asOf = async (login: 'inspector' | 'office'): Promise<Actor> => {
    for (;;) {
      const view = await get<Directory>(Directory).view();
      try {
        return view.actorFor(personOf(login), undefined, clock.now());
      } catch {
        // The readers have not come so far yet.
        await pause(50);
      }
    }
  };
  const [inspector, office] = [await asOf('inspector'), await asOf('office')];
  const numbers = get<FindingNumbers>(FindingNumbers);

  const send = (findingId: FindingId, intent: FindingIntent, by: Actor): Promise<FindingAck> =>
    bus.execute(new HandleFinding(findingId, intent, { by, commandId: randomUUID() as CommandId }));
  const look = (ids: readonly FindingId[]): Promise<readonly Seen[]> => database.query(LOOK, [ids]);

  /** Told positions, each with the time at which it was heard. */
  const watch = () => {
    let reached = 0n;
    const waiting = new Set<Waiting>();
    const lags: Readonly<{ position: bigint; durable: number }>[] = [];
    const lag: number[] = [];
    const visible: number[] = [];
    let looking = Promise.resolve();
    const lookNow = async (): Promise<void> => {
      const due = [...waiting].filter(({ position }) => position <= reached);
      if (due.length === 0) return;
      for (const one of due) waiting.delete(one);
      const seen = new Map((await look(due.map(({ findingId }) => findingId))).map((row) => [row.finding_id, row]));
      const now = performance.now();
      for (const { findingId, asked, seen: tell } of due) {
        const row = seen.get(findingId);
        if (row?.listed !== 2 || row.paged !== 2 || row.legs !== 2 || row.facts < 2)
          throw new Error(`told, and not all there: ${JSON.stringify(row)}`);
        visible.push(now - asked);
        tell();
      }
    };
    const failed: unknown[] = [];
    const stop = models.onApplied(({ position }) => {
      const now = performance.now();
      if (position > reached) reached = position;
      for (let first = lags[0]; first !== undefined && first.position <= reached; first = lags[0]) {
        lag.push(Math.max(0, now - first.durable));
        lags.shift();
      }
      looking = looking.then(lookNow).catch((error: unknown) => void failed.push(error));
    });
    return {
      lag,
      visible,
      failed,
      durable: (position: bigint): void => {
        const now = performance.now();
        if (position <= reached) return void lag.push(0);
        let at = lags.length;
        while (at > 0 && (lags[at - 1]?.position ?? 0n) > position) at -= 1;
        lags.splice(at, 0, { position, durable: now });
      },
      wait: (findingId: FindingId, position: bigint, asked: number): Promise<void> =>
        new Promise((seen) => {
          waiting.add({ findingId, position, asked, seen });
          if (position <= reached) looking = looking.then(lookNow).catch((error: unknown) => void failed.push(error));
        }),
      stop,
    };
  };

  return {
    works: {
      flows: async (params) => {
        const { perSecond, seconds } = params as Readonly<{ perSecond: number; seconds: number }>;
        const heard = watch();
        const underWay = new Set<FindingId>();
        const halves: string[] = [];
        let looks = 0;
        const ended = new AbortController();
        const checking = (async () => {
          while (!ended.signal.aborted) {
            for (const row of await look([...underWay].slice(-YOUNGEST))) {
              const counted = [row.listed ?? 0, row.paged, row.legs];
              if (counted.some((n) => n !== counted[0]) || row.legs === 1) halves.push(JSON.stringify(row));
            }
            looks += 1;
            await pause(CHECK_EVERY_MS);
          }
        })();
        const from = performance.now();
        const on = localDateOf(clock.now());
        const flow = async (): Promise<void> => {
          const findingId = randomUUID() as FindingId;
          underWay.add(findingId);
          const number = await numbers.take(idFrom('number', findingId) as CommandId, findingId);
          heard.durable((await send(findingId, filing(number, on), inspector)).position);
          const asked = performance.now();
          heard.durable((await send(findingId, ACCEPTING, office)).position);
          const { position } = await send(findingId, TRANSFERRING, office);
          heard.durable(position);
          await heard.wait(findingId, position, asked);
          underWay.delete(findingId);
        };
        const late = pause(seconds * 1_000 + WAIT_MS).then(() => Promise.reject(new Error('the read models fell behind for good')));
        late.catch(() => undefined);
        await Promise.race([openLoop(perSecond, seconds, flow), late]);
        const took = (performance.now() - from) / 1_000;
        ended.abort();
        await checking;
        heard.stop();
        const { lag, visible, failed } = heard;
        const check = async (): Promise<void> => {
          if (failed.length > 0) throw failed[0];
          if (halves.length > 0) throw new Error(`one leg without the other, ${halves.length} times: ${halves[0] ?? ''}`);
          if (looks < 5) throw new Error('the checker hardly looked');
          if (visible.length !== perSecond * seconds || lag.length !== 3 * visible.length) throw new Error('not every flow was seen');
        };
        return {
          count: visible.length,
          seconds: took,
          figures: { ...timesOf('accept to visible', visible), ...timesOf('lag of an event', lag) },
          check,
        };
      },
    },
    close: async () => {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
