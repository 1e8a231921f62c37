import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CoreModule, ReadersModule } from '@app/core';
import { Accounts } from '@app/identity';
import { Imports, ImportsModule, NO_OPTIONS, type ImportJob, type ImportOptions } from '@app/imports';
import { Clock, idFrom, localDate, SYSTEM, type Actor, type CommandId, type ListId } from '@app/kernel';
import { ListQueries } from '@app/lists';
import { Directory } from '@app/organisation';
import type { Settings } from '@app/settings';
import { Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandFailure, type Command } from '../command';

@Module({})
class ImportingModule {
  static forRoot(settings: Settings): DynamicModule {
    const imports = ImportsModule.forRoot({ dataDir: settings.dataDir, recovers: false });
    return { module: ImportingModule, imports: [CoreModule.forRoot(settings), ReadersModule, imports] };
  }
}

const OPTIONS = {
  as: { type: 'string' },
  list: { type: 'string' },
  title: { type: 'string' },
  source: { type: 'string' },
  upper: { type: 'boolean' },
  batch: { type: 'string' },
  date: { type: 'string' },
  sheet: { type: 'string' },
  commit: { type: 'boolean' },
  'confirm-personal': { type: 'boolean' },
  'carry-over': { type: 'boolean' },
} as const;
type Given = ReturnType<typeof parse>['values'];
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

const SHOWN_ROWS = 50;
const BUSY: ReadonlySet<string> = new Set(['received', 'reading', 'committing']);

/** Who imports: the account named, else the product itself for the office, which may look but not commit. */
const actorOf = async (app: INestApplicationContext, login: string | undefined): Promise<Actor> => {
  const view = await app.get(Directory, { strict: false }).view();
  if (login === undefined) {
    const office = view.managingOffice();
    if (office === undefined) throw new CommandFailure({ zh: '还没有设立督查办。', en: 'There is no managing office yet.' });
    return { ...SYSTEM, unitId: office.id, ownUnits: [office.id] };
  }
  const account = (await app.get(Accounts, { strict: false }).list()).find((a) => a.login === login.toLowerCase());
  if (account === undefined) throw new CommandFailure({ zh: '没有这个账号。', en: 'There is no such account.' });
  return view.actorFor(account.personId, undefined, app.get(Clock, { strict: false }).now());
};

const listOf = async (app: INestApplicationContext, wanted: string | undefined): Promise<ListId | null> => {
  if (wanted === undefined) return null;
  const lists = await app.get(ListQueries, { strict: false }).lists({ all: true }, app.get(Clock, { strict: false }).now(), 10_000);
  const found = lists.find((l) => l.listId === wanted || l.number === wanted);
  if (found === undefined) throw new CommandFailure({ zh: '没有这份清单。', en: 'There is no such list.' });
  return found.listId;
};

const optionsOf = ({ sheet, date, source, upper, batch }: Given): ImportOptions => ({
  ...NO_OPTIONS,
  sheet: sheet ?? null,
  listDate: date === undefined ? null : localDate(date),
  source:
    source === undefined
      ? null
      : { kind: upper === true ? 'upper' : 'inspection', name: source, batch: batch ?? null, documentNumber: null },
});

/** Waits for whichever process works on it, with a line of progress. */
const settled = async (imports: Imports, importId: string, by: Actor): Promise<ImportJob> => {
  for (let said = ''; ; await pause(100)) {
    const job = await imports.find(importId, by);
    if (job === null) throw new CommandFailure({ zh: '没有这个导入任务。', en: 'There is no such import.' });
    const progress = `${job.state} ${String(job.rowsDone)}/${String(job.rowsTotal)}`;
    if (progress !== said && BUSY.has(job.state)) console.log(`  ${progress}`);
    said = progress;
    if (!BUSY.has(job.state)) return job;
    // One that another process let go of is taken up here.
    await imports.resumeOne(importId);
  }
};

const refusalOf = ({ failure }: ImportJob): CommandFailure | null =>
  failure === null ? null : new CommandFailure({ zh: failure.zh, en: failure.en });

const show = async (imports: Imports, job: ImportJob): Promise<void> => {
  const { understood, counts } = job;
  if (understood === null || counts === null) return;
  console.log(
    `工作表 sheet: ${understood.sheet}（表头 header ${String(understood.headerRows.first)}–${String(understood.headerRows.last)}）清单日期 date: ${understood.listDate}`,
  );
  for (const column of understood.columns)
    if (column.use !== 'blank') console.log(`  ${column.letters} ${column.title} → ${column.field ?? '—'} (${column.use})`);
  for (const row of await imports.rows(job.importId, 0, SHOWN_ROWS, 'all')) {
    for (const { address, level, text, proposals } of row.remarks) {
      if (level !== 'note')
        console.log(`  ${level} ${address} ${text.zh} · ${text.en}${proposals.length > 0 ? `（${proposals.join('、')}？）` : ''}`);
    }
  }
  const { rows, good, wrong, toConfirm, known, differs } = counts;
  console.log(
    `共 rows ${String(rows)}，可导入 good ${String(good)}，有误 wrong ${String(wrong)}，需确认 to confirm ${String(toConfirm)}，已登记 known ${String(known)}，有出入 differing ${String(differs)}`,
  );
};

const run = async (app: INestApplicationContext, file: string, given: Given): Promise<void> => {
  if (given.commit === true && given.as === undefined) {
    throw new CommandFailure({ zh: '提交要用 --as 写明以谁的身份办理。', en: 'A commit needs --as: in whose name it is done.' });
  }
  const imports = app.get(Imports, { strict: false });
  const by = await actorOf(app, given.as);
  const listId = await listOf(app, given.list);
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch {
    throw new CommandFailure({ zh: '文件读不到。', en: 'The file cannot be read.' });
  }
  const commandId = idFrom('cli-import', randomUUID()) as CommandId;
  const received = await imports.receive(bytes, path.basename(file), optionsOf(given), by, commandId, listId);
  const read = await settled(imports, received.importId, by);
  if (read.state === 'refused') throw refusalOf(read) ?? new CommandFailure({ zh: '文件不能导入。', en: 'The file is refused.' });
  await show(imports, read);
  console.log(`导入任务 import: ${read.importId}`);
  if (given.commit !== true) return;
  const draft = listId === null && given.title !== undefined ? { title: given.title } : null;
  const chosen = { confirmPersonal: given['confirm-personal'] === true, carryOver: given['carry-over'] === true };
  await imports.commit(read, { listId, draft, ...chosen }, by);
  const done = await settled(imports, read.importId, by);
  const refusal = refusalOf(done);
  if (refusal !== null) throw refusal;
  const { added = 0, known = 0, differs = 0, carriedOver = 0 } = done.counts ?? {};
  const carried = given['carry-over'] === true ? `，历史结转 carried over ${String(carriedOver)}` : '';
  console.log(
    `已加入 added ${String(added)}，已登记 known ${String(known)}，有出入未改 differing ${String(differs)}${carried}，清单 list: ${done.target?.listId ?? '—'}`,
  );
};

export const command: Command = {
  summary: {
    zh: '预览一份清单文件（.xlsx、.csv）；--commit 后加入清单草稿',
    en: 'look at a list as a file (.xlsx, .csv); with --commit its rows go into a draft list',
  },
  usage:
    'FILE [--commit --as LOGIN] [--list NUMBER|ID | --title TITLE] [--source NAME [--upper] [--batch BATCH]] [--date YYYY-MM-DD] [--sheet NAME] [--confirm-personal] [--carry-over]',
  run: async (args, settings) => {
    const { values, positionals } = parse(args);
    const [file] = positionals;
    if (file === undefined) throw new CommandFailure({ zh: '缺少文件名。', en: 'The file is missing.' });
    const app = await NestFactory.createApplicationContext(ImportingModule.forRoot(settings), {
      logger: ['error', 'warn'],
      abortOnError: false,
    });
    try {
      await run(app, file, values);
    } finally {
      await app.close();
    }
  },
};
