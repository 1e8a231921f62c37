import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readers } from '@app/core';
import { EventStore, type RecordedEvent } from '@app/event-store';
import { idFrom, type CommandId, type FindingId, type SubjectId } from '@app/kernel';
import { Sealer } from '@app/privacy';
import { loadSettings, type Settings } from '@app/settings';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import { DataSource } from 'typeorm';
import type { Scenario } from '../kit/scenario';
import { makeFiles } from '../pingdu/files';
import { STORIES } from './large-stories';
import { tellLarge } from './tell-large';
import { generateLarge, openLarge } from './index';

/** Every story often enough to come up among few findings. */
const STORIES_ALIKE = STORIES.map((story) => ({ ...story, share: 900 / STORIES.length }));
const MEASURE = { findings: 72, seed: 7, days: 66 };
const BROKEN_OFF_AFTER = 30;

type Stored = Omit<RecordedEvent, 'position'>;
type Rows = readonly Readonly<Record<string, unknown>>[];

const dataDir = mkdtempSync(path.join(tmpdir(), 'large-'));
const databases: FreshDatabase[] = [];
const scenarios: Scenario[] = [];
const instance = async (name: string): Promise<Settings> => {
  const database = await freshDatabase();
  databases.push(database);
  return loadSettings({ DATABASE_URL: database.url, DATA_DIR: path.join(dataDir, name) });
};

const logOf = async (scenario: Scenario): Promise<readonly RecordedEvent[]> => {
  const store = scenario.get<EventStore>(EventStore);
  const log: RecordedEvent[] = [];
  for (let page = await store.readAll(0n, 5_000); page.length > 0; page = await store.readAll(page.at(-1)?.position ?? 0n, 5_000)) {
    log.push(...page);
  }
  return log;
};
const rowsOf = (scenario: Scenario, sql: string): Promise<Rows> => scenario.get<DataSource>(DataSource).query(sql);

/** Sealed texts differ each time; what they say does not. */
const opened = async (scenario: Scenario, value: unknown): Promise<unknown> => {
  if (Array.isArray(value)) return Promise.all(value.map((one) => opened(scenario, one)));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  const entries = await Promise.all(Object.entries(fields).map(async ([key, one]) => [key, await opened(scenario, one)] as const));
  const { sealed, subjectId } = fields;
  if (typeof sealed !== 'string' || typeof subjectId !== 'string') return Object.fromEntries(entries);
  return { ...Object.fromEntries(entries), sealed: await scenario.get<Sealer>(Sealer).open(subjectId as SubjectId, sealed) };
};

const streamsOf = async (scenario: Scenario, log: readonly RecordedEvent[]): Promise<ReadonlyMap<string, readonly Stored[]>> => {
  const streams = new Map<string, Stored[]>();
  for (const { position: _position, ...event } of log) {
    if (!/^(finding|list)-/.test(event.stream)) continue;
    const stored = { ...event, data: await opened(scenario, event.data) };
    streams.set(event.stream, [...(streams.get(event.stream) ?? []), stored]);
  }
  return streams;
};

let byCommand: readonly RecordedEvent[] = [];
let directly: readonly RecordedEvent[] = [];

const told = (): Readonly<{ commanded: Scenario; direct: Scenario }> => {
  const [commanded, direct] = scenarios;
  if (commanded === undefined || direct === undefined) throw new Error('not told yet');
  return { commanded, direct };
};

beforeAll(async () => {
  const { scenario } = await openLarge(await instance('by-command'), MEASURE);
  scenarios.push(scenario);
  await tellLarge({
    teller: scenario,
    calendar: scenario.calendar,
    files: await makeFiles(scenario),
    measure: MEASURE,
    stories: STORIES_ALIKE,
    evening: () => Promise.resolve(),
  });
  const settings = await instance('directly');
  const stop = new AbortController();
  let stored = 0;
  const broken = generateLarge({
    ...MEASURE,
    settings,
    stories: STORIES_ALIKE,
    signal: stop.signal,
    onStored: (days) => {
      stored = days;
      if (days === BROKEN_OFF_AFTER) stop.abort();
    },
  });
  await expect(broken).rejects.toThrow('aborted');
  // What was stored last is not always known to be: it is stored again, which changes nothing.
  const again = await generateLarge({ ...MEASURE, settings, stories: STORIES_ALIKE, stored: stored - 2 });
  scenarios.push(again.scenario);
  byCommand = await logOf(scenario);
  directly = await logOf(again.scenario);
}, 600_000);
afterAll(async () => {
  for (const scenario of scenarios) await scenario.close();
  for (const database of databases) await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('The large scenario, decided in process and broken off once', () => {
  it('stores in every stream what its commands would have stored', async () => {
    const { commanded, direct } = told();
    const expected = await streamsOf(commanded, byCommand);
    const found = await streamsOf(direct, directly);
    expect([...found.keys()].sort()).toStrictEqual([...expected.keys()].sort());
    for (const [stream, events] of expected) expect(found.get(stream)).toStrictEqual(events);
  });

  it('does nothing that the rules refuse, and tells every story', () => {
    expect(told().commanded.refusals).toStrictEqual([]);
    const seen = new Set(directly.map((event) => event.type));
    const shown = [
      'FindingDismissed',
      'FindingWithdrawn',
      'FindingLinked',
      'ReturnRuled',
      'RectifiedOnTheSpot',
      'ChildPassed',
      'TurnedLongTerm',
    ];
    const knocked = ['DeadlineApproached', 'DeadlinePassed', 'InstructionReplied', 'LookedBack', 'ClearanceRevoked', 'ListIssued'];
    expect([...shown, ...knocked].filter((type) => !seen.has(type))).toStrictEqual([]);
    const signed = directly.filter((event) => event.type === 'LegSignedFor' && (event.data as { deemed: boolean }).deemed);
    const relapses = directly.filter((event) => event.type === 'FindingFiled' && (event.data as { relapseOf: unknown }).relapseOf !== null);
    expect([signed.length > 0, relapses.length > 0]).toStrictEqual([true, true]);
  });

  it('stores events in the order of their time', () => {
    const times = directly.map((event) => event.metadata.recordedAt);
    expect(times).toStrictEqual([...times].sort());
  });

  it.each([
    ['numbers', 'select * from number_taken order by series, n'],
    ['claims of rows', 'select * from list_row_claim order by row_id'],
    ['numbers of the upper level', 'select * from upper_reference order by authority, batch, number'],
    ['keys', 'select subject_id, created_at, erased_at from subject_key order by subject_id'],
  ])('leaves the same %s', async (_what, sql) => {
    const rows = await rowsOf(told().direct, sql);
    expect(rows).toStrictEqual(await rowsOf(told().commanded, sql));
    expect(rows.length).toBeGreaterThan(0);
  });

  it('lets the product go on: the next number is free, and nothing more follows from what is stored but ladders of what is overdue', async () => {
    const { direct } = told();
    const taken = new Set(directly.flatMap((event) => (event.type === 'FindingFiled' ? [(event.data as { number: string }).number] : [])));
    const next = await direct.numbers.take(idFrom('next') as CommandId, idFrom('next', 'finding') as FindingId);
    expect(taken.has(next)).toBe(false);
    const store = direct.get<EventStore>(EventStore);
    await direct.settle();
    const followed = await store.readAll(directly.at(-1)?.position ?? 0n, 5_000);
    expect(followed.filter(({ type }) => type !== 'LadderStarted')).toStrictEqual([]);
    const head = await store.head();
    await direct.get<Readers>(Readers).policies.passOver();
    await direct.settle();
    expect(await store.head()).toBe(head);
  });
});
