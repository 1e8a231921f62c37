import { existsSync } from 'node:fs';
import { EventStoreDbEventStore, type EventToAppend, type RecordedEvent } from '@app/event-store';
import { idFrom } from '@app/kernel';
import { freePort, freshDatabase, makeCertificates, occupyPort } from '@app/testing';
import { someEvent } from '../../libs/event-store/src/event-store.contract';
import { launch, processesNaming, waitUntil, type Launched, type LaunchOptions } from './support/launch';

jest.setTimeout(120_000);

const BY_NODE = [process.execPath, 'apps/launcher/eventstore.mjs'] as const;
const BY_NPM = ['npm', 'run', '--silent', 'eventstore', '--'] as const;

const running: Launched[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) {
    if (existsSync(`/proc/${one.pid}`)) process.kill(-one.pid, 'SIGKILL');
    await one.ended;
  }
});

const start = (args: readonly string[], options: Omit<LaunchOptions, 'args'> = {}): Launched => {
  const launched = launch({ command: BY_NODE, args, ...options });
  running.push(launched);
  return launched;
};
/** What the READY line says: the address for clients. */
const addressOf = async (launched: Launched): Promise<string> => {
  const output = await launched.until('\n');
  return /^READY (\S+)$/m.exec(output)?.[1] ?? `none in: ${output}`;
};
const refusalOf = async (args: readonly string[], env: Record<string, string> = {}): Promise<string> => {
  const { code, output } = await start(args, { env }).ended;
  expect(output).not.toMatch(/\n\s+at /);
  expect({ code, output }).toMatchObject({ code: 1 });
  return output.trim();
};

const event = (name: string): EventToAppend => someEvent('Noted', undefined, idFrom('eventstore-by-itself', name));
/** Appends one more event by the adapter that the product uses. → the stream afterwards */
const appendAt = async (connectionString: string, name: string): Promise<readonly RecordedEvent[]> => {
  const store = new EventStoreDbEventStore({ connectionString });
  try {
    await store.append('notes', 'any', [event(name)]);
    return await store.readStream('notes');
  } finally {
    await store.close();
  }
};
const revisions = (events: readonly RecordedEvent[]): readonly bigint[] => events.map((e) => e.revision);

describe('npm run eventstore', () => {
  it('says READY with its address, serves clients, and ends with 0 when npm is told to stop', async () => {
    const port = await freePort();
    const launched = start(['--port', String(port)], { command: BY_NPM });
    expect(await addressOf(launched)).toBe(`esdb://127.0.0.1:${port}?tls=false`);
    expect(revisions(await appendAt(await addressOf(launched), 'a'))).toStrictEqual([0n]);
    process.kill(launched.pid, 'SIGTERM');
    expect(await launched.ended).toMatchObject({ code: 0, signal: null });
    expect(processesNaming(`--port ${port}`)).toStrictEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends with 0 when its terminal sends %s to all of it', async (signal) => {
    const launched = start(['--port', '0']);
    await addressOf(launched);
    process.kill(-launched.pid, signal);
    expect(await launched.ended).toMatchObject({ code: 0, signal: null });
  });

  it.each([
    ['the launcher', BY_NODE],
    ['npm', BY_NPM],
  ])('leaves nothing behind when %s is killed without a word', async (_, command) => {
    const port = await freePort();
    const launched = start(['--port', String(port)], { command });
    await addressOf(launched);
    process.kill(launched.pid, 'SIGKILL');
    await waitUntil(() => processesNaming(`--port ${port}`).length === 0);
    expect((await launched.ended).signal).toBe('SIGKILL');
  });

  it('on PostgreSQL keeps the events and their numbers over a restart, and refuses a second one', async () => {
    const database = await freshDatabase();
    const first = start(['--port', '0', '--database', database.url]);
    const before = await appendAt(await addressOf(first), 'a');
    expect(await refusalOf(['--port', '0', '--database', database.url])).toBe(
      '另一个事件库替身正在使用该数据库：同一数据库同时只能有一个。 · Another event store double uses this database: there can be one at a time.',
    );
    process.kill(first.pid, 'SIGTERM');
    expect((await first.ended).code).toBe(0);

    const second = start(['--port', '0', '--database', database.url]);
    const after = await appendAt(await addressOf(second), 'b');
    expect(revisions(after)).toStrictEqual([0n, 1n]);
    expect(after.slice(0, 1)).toStrictEqual(before);
    process.kill(second.pid, 'SIGTERM');
    await second.ended;
    await database.drop();
  });

  it('with TLS answers as localhost to users with the passwords it was given', async () => {
    const certificates = await makeCertificates();
    const env = { EVENTSTORE_ADMIN_PASSWORD: 'Correct-horse-9' };
    const address = await addressOf(start(['--port', '0', '--tls', certificates.dir], { env }));
    expect(address).toMatch(/^esdb:\/\/localhost:\d+\?tls=true&tlsCAFile=/);
    expect(revisions(await appendAt(address.replace('esdb://', 'esdb://admin:Correct-horse-9@'), 'a'))).toStrictEqual([0n]);
    expect(revisions(await appendAt(address.replace('esdb://', 'esdb://ops:changeit@'), 'b'))).toStrictEqual([0n, 1n]);
    await expect(appendAt(address.replace('esdb://', 'esdb://admin:changeit@'), 'c')).rejects.toThrow();
    await certificates.drop();
  });

  it('says how it is used', async () => {
    const { code, output } = await start(['--help']).ended;
    expect({ code, output }).toStrictEqual({
      code: 0,
      output: 'npm run eventstore -- [--port 2113] [--host 127.0.0.1] [--database URL] [--tls CERTDIR]\n',
    });
  });
});

describe('npm run eventstore refuses in one sentence and exits with 1', () => {
  it('an unknown argument', async () => {
    expect(await refusalOf(['--ports', '1'])).toMatch(
      /^不认识或不完整的参数；用法：.* · Unknown or incomplete argument; usage: npm run eventstore/,
    );
  });

  it('certificates that are not there', async () => {
    expect(await refusalOf(['--tls', '/no/such/folder'])).toBe(
      '无法读取证书文件 /no/such/folder/ca.crt。 · The certificate file /no/such/folder/ca.crt cannot be read.',
    );
  });

  it('a port that is taken', async () => {
    const { port, release } = await occupyPort();
    expect(await refusalOf(['--port', String(port)])).toBe(`端口 ${port} 已被占用。 · Port ${port} is in use.`);
    await release();
  });

  it('a database that does not answer, without naming its password', async () => {
    const refusal = await refusalOf(['--port', '0', '--database', `postgres://a:geheim@127.0.0.1:${await freePort()}/x`]);
    expect(refusal).toBe('无法连接数据库 (ECONNREFUSED)。 · The database cannot be reached (ECONNREFUSED).');
  });
});
