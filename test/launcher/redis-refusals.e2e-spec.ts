import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '@app/testing';
import { launch, waitUntil } from './support/launch';

jest.setTimeout(120_000);

const hasRedis = spawnSync('redis-server', ['--version']).status === 0 || process.env['CI'] === 'true';
const withRedis = hasRedis ? describe : describe.skip;

withRedis(`npm start with a Redis of one's own${hasRedis ? '' : ' [missing: redis-server]'}`, () => {
  const PASSWORD = 'geheim-1';
  let folder: string;
  let port: number;
  let server: ReturnType<typeof spawn>;
  let ended: Promise<unknown>;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'qingling-redis-'));
    port = await freePort();
    const settings = { bind: '127.0.0.1', port: String(port), requirepass: PASSWORD, save: '', 'maxmemory-policy': 'allkeys-lru' };
    server = spawn(
      'redis-server',
      Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      { cwd: folder, stdio: 'ignore' },
    );
    ended = new Promise((resolve) => server.once('exit', resolve));
    await waitUntil(() =>
      spawnSync('redis-cli', ['-p', String(port), '-a', PASSWORD, 'ping'], { encoding: 'utf8' }).stdout.includes('PONG'),
    );
  });
  afterAll(async () => {
    server.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (redisUrl: string): Promise<string> => {
    const env = { DATA_DIR: path.join(folder, 'data'), PORT: String(await freePort()), REDIS_URL: redisUrl };
    const { code, output } = await launch({ env }).ended;
    expect({ code, output }).toMatchObject({ code: 1 });
    expect(output).not.toContain(PASSWORD);
    expect(output).not.toMatch(/\n\s+at /);
    return output;
  };

  it('refuses one that may evict keys, before anything is started', async () => {
    const output = await start(`redis://:${PASSWORD}@127.0.0.1:${String(port)}`);
    expect(output).toContain('may evict keys when memory runs short (maxmemory-policy is allkeys-lru): set it to noeviction');
    expect(output).not.toContain('starting PostgreSQL');
  });

  it('refuses one that refuses the password, and one that is not there', async () => {
    expect(await start(`redis://:wrong@127.0.0.1:${String(port)}`)).toContain('cannot be reached, or refuses the password');
    expect(await start(`redis://127.0.0.1:${String(await freePort())}`)).toContain('cannot be reached, or refuses the password');
  });
});
