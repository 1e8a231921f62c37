import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDouble, type RunningDouble } from '@app/eventstore-double';
import { follow, someEvent, soon } from '../event-store.contract';
import { StoreUnavailable } from '../event-store.port';
import { EventStoreDbEventStore } from './eventstoredb-event-store';

/** An authority and a certificate for localhost, good for a day. */
const newCertificates = (folder: string): void => {
  const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '1', '-subj', '/CN=authority');
  openssl('req', ...key, '-keyout', 'node.key', '-out', 'node.csr', '-subj', '/CN=node');
  writeFileSync(path.join(folder, 'ext'), 'subjectAltName=DNS:localhost');
  openssl(
    'x509',
    '-req',
    '-in',
    'node.csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'node.crt',
    '-days',
    '1',
    '-extfile',
    'ext',
  );
};

describe('The event store on EventStoreDB with certificates and passwords', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'certificates '));
  const caFile = path.join(folder, 'ca.crt');
  let double: RunningDouble;
  const opened: EventStoreDbEventStore[] = [];
  const open = (who: string, options: Readonly<{ caFile?: string; settleWithinMs?: number }> = { caFile }): EventStoreDbEventStore => {
    const made = new EventStoreDbEventStore({ connectionString: `esdb://${who}localhost:${double.port}?tls=true`, ...options });
    opened.push(made);
    return made;
  };
  beforeAll(async () => {
    newCertificates(folder);
    double = await startDouble({ certDir: folder, passwords: { admin: 'a:b@c/d' } });
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
  });
  afterAll(async () => {
    await double.close();
    rmSync(folder, { recursive: true });
  });

  it('appends, reads and follows as the user of the connection string, over a certificate of the authority given', async () => {
    const store = open(`admin:${encodeURIComponent('a:b@c/d')}@`);
    await store.append('s', 'no-stream', [someEvent('A')]);
    expect((await store.readStream('s')).map((e) => e.type)).toStrictEqual(['A']);
    const { seen } = follow(store.subscribe(0n, new AbortController().signal));
    await soon(() => seen.length === 1);
  });

  it('says at once that a password is wrong, without repeating it', async () => {
    const store = open('admin:wrong-word@', { caFile, settleWithinMs: 600_000 });
    const acts = [() => store.append('s', 'any', [someEvent()]), () => store.readStream('s'), () => store.head()];
    for (const act of acts) {
      const refusal = await act().catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(StoreUnavailable);
      expect(String(refusal)).toMatch(/用户名或密码.*name or the password/);
      expect(String(refusal)).not.toContain('wrong-word');
    }
  });

  it('does not speak to a server whose certificate nobody vouches for', async () => {
    const store = open('', { settleWithinMs: 50 });
    await expect(store.append('s', 'any', [someEvent()])).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
  });
});
