import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CoreModule, Readers, ReadersModule } from '@app/core';
import { EventStore } from '@app/event-store';
import { Imports, ImportsModule, NO_OPTIONS, type ImportJob } from '@app/imports';
import { Clock, idFrom, type Actor, type CommandId } from '@app/kernel';
import type { ListEvent } from '@app/lists';
import { Directory } from '@app/organisation';
import { runMigrations } from '@app/read-store';
import { loadSettings } from '@app/settings';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { personOf, settleCounty } from '../../support/county';
import { watchMemory } from '../harness/peak-memory';
import type { OpenDriver } from '../harness/types';

@Module({})
class ImportingModule {
  static in(databaseUrl: string, dataDir: string): DynamicModule {
    const settings = loadSettings({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, QUEUE_BACKEND: 'postgres', LOG_LEVEL: 'warn' });
    return {
      module: ImportingModule,
      imports: [CoreModule.forRoot(settings), ReadersModule, ImportsModule.forRoot({ dataDir, recovers: false })],
    };
  }
}

/** The whole way in one process on a PostgreSQL: received, read, understood, matched, kept for the preview, committed to a new list. */
export const open: OpenDriver = async ({ databaseUrl, server }) => {
  const { file, rows } = server as Readonly<{ file: string; rows: number }>;
  if (databaseUrl === null) throw new Error('an import needs a database');
  const dataDir = await mkdtemp(path.join(tmpdir(), 'qingling-bench-'));
  await runMigrations(databaseUrl);
  const app = await NestFactory.createApplicationContext(ImportingModule.in(databaseUrl, dataDir), { logger: ['error', 'warn'] });
  const get = <T>(token: Parameters<typeof app.get>[0]): T => app.get<T>(token, { strict: false });
  const clock = get<Clock>(Clock);
  const readers = get<Readers>(Readers);
  await settleCounty(app, clock);
  await readers.drain();
  const imports = get<Imports>(Imports);
  const database = get<DataSource>(DataSource);
  const by = (await get<Directory>(Directory).view()).actorFor(personOf('office'), undefined, clock.now());

  const until = async (importId: string, actor: Actor, state: ImportJob['state']): Promise<ImportJob> => {
    await imports.idle();
    const job = await imports.find(importId, actor);
    if (job?.state !== state) throw new Error(`the import is ${String(job?.state)}: ${JSON.stringify(job?.failure)}`);
    return job;
  };

  return {
    works: {
      import: async () => {
        const batch = randomUUID();
        const source = { kind: 'upper', name: '省督导组', batch, documentNumber: null } as const;
        const peak = watchMemory();
        const from = performance.now();
        const received = await imports.receive(
          await readFile(file),
          '问题清单.xlsx',
          { ...NO_OPTIONS, source },
          by,
          idFrom(batch) as CommandId,
        );
        const read = await until(received.importId, by, 'ready');
        const readAfter = (performance.now() - from) / 1_000;
        await imports.commit(read, { listId: null, draft: { title: '问题清单' }, confirmPersonal: true }, by);
        const { counts, target } = await until(received.importId, by, 'committed');
        const seconds = (performance.now() - from) / 1_000;
        const figures = { 'peak memory, MB': peak(), 'until the preview, ms': readAfter * 1_000 };
        const check = async (): Promise<void> => {
          if (counts?.added !== rows) throw new Error(`${String(counts?.added)} of ${rows} rows were added`);
          const seen = new Set<string>();
          const store = get<EventStore>(EventStore);
          let from = 0n;
          for (;;) {
            const page = await store.readStream(`list-${String(target?.listId)}`, from, 2);
            const last = page.at(-1);
            if (last === undefined) break;
            from = last.revision + 1n;
            for (const event of page as unknown as readonly ListEvent[])
              if (event.type === 'RowsAdded')
                for (const { number } of event.data.rows) {
                  if (number === null || seen.has(number)) throw new Error(`row ${String(number)} arrived twice`);
                  seen.add(number);
                }
          }
          if (seen.size !== rows) throw new Error(`${seen.size} of ${rows} rows are in the list`);
          // The next round finds the tables as this one did.
          await database.query('truncate import_row, import_job, list_row_claim, subject_key');
          await database.query('vacuum');
        };
        return { count: rows, seconds, figures, check };
      },
    },
    close: async () => {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
