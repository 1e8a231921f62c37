import path from 'node:path';
import { loadSettings, SettingsError } from './load-settings';
import { warningOf } from './settings.schema';

const wrongIn = (env: Record<string, string>): readonly string[] => {
  try {
    loadSettings(env);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.wrong.map(({ name, expected }) => `${name}: ${expected.split(' · ').at(-1) ?? ''}`);
  }
};

describe('the settings', () => {
  it('need nothing: every one has a default that works on one machine', () => {
    expect(loadSettings({})).toStrictEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: path.resolve('.data'),
      backupDir: path.resolve('.data', 'backups'),
      databaseUrl: null,
      databasePool: 10,
      queue: { backend: 'postgres' },
      eventStore: { backend: 'postgres' },
      tls: null,
      trustedProxies: [],
      logLevel: 'info',
      session: { hours: 12, idleMinutes: 60 },
      uploadMaxBytes: 52_428_800,
      publicUrl: null,
      mail: null,
      webhookHosts: [],
    });
  });

  it('treat an empty variable as not set and ignore what is none of ours', () => {
    expect(loadSettings({ PORT: ' ', DATABASE_URL: '', PATH: '/bin' })).toStrictEqual(loadSettings({}));
  });

  it('put the queue on Redis when there is an address of one, on PostgreSQL otherwise', () => {
    expect(loadSettings({ REDIS_URL: 'redis://127.0.0.1:6379' }).queue).toStrictEqual({ backend: 'redis', url: 'redis://127.0.0.1:6379' });
    expect(loadSettings({ REDIS_URL: 'redis://127.0.0.1:6379', QUEUE_BACKEND: 'postgres' }).queue).toStrictEqual({ backend: 'postgres' });
  });

  it('keep the events in EventStoreDB when there is an address of one, in PostgreSQL otherwise', () => {
    const url = 'esdb://admin:changeit@a:2113,b:2113';
    expect(loadSettings({ EVENTSTORE_URL: url, EVENTSTORE_CA: __filename }).eventStore).toStrictEqual({
      backend: 'eventstoredb',
      connectionString: url,
      caFile: __filename,
      exposed: false,
    });
  });

  it('send mail where there are a server and a sender, and webhooks to named hosts alone, without TLS only where that is said', () => {
    const env = { SMTP_URL: 'smtps://u:geheim@mail.test', MAIL_FROM: '清零 <ql@mail.test>', PUBLIC_URL: 'https://ql.test/' };
    const { mail, publicUrl } = loadSettings(env);
    expect([mail, publicUrl]).toStrictEqual([{ url: 'smtps://u:geheim@mail.test', from: '清零 <ql@mail.test>' }, 'https://ql.test']);
    expect(loadSettings({ WEBHOOK_HOSTS: 'OA.test, hooks.test:8443,http://old.test' }).webhookHosts).toStrictEqual([
      { protocol: 'https:', host: 'oa.test', port: 443 },
      { protocol: 'https:', host: 'hooks.test', port: 8443 },
      { protocol: 'http:', host: 'old.test', port: 80 },
    ]);
    expect(wrongIn({ SMTP_URL: 'smtp://mail.test' })).toStrictEqual(['MAIL_FROM: expected SMTP_URL and MAIL_FROM together']);
    expect(wrongIn({ WEBHOOK_HOSTS: 'oa.test/path' }).length).toBe(1);
  });

  it('warn where events would travel as plain text to another machine', () => {
    const warningFor = (EVENTSTORE_URL: string): string | null => warningOf(loadSettings({ EVENTSTORE_URL }));
    expect(warningFor('esdb://u:geheim@10.0.0.1?tls=false')).toContain('EVENTSTORE_URL leads to another machine without TLS');
    expect(warningFor('esdb://u:geheim@10.0.0.1?tls=false')).not.toContain('geheim');
    expect([warningFor('esdb://127.0.0.1?tls=false'), warningFor('esdb://10.0.0.1'), warningFor('')]).toStrictEqual([null, null, null]);
  });

  it.each([
    [{ PORT: '0' }, 'PORT: expected a whole number from 1 to 65535'],
    [{ PORT: '70000' }, 'PORT: expected a whole number from 1 to 65535'],
    [{ PORT: 'http' }, 'PORT: expected a whole number from 1 to 65535'],
    [{ HOST: 'example.org' }, 'HOST: expected an IP address of this machine or localhost'],
    [{ DATABASE_URL: 'mysql://a/b' }, 'DATABASE_URL: expected an address like postgres://user:password@host:5432/qingling'],
    [{ DATABASE_URL: 'a word' }, 'DATABASE_URL: expected an address like postgres://user:password@host:5432/qingling'],
    [{ REDIS_URL: 'http://x' }, 'REDIS_URL: expected an address like redis://:password@host:6379'],
    [{ QUEUE_BACKEND: 'redis' }, 'QUEUE_BACKEND: redis needs REDIS_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, silent'],
    [{ SESSION_HOURS: '1.5' }, 'SESSION_HOURS: expected a whole number from 1 to 168'],
    [{ TLS_CERT: __filename }, 'TLS_KEY: expected TLS_CERT and TLS_KEY together'],
    [{ TLS_CERT: '/no/such/file', TLS_KEY: __filename }, 'TLS_CERT: expected the path of a readable PEM file'],
    [
      { TRUSTED_PROXY: '10.0.0.0/40' },
      'TRUSTED_PROXY: expected addresses or networks of the proxies, separated by commas, such as 10.0.0.0/8',
    ],
    [{ EVENTSTORE_URL: 'postgres://a/b' }, 'EVENTSTORE_URL: expected an address like esdb://user:password@host:2113?tls=true'],
    [{ EVENTSTORE_CA: __filename }, 'EVENTSTORE_CA: is for an EVENTSTORE_URL with TLS'],
    [{ EVENTSTORE_CA: '/no/such/file', EVENTSTORE_URL: 'esdb://a' }, 'EVENTSTORE_CA: expected the path of a readable PEM file'],
    [{ EVENTSTORE_CA: __filename, EVENTSTORE_URL: 'esdb://a?tls=false' }, 'EVENTSTORE_CA: is for an EVENTSTORE_URL with TLS'],
    [
      { EVENTSTORE_CA: __filename, EVENTSTORE_URL: `esdb://a?tlsCaFile=${encodeURIComponent(__filename)}` },
      'EVENTSTORE_CA: and tlsCaFile in EVENTSTORE_URL: only one of the two',
    ],
  ])('name the wrong one and what was expected: %j', (env, sentence) => {
    expect(wrongIn(env as Record<string, string>)).toStrictEqual([sentence]);
  });

  it('name each wrong one, not only the first', () => {
    expect(wrongIn({ PORT: 'x', LOG_LEVEL: 'loud' }).map((line) => line.split(':')[0])).toStrictEqual(['PORT', 'LOG_LEVEL']);
  });

  it('never repeat a value, because it may hold a password', () => {
    expect(wrongIn({ DATABASE_URL: 'mysql://root:geheim@db/x' }).join()).not.toContain('geheim');
    expect(wrongIn({ EVENTSTORE_URL: 'esdb://root:geheim@db?geheim=1' }).join()).not.toContain('geheim');
  });

  it('refuse an address that others can reach without TLS or a trusted proxy', () => {
    const sentence = 'HOST: an address other machines can reach needs TLS_CERT and TLS_KEY, or TRUSTED_PROXY when a proxy ends TLS';
    expect(wrongIn({ HOST: '0.0.0.0' })).toStrictEqual([sentence]);
    expect(wrongIn({ HOST: '::' })).toStrictEqual([sentence]);
    expect(wrongIn({ HOST: '0.0.0.0', TRUSTED_PROXY: '10.1.2.3, fd00::/8' })).toStrictEqual([]);
    expect(wrongIn({ HOST: '0.0.0.0', TLS_CERT: __filename, TLS_KEY: __filename })).toStrictEqual([]);
    expect(wrongIn({ HOST: '127.0.0.2' })).toStrictEqual([]);
    expect(wrongIn({ HOST: '::1' })).toStrictEqual([]);
  });
});
