import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { copyCheckout } from './support/checkout';
import { freePort } from '@app/testing';
import { launch, processesNaming, type Launched } from './support/launch';

jest.setTimeout(600_000);

describe('The demo instance', () => {
  let home: string;
  let checkout: string;
  let env: Record<string, string>;
  let running: Launched | null = null;

  const cli = async (...args: readonly string[]): Promise<string> => {
    const surroundings = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env };
    const options = { cwd: checkout, env: surroundings, maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)(process.execPath, ['apps/launcher/cli.mjs', ...args], options);
    return stdout;
  };
  const stop = async (): Promise<void> => {
    running?.interrupt();
    await running?.ended;
    running = null;
  };

  beforeAll(async () => {
    home = mkdtempSync(path.join(os.tmpdir(), 'qingling-demo-'));
    chmodSync(home, 0o755);
    checkout = copyCheckout(path.join(home, 'checkout'));
    env = { PORT: String(await freePort()) };
  });
  afterAll(async () => {
    await stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('is loaded at the first start, every step of the scenario accepted', async () => {
    running = launch({ checkout, env });
    const output = await running.until('READY');
    expect(output).not.toContain('a step was refused');
  });

  it('prints the passwords it made once, and keeps them where only their owner reads', () => {
    const file = path.join(checkout, '.data', 'demo-accounts.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const passwords = [...readFileSync(file, 'utf8').matchAll(/"password": ?"([^"]+)"/g)].map(([, password]) => password ?? '');
    expect(passwords.length).toBeGreaterThan(10);
    for (const password of passwords) expect(running?.said().split(password).length).toBe(2);
  });

  it('shows its pages at the same address, and lets in no script but its own', async () => {
    const address = `http://127.0.0.1:${env['PORT']}`;
    const page = await fetch(`${address}/findings/anything`);
    const script = /<script[^>]+src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
    expect([page.status, page.headers.get('content-type')]).toStrictEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    const code = await fetch(`${address}${script}`, { headers: { 'accept-encoding': 'gzip' } });
    expect([code.status, code.headers.get('content-encoding')]).toStrictEqual([200, 'gzip']);
    expect(code.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${address}/assets/gone.js`)).status).toBe(404);
  });

  it('goes through the whole job as five people', async () => {
    expect(await cli('walkthrough')).not.toBe('');
    expect((await fetch(`http://127.0.0.1:${env['PORT']}/api/health/ready`)).status).toBe(200);
  });

  it('is still there after it was stopped, with read models equal to a rebuild, row for row', async () => {
    await stop();
    expect(processesNaming(checkout)).toStrictEqual([]);
    const compared = await cli('rebuild', '--compare');
    expect(compared).toContain('一致 equal');
    expect(compared).not.toContain('different');
    running = launch({ checkout, env });
    expect(await running.until('READY')).toContain('已有数据 · already there');
  });

  it('is never turned into an empty instance', async () => {
    const port = await freePort();
    await stop();
    const { code, output } = await launch({ checkout, env: { PORT: String(port) }, args: ['--empty'] }).ended;
    expect(code).toBe(1);
    expect(output).toContain('holds the demo');
  });
});
