import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './support/checkout';
import { freePort, occupyPort } from '@app/testing';
import { launch } from './support/launch';

jest.setTimeout(120_000);

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'qingling-refusals-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is said after the progress line: one sentence, and never a stack. */
const refusalOf = async (env: Record<string, string>, args: readonly string[] = [], uid?: number): Promise<string> => {
  const settings = { DATA_DIR: path.join(folder, 'data'), PORT: String(await freePort()), ...env };
  const { code, output } = await launch({ env: settings, args, ...(uid === undefined ? {} : { uid }) }).ended;
  expect(output).not.toMatch(/\n\s+at /);
  expect({ code, output }).toMatchObject({ code: 1 });
  return output
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('[') && !line.startsWith('      '))
    .join('\n');
};

describe('the launcher refuses in one sentence and exits with 1', () => {
  it('when the port is busy', async () => {
    const { port, release } = await occupyPort();
    expect(await refusalOf({ PORT: String(port) })).toBe(
      `端口 ${port} 已被占用，请停止占用它的程序或设置 PORT。 · Port ${port} is in use: stop what listens there or set PORT to another one.`,
    );
    await release();
  });

  it('when settings are wrong, naming each', async () => {
    const sentence = await refusalOf({
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://root:geheim@db/x',
      EVENTSTORE_URL: 'esdb://u:geheim@host?x=1',
    });
    expect(sentence).toContain('LOG_LEVEL: ');
    expect(sentence).toContain('DATABASE_URL: ');
    expect(sentence).toContain('EVENTSTORE_URL: ');
    expect(sentence).toContain('holds an unknown option');
    expect(sentence).not.toContain('geheim');
  });

  it('when others could reach it without TLS', async () => {
    expect(await refusalOf({ HOST: '0.0.0.0' })).toContain('HOST: ');
  });

  it('when HOST is an address of another machine', async () => {
    expect(await refusalOf({ HOST: '192.0.2.1', TRUSTED_PROXY: '10.0.0.1' })).toContain(
      'HOST 192.0.2.1 is not an address of this machine.',
    );
  });

  it('when DATA_DIR is a file', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(await refusalOf({ DATA_DIR: file })).toContain(`DATA_DIR cannot be used: ${file}`);
  });

  it('when DATA_DIR may not be written', async () => {
    const dir = path.join(folder, 'closed');
    mkdirSync(dir, { mode: 0o555 });
    expect(await refusalOf({ DATA_DIR: path.join(dir, 'data') }, [], isRoot ? NOBODY : undefined)).toContain(
      'No permission to read or write',
    );
  });

  it('when DATABASE_URL leads nowhere', async () => {
    const port = await freePort();
    expect(await refusalOf({ DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/x` })).toContain(
      'The database of DATABASE_URL cannot be reached (ECONNREFUSED).',
    );
  });

  it('when there is no terminal to ask for the first administrator', async () => {
    expect(await refusalOf({}, ['--empty'])).toContain('set ADMIN_LOGIN and ADMIN_PASSWORD');
  });

  it('when an argument is unknown', async () => {
    expect(await refusalOf({}, ['--demo'])).toContain('Unknown argument; usage: npm start [-- --empty]');
  });

  it('when Node is too old', () => {
    const program =
      "import('./apps/launcher/lib/settings.mjs').then((m) => m.checkNode('20.18.3')).catch((e) => console.log(e.name, e.en))";
    expect(execFileSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' })).toBe(
      'Refusal Node.js 20.19 or newer is needed; this is 20.18.3.\n',
    );
  });

  const smallDisk = (): string => {
    const disk = path.join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0755', 'tmpfs', disk]);
    return disk;
  };
  const canMount = isRoot && spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
  const withMount = canMount ? it : it.skip;

  withMount(`when the disk is full${canMount ? '' : ' [not here: mounting a small disk needs root]'}`, async () => {
    const disk = smallDisk();
    try {
      expect(
        await refusalOf({ DATA_DIR: path.join(disk, 'data'), ADMIN_LOGIN: 'admin', ADMIN_PASSWORD: 'Correct-horse-9' }, ['--empty']),
      ).toContain('The disk is full (no space left on device)');
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
