import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { scenarioPath } from '@app/core';
import { createDataSource } from '@app/read-store';
import { loadSettings, type Settings } from '@app/settings';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import { CommandFailure } from '../command';
import { command } from './seed.command';

const FINDINGS = 20;

describe('The command that loads a large scenario', () => {
  let database: FreshDatabase;
  let dataDir: string;
  let settings: Settings;
  const said: string[] = [];
  beforeAll(async () => {
    database = await freshDatabase();
    dataDir = mkdtempSync(path.join(tmpdir(), 'seed-'));
    settings = loadSettings({ DATABASE_URL: database.url, DATA_DIR: dataDir });
    jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const seed = (...args: readonly string[]): Promise<string> =>
    command.run(args, settings).then(
      () => 'done',
      (error: unknown) => {
        if (error instanceof CommandFailure) return error.message;
        throw error;
      },
    );

  it('says how it is used before it touches anything', async () => {
    expect(await seed()).toContain('Name the scenario: pingdu or large.');
    expect(await seed('large')).toContain('--findings takes a whole number from 1.');
    expect(await seed('large', '--findings', '0')).toContain('--findings takes a whole number from 1.');
    expect(await seed('large', '--findings', '5', '--seed', 'x')).toContain('--seed takes a whole number from 0.');
    expect(existsSync(scenarioPath(dataDir))).toBe(false);
  });

  it('leaves an instance with its findings, all read models at the head, accounts and a clock that goes on', async () => {
    expect(await seed('large', '--findings', String(FINDINGS), '--seed', '7')).toBe('done');
    const tables = await createDataSource(database.url).initialize();
    const count = async (sql: string): Promise<number> => (await tables.query<readonly Readonly<{ n: number }>[]>(sql))[0]?.n ?? -1;
    try {
      // What is split adds children of its own.
      expect(await count('select count(*)::int as n from finding_list')).toBeGreaterThanOrEqual(FINDINGS);
      expect(await count(`select count(distinct "position")::int as n from checkpoint where kind = 'projection'`)).toBe(1);
      expect(await count('select count(*)::int as n from checkpoint where stopped_at is not null')).toBe(0);
    } finally {
      await tables.destroy();
    }
    const accounts = path.join(dataDir, 'demo-accounts.json');
    expect(statSync(accounts).mode & 0o077).toBe(0);
    expect(readFileSync(scenarioPath(dataDir), 'utf8')).toMatch(/"base":"\d{4}-\d\d-\d\dT/);
    expect(said.join('\n')).toContain('demo accounts, shown once');
  });

  it('goes on with the scenario that was begun, and with no other', async () => {
    expect(await seed('large', '--findings', String(FINDINGS), '--seed', '8')).toContain(
      `A scenario of --findings ${FINDINGS} --seed 7 was begun here; go on with the same.`,
    );
  });
});
