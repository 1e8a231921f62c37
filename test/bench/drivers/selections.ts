import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CoreModule, Readers, ReadersModule } from '@app/core';
import { EventStore } from '@app/event-store';
import { HandleFinding, type FindingIntent } from '@app/findings';
import { Clock, idFrom, type Actor, type CommandId, type FindingId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { runMigrations } from '@app/read-store';
import { Selections, SelectionsModule, SelectionWork } from '@app/selections';
import { loadSettings } from '@app/settings';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { personOf, settleCounty } from '../../support/county';
import { DoorsModule, handedOver, LEG } from '../../support/handed-over';
import type { OpenDriver } from '../harness/types';

/** As many findings at once as a selection works on. */
const AT_ONCE = 24;

@Module({})
class SelectingModule {
  static in(databaseUrl: string, dataDir: string): DynamicModule {
    const settings = loadSettings({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, QUEUE_BACKEND: 'postgres', LOG_LEVEL: 'warn' });
    return {
      module: SelectingModule,
      imports: [CoreModule.forRoot(settings), ReadersModule, DoorsModule, SelectionsModule.forRoot({ recovers: false })],
    };
  }
}

type Way = (app: INestApplicationContext, findings: readonly FindingId[], text: string, by: Actor) => Promise<void>;

const WAYS: Readonly<Record<'bus' | 'selection', Way>> = {
  bus: async (app, findings, text, by) => {
    const bus = app.get(CommandBus, { strict: false });
    const intent: FindingIntent = { type: 'RecordProgress', data: { legId: LEG, text, basicallyComplete: null } };
    const queue = [...findings];
    const lane = async (): Promise<void> => {
      for (let id = queue.pop(); id !== undefined; id = queue.pop())
        await bus.execute(new HandleFinding(id, intent, { commandId: idFrom(id, text) as CommandId, by }));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  },
  selection: async (app, findings, text, by) => {
    const [selections, work] = [app.get(Selections, { strict: false }), app.get(SelectionWork, { strict: false })];
    const rows = findings.map((findingId) => ({ findingId, legId: LEG }));
    const said = { data: { text, basicallyComplete: null } };
    const opening = { step: 'RecordProgress', title: text, rows, said, exceptions: [] } as const;
    const job = await selections.open(opening, by, idFrom(text) as CommandId);
    await work.idle();
    const previewed = await selections.find(job.selectionId, by);
    if (previewed?.state !== 'ready') throw new Error(`the selection is ${String(previewed?.state)}`);
    await selections.run(previewed, false, by);
    await work.idle();
    const done = await selections.find(job.selectionId, by);
    if (done?.state !== 'done') throw new Error(`the selection is ${String(done?.state)}`);
  },
};

/** How often each finding has the text. */
const mustHaveIt = async (store: EventStore, findings: readonly FindingId[], text: string): Promise<void> => {
  const seen = new Set<string>();
  for (let after = 0n; ;) {
    const page = await store.readAll(after, 2_000, { eventTypes: ['ProgressRecorded'] });
    for (const { stream, data } of page) {
      if ((data as { text: string }).text !== text) continue;
      if (seen.has(stream)) throw new Error(`${stream} has it twice`);
      seen.add(stream);
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.position;
  }
  if (seen.size !== findings.length) throw new Error(`${seen.size} of ${findings.length} findings have it`);
};

export const open: OpenDriver = async ({ databaseUrl, options }) => {
  const { way, rows } = options as Readonly<{ way: keyof typeof WAYS; rows: number }>;
  if (databaseUrl === null) throw new Error('a selection needs a database');
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qingling-bench-'));
  await runMigrations(databaseUrl);
  const app = await NestFactory.createApplicationContext(SelectingModule.in(databaseUrl, dataDir), { logger: ['error', 'warn'] });
  const clock = app.get(Clock, { strict: false });
  await settleCounty(app, clock);
  await app.get(Readers, { strict: false }).drain();
  const findings = await handedOver(app, rows);
  const by = (await app.get(Directory, { strict: false }).view()).actorFor(personOf('dazeshan-clerk'), undefined, clock.now());
  return {
    works: {
      rows: async () => {
        const text = randomUUID();
        const from = performance.now();
        await WAYS[way](app, findings, text, by);
        const seconds = (performance.now() - from) / 1_000;
        const figures = { 'from opened to done, s': seconds };
        return { count: rows, seconds, figures, check: () => mustHaveIt(app.get(EventStore, { strict: false }), findings, text) };
      },
    },
    close: async () => {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
