import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { copyCheckout } from './support/checkout';
import { freePort } from '@app/testing';
import { launch, processesNaming, waitUntil, type Launched } from './support/launch';

jest.setTimeout(180_000);

type InstanceFile = Readonly<{
  id: string;
  outside: string | null;
  pids: Readonly<Record<string, number>>;
  ports: Readonly<Record<string, number>>;
}>;

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;
const ADMIN = { ADMIN_LOGIN: 'admin', ADMIN_PASSWORD: 'Correct-horse-9' };
const isAlive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
const health = (port: number): Promise<number> =>
  fetch(`http://127.0.0.1:${port}/api/health/ready`).then(
    ({ status }) => status,
    () => 0,
  );
const instanceIn = (dataDir: string): InstanceFile => JSON.parse(readFileSync(path.join(dataDir, 'instance.json'), 'utf8')) as InstanceFile;

describe('An instance in a checkout below a directory of mode 0700', () => {
  let parent: string;
  let checkout: string;
  let dataDir: string;
  let port: number;
  let running: Launched | null = null;
  const start = (): Launched => launch({ checkout, args: ['--empty'], env: { ...ADMIN, PORT: String(port) } });

  beforeAll(async () => {
    parent = mkdtempSync(path.join(os.tmpdir(), 'qingling-life-'));
    checkout = copyCheckout(path.join(parent, 'checkout'));
    dataDir = path.join(checkout, '.data');
    port = await freePort();
  });
  afterAll(async () => {
    if (running) {
      running.interrupt();
      await running.ended;
    }
    const outside = existsSync(dataDir) ? instanceIn(dataDir).outside : null;
    if (outside) rmSync(outside, { recursive: true, force: true });
    rmSync(parent, { recursive: true, force: true });
  });

  it('starts from nothing with a line for each step and READY as the last', async () => {
    running = start();
    const output = await running.until('READY');
    expect(output.match(/^\[\d\/8\]/gm)).toStrictEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `[${n}/8]`));
    expect(output.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^READY http://127\\.0\\.0\\.1:${port} \\(\\d+\\.\\d s\\)$`));
    expect(await health(port)).toBe(200);
  });

  it('tells that its worker lives, and on which queue', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`);
    const { worker } = (await answer.json()) as Readonly<{ worker: unknown }>;
    const backend = running?.said().includes('starting the queue … Redis') === true ? 'redis' : 'postgres';
    expect(worker).toMatchObject({ status: 'up', queue: { backend, silences: 0, mayEvict: false } });
  });

  it('never changes the mode of a directory it did not make, and says where it put the database instead', () => {
    expect(statSync(parent).mode & 0o777).toBe(0o700);
    const { outside } = instanceIn(dataDir);
    expect(outside !== null).toBe(isRoot);
    expect(running?.said()).toContain(outside === null ? 'READY' : `its files are in ${outside}`);
  });

  it('keeps its passwords in files that only their owner can read', () => {
    for (const file of ['instance.json', 'keys/database.password']) expect(statSync(path.join(dataDir, file)).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(dataDir, 'keys')).mode & 0o777).toBe(0o700);
  });

  it('is not started a second time on the same data', async () => {
    const { code, output } = await start().ended;
    expect(code).toBe(1);
    expect(output).toContain('An instance of this DATA_DIR is already running');
  });

  it('starts the api again when it dies, and the database on its data', async () => {
    const before = instanceIn(dataDir).pids;
    process.kill(before['api'] ?? 0, 'SIGKILL');
    process.kill(before['postgres'] ?? 0, 'SIGKILL');
    await waitUntil(async () => {
      const now = instanceIn(dataDir).pids;
      return now['api'] !== before['api'] && now['postgres'] !== before['postgres'] && (await health(port)) === 200;
    });
    expect(running?.said()).toContain('api 意外退出');
  });

  it('leaves neither api nor worker behind when the launcher is killed, and adopts the database at the next start', async () => {
    const before = instanceIn(dataDir);
    process.kill(running?.pid ?? 0, 'SIGKILL');
    await running?.ended;
    await waitUntil(() => !isAlive(before.pids['api'] ?? 0) && !isAlive(before.pids['worker'] ?? 0));
    expect(isAlive(before.pids['postgres'] ?? 0)).toBe(true);

    running = start();
    const output = await running.until('READY');
    expect(output).toContain('接管运行中的服务 · adopted');
    expect(output).toContain('已有数据 · already there');
    const after = instanceIn(dataDir);
    expect({ id: after.id, postgres: after.pids['postgres'] }).toStrictEqual({ id: before.id, postgres: before.pids['postgres'] });
  });

  it('recovers when everything is killed at once', async () => {
    for (const name of ['launcher', 'api', 'worker', 'postgres']) process.kill(instanceIn(dataDir).pids[name] ?? 0, 'SIGKILL');
    await running?.ended;
    running = start();
    const output = await running.until('READY');
    expect(output).toContain('已有数据 · already there');
    expect(await health(port)).toBe(200);
  });

  it('stops on Ctrl-C and leaves no process behind', async () => {
    const { pids, outside } = instanceIn(dataDir);
    running?.interrupt();
    const ended = await running?.ended;
    running = null;
    expect({ code: ended?.code, signal: ended?.signal }).toStrictEqual({ code: 0, signal: null });
    expect(Object.values(pids).filter(isAlive)).toStrictEqual([]);
    expect([...processesNaming(checkout), ...(outside ? processesNaming(outside) : [])]).toStrictEqual([]);
    expect(instanceIn(dataDir).pids).toStrictEqual({});
  });

  it('leaves nothing behind either when it is stopped half way', async () => {
    const halfWay = start();
    await halfWay.until('[4/8]');
    halfWay.interrupt();
    expect((await halfWay.ended).code).toBe(130);
    expect(processesNaming(checkout)).toStrictEqual([]);
  });
});

const ordinary = isRoot ? it : it.skip;
describe('An ordinary user', () => {
  ordinary(`starts an instance in a directory of their own${isRoot ? '' : ' [not here: every test already runs as one]'}`, async () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'qingling-user-'));
    chmodSync(home, 0o777);
    const checkout = copyCheckout(path.join(home, 'checkout'));
    const dataDir = path.join(home, 'data');
    execFileSync('chown', ['-hR', `${NOBODY}:${NOBODY}`, checkout]);
    const launched = launch({
      checkout,
      args: ['--empty'],
      env: { ...ADMIN, DATA_DIR: dataDir, PORT: String(await freePort()), QUEUE_BACKEND: 'postgres' },
      uid: NOBODY,
    });
    await launched.until('READY');
    expect(launched.said()).toMatch(/starting the queue … PostgreSQL/);
    expect(statSync(path.join(dataDir, 'postgres')).uid).toBe(NOBODY);
    launched.interrupt();
    expect((await launched.ended).code).toBe(0);
    expect(processesNaming(home)).toStrictEqual([]);
    rmSync(home, { recursive: true, force: true });
  });
});
