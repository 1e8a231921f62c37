import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '@app/testing';
import { launch, type Launched } from './support/launch';

jest.setTimeout(240_000);

const ADMIN = { ADMIN_LOGIN: 'admin', ADMIN_PASSWORD: 'Correct-horse-9' };
const CLI = [process.execPath, 'apps/launcher/cli.mjs'] as const;

describe('Backup and restore, as people start them', () => {
  let parent: string;
  let running: Launched | null = null;
  const at = (name: string): string => path.join(parent, name);
  const outsideOf = (name: string): string | null =>
    (JSON.parse(readFileSync(path.join(at(name), 'instance.json'), 'utf8')) as { outside: string | null }).outside;
  const start = async (name: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> => {
    const port = await freePort();
    const launched = launch({ args, env: { ...env, DATA_DIR: at(name), PORT: String(port), QUEUE_BACKEND: 'postgres' } });
    await launched.until('READY');
    running = launched;
    return port;
  };
  const stop = async (): Promise<void> => {
    running?.interrupt();
    await running?.ended;
    running = null;
  };
  const cli = (name: string, ...args: readonly string[]) => launch({ command: CLI, args, env: { DATA_DIR: at(name) } }).ended;

  beforeAll(() => {
    parent = mkdtempSync(path.join(os.tmpdir(), 'qingling-backup-'));
  });
  afterAll(async () => {
    await stop();
    for (const name of ['old', 'new'].filter((one) => readdirSync(parent).includes(one))) {
      const outside = outsideOf(name);
      if (outside !== null) rmSync(outside, { recursive: true, force: true });
    }
    rmSync(parent, { recursive: true, force: true });
  });

  it('carries an instance to an empty DATA_DIR: npm start there asks for nobody, and its administrator signs in', async () => {
    await start('old', ['--empty'], ADMIN);
    const taken = await cli('old', 'backup', at('backup'));
    expect([taken.code, taken.output]).toStrictEqual([0, expect.stringContaining('备份 backup')]);
    await stop();
    expect((await cli('old', 'verify-backup', at('backup'))).output).toContain('完好 sound');

    const restored = await cli('new', 'restore', at('backup'));
    expect([restored.code, restored.output]).toStrictEqual([0, expect.stringContaining('恢复完成')]);
    const refused = await cli('new', 'restore', at('backup'));
    expect([refused.code, refused.output]).toStrictEqual([1, expect.stringContaining('A restore goes into an empty instance only')]);

    const port = await start('new', [], {});
    const answer = await fetch(`http://127.0.0.1:${String(port)}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: ADMIN.ADMIN_LOGIN, password: ADMIN.ADMIN_PASSWORD }),
    });
    expect(answer.status).toBeLessThan(300);
    await stop();
  });
});
