import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openEventStore, type EventStore, type EventStoreOptions, type RecordedEvent } from '@app/event-store';
import { seededRandom, type SeededRandom } from '@app/kernel';
import { Client, parsed, type Journal, type Session } from './clients';
import { ImportWork } from './import-work';
import type { Instance } from './instance';
import { RebuildWork } from './rebuild-work';
import type { ComparedTable, CrashRecord, Operation, Recount } from './record';
import { SelectionWork } from './selection-work';
import { CAST, Walk, type Cast } from './walk';

export type Campaign = Readonly<{
  seed: number;
  instance: Instance;
  trouble: Trouble;
  /** Where the events are; PostgreSQL of the instance when absent. */
  store?: EventStoreOptions;
  say?: (line: string) => void;
}>;
/** What happens to the product while people work; resolves when it is over. */
export type Trouble = (
  about: Readonly<{
    instance: Instance;
    random: SeededRandom;
    /** Ends a rebuild that is under way; false when there is none. */
    killRebuild: () => boolean;
    say: (line: string) => void;
  }>,
) => Promise<Kills>;
/** How often each thing was done to it. */
export type Kills = Readonly<Record<string, number>>;
export type Finished = Readonly<{ record: CrashRecord; kills: Kills; summary: string }>;

const WALKERS = 3;
/** How long work may take to come to its end once nothing is killed any more, ms. */
const RESUME_WITHIN_MS = 120_000;

export const everyEvent = async (store: EventStore, after: bigint): Promise<readonly RecordedEvent[]> => {
  const log: RecordedEvent[] = [];
  for (let from = after; ;) {
    const page = await store.readAll(from, 1_000);
    log.push(...page);
    const last = page.at(-1);
    if (last === undefined) return log;
    from = last.position;
  }
};

const numberIn = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);
const totalOf = async (client: Client, who: Session, address: string, position: bigint): Promise<number> => {
  const answer = await client.get(who, address, { 'x-read-position': String(position) });
  return numberIn(parsed(answer?.text ?? '')['total']);
};

type Board = Readonly<{ rows?: readonly Readonly<{ id: string; figures: Readonly<Record<string, number>> }>[] }>;
/** R31–R33: each number of the board opens a list of just that length. */
const recountBoard = async (client: Client, who: Session): Promise<readonly Recount[]> => {
  const answer = await client.get(who, '/clearance/board?scope=county');
  const { rows = [] } = parsed(answer?.text ?? '') as Board;
  const recounts: Recount[] = [];
  for (const { id, figures } of rows) {
    for (const [figure, shown] of Object.entries(figures)) {
      const list = await client.get(who, `/clearance/list?scope=county&id=${id}&figure=${figure}&limit=1`);
      if (list?.status !== 200) continue;
      recounts.push({ what: `${figure} of ${id}`, shown, counted: numberIn(parsed(list.text)['total']) });
    }
  }
  return recounts;
};

const comparedTables = (said: string): readonly ComparedTable[] =>
  [...said.matchAll(/^(一致 equal|不同 different) +(.*)$/gm)].map(([, verdict, table]) => ({
    table: table ?? '',
    equal: verdict === '一致 equal',
  }));

export const filesOf = async (
  log: readonly RecordedEvent[],
  operations: readonly Operation[],
  dataDir: string,
): Promise<CrashRecord['files']> => {
  const hashes = new Set([
    ...log.flatMap(({ type, data }) =>
      type === 'EvidenceAdded' ? [(data as Readonly<{ evidence: Readonly<{ hash: string }> }>).evidence.hash] : [],
    ),
    ...operations.flatMap((operation) => (operation.kind === 'act' && operation.hash !== null ? [operation.hash] : [])),
  ]);
  const files = new Map<string, string | null>();
  for (const hash of hashes) {
    const bytes = await readFile(path.join(dataDir, 'evidence', hash.slice(0, 2), hash)).catch(() => null);
    files.set(hash, bytes === null ? null : createHash('sha256').update(bytes).digest('hex'));
  }
  return files;
};

/** People work, parts die; afterwards everything that can be known is gathered for the judge. */
export const runCampaign = async ({ seed, instance, trouble, store, say = () => undefined }: Campaign): Promise<Finished> => {
  const random = seededRandom(seed);
  const begin = performance.now();
  const now = (): number => performance.now() - begin;
  const operations: Operation[] = [];
  const wrong: string[] = [];
  let over = false;
  let calmAt = Number.POSITIVE_INFINITY;
  const giveUpAt = (): number => calmAt + RESUME_WITHIN_MS;
  const journal: Journal = { now, note: (operation) => operations.push(operation), tell: (what) => wrong.push(what) };
  const clientOf = (name: string, own: SeededRandom): Client => new Client(name, journal, own, giveUpAt);

  const cast = Object.fromEntries(await Promise.all(CAST.map(async (login) => [login, await instance.signIn(login)] as const))) as Cast;
  const events = (): EventStore => openEventStore(store ?? { url: instance.databaseUrl });
  const looking = clientOf('looker', random.fork());
  const before = events();
  const base = await before.head();
  await before.close();
  const findingsBefore = await totalOf(looking, cast['office-head'], '/findings?limit=1', base);
  const today = parsed((await looking.get(cast.office, '/session'))?.text ?? '')['today'];

  const walks = Array.from({ length: WALKERS }, async (_, i) => {
    const own = random.fork();
    const client = clientOf(`walker ${i}`, own.fork());
    while (!over) await new Walk(client, cast, own, String(today)).once();
  });
  const importing = new ImportWork(clientOf('importer', random.fork()), cast.office);
  const imports = (async () => {
    for (let n = 1; !over; n += 1) await importing.once(`${seed}-${n}`);
  })();
  const selecting = new SelectionWork(clientOf('selector', random.fork()), cast['office-head'], random.fork());
  const selections = (async () => {
    while (!over) await selecting.once();
  })();
  const rebuilding = new RebuildWork(instance, random.fork(), journal.tell);
  const rebuilds = rebuilding.work(() => over);

  const kills = await trouble({
    instance,
    random: random.fork(),
    killRebuild: () => rebuilding.kill(),
    say: (line) => say(`${(now() / 1000).toFixed(1)} s ${line}`),
  });
  over = true;
  calmAt = now();
  say(`${(now() / 1000).toFixed(1)} s over, waiting until all work has come to its end`);
  await Promise.all([...walks, imports, selections, rebuilds]);
  await instance.ready();
  const resumed = now() - calmAt;

  const after = events();
  const log = await everyEvent(after, base);
  const head = log.at(-1)?.position ?? base;
  await after.close();
  for (;;) {
    const answer = await looking.get(cast['office-head'], '/findings?limit=1', { 'x-read-position': String(head) });
    if (answer === null || answer.headers.get('x-read-behind') !== 'true') break;
    if (looking.patient) continue;
    looking.complain(`the reading side never came to ${head}`);
    break;
  }
  const filed = log.filter(({ type }) => type === 'FindingFiled').length;
  const recounts = [
    {
      what: 'all findings',
      shown: (await totalOf(looking, cast['office-head'], '/findings?limit=1', head)) - findingsBefore,
      counted: filed,
    },
    ...(await recountBoard(looking, cast['office-head'])),
  ];
  const compared = await instance.run(['rebuild', '--compare']);
  const tables = comparedTables(compared.said);
  if (tables.length === 0) wrong.push(`nothing was compared: ${compared.said.slice(-500)}`);
  const files = await filesOf(log, operations, instance.dataDir);
  const record: CrashRecord = {
    operations,
    lists: importing.lists,
    selections: selecting.selections,
    base,
    log,
    tables,
    recounts,
    files,
    wrong: [...wrong, ...instance.gaveUp.splice(0)],
  };
  return {
    record,
    kills,
    summary: summaryOf(record, kills, { seconds: now() / 1000, resumed: resumed / 1000, rebuilds: rebuilding.finished }),
  };
};

export const killsIn = (kills: Kills): number => Object.values(kills).reduce((sum, count) => sum + count, 0);

const summaryOf = (
  { operations, log, lists, selections, files, recounts, tables }: CrashRecord,
  kills: Kills,
  { seconds, resumed, rebuilds }: Readonly<{ seconds: number; resumed: number; rebuilds: number }>,
): string => {
  const acts = operations.filter(({ kind }) => kind === 'act');
  const repeated = operations.filter((operation) => operation.kind === 'act' && operation.attempts > 1).length;
  const unknown = operations.filter((operation) => operation.kind === 'act' && operation.outcome.kind === 'unknown').length;
  return [
    `${killsIn(kills)} times (${Object.entries(kills)
      .map(([part, count]) => `${part} ${count}`)
      .join(', ')}) in ${seconds.toFixed(0)} s; work came to its end ${resumed.toFixed(1)} s after the last`,
    `${acts.length} acts, ${repeated} sent more than once, ${unknown} of unknown end; ${operations.length - acts.length} reads and repetitions; ${log.length} events`,
    `${lists.length} lists of ${lists.reduce((sum, { rows }) => sum + rows, 0)} rows, ${selections.length} selections of ${selections.reduce((sum, { rows }) => sum + rows.length, 0)}, ${rebuilds} rebuilds, ${files.size} files, ${recounts.length} recounts, ${tables.length} tables compared`,
  ].join('\n');
};
