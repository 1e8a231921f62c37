import { accessSync, constants } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { eventStoreUrl, UnusableUrl, type EventStoreUrl } from './event-store-url';

/** An expectation in both languages; it follows the name of the setting in the sentence people read. */
const say = (zh: string, en: string): string => `${zh} · ${en}`;

const wholeNumber = (min: number, max: number) => {
  const expected = say(`应为 ${min} 到 ${max} 的整数`, `expected a whole number from ${min} to ${max}`);
  return z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .refine((n) => n >= min && n <= max, expected);
};

const address = (protocols: readonly string[], example: string) =>
  z.string().refine(
    (text) => {
      if (!URL.canParse(text)) return false;
      const { protocol, hostname } = new URL(text);
      return protocols.includes(protocol) && hostname !== '';
    },
    say(`应为形如 ${example} 的地址`, `expected an address like ${example}`),
  );

const readableFile = z
  .string()
  .transform((file) => path.resolve(file))
  .refine(
    (file) => {
      try {
        accessSync(file, constants.R_OK);
        return true;
      } catch {
        return false;
      }
    },
    say('应为可读取的 PEM 文件的路径', 'expected the path of a readable PEM file'),
  );

const isNetwork = (text: string): boolean => {
  const [ip = '', bits, ...rest] = text.split('/');
  const version = isIP(ip);
  const widest = version === 4 ? 32 : 128;
  return version !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest));
};
const networks = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine(
    (parts) => parts.every(isNetwork),
    say('应为代理的 IP 或网段，以逗号分隔', 'expected addresses or networks of the proxies, separated by commas, such as 10.0.0.0/8'),
  );

const eventStoreAddress = z.string().transform((text, context) => {
  try {
    return eventStoreUrl(text);
  } catch (error) {
    if (!(error instanceof UnusableUrl)) throw error;
    context.addIssue({ code: 'custom', message: say(error.zh, error.en) });
    return z.NEVER;
  }
});

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
/** Whether other machines can reach what listens there. */
const isExposed = (host: string): boolean => isIP(host) !== 0 && !loopback.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');

/** Every setting of the product, by the name of its environment variable. An empty variable counts as not set. */
const variables = z.object({
  HOST: z
    .string()
    .refine(
      (host) => host === 'localhost' || isIP(host) !== 0,
      say('应为本机的 IP 地址或 localhost', 'expected an IP address of this machine or localhost'),
    )
    .default('127.0.0.1'),
  PORT: wholeNumber(1, 65535).default(3000),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((dir) => path.resolve(dir)),
  DATABASE_URL: address(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/qingling').optional(),
  DATABASE_POOL: wholeNumber(2, 200).default(10),
  REDIS_URL: address(['redis:', 'rediss:'], 'redis://:password@host:6379').optional(),
  QUEUE_BACKEND: z.enum(['redis', 'postgres'], say('应为 redis 或 postgres', 'expected redis or postgres')).optional(),
  EVENTSTORE_URL: eventStoreAddress.optional(),
  EVENTSTORE_CA: readableFile.optional(),
  TLS_CERT: readableFile.optional(),
  TLS_KEY: readableFile.optional(),
  TRUSTED_PROXY: networks.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, say(`应为 ${LOG_LEVELS.join('、')} 之一`, `expected one of ${LOG_LEVELS.join(', ')}`)).default('info'),
  SESSION_HOURS: wholeNumber(1, 168).default(12),
  SESSION_IDLE_MINUTES: wholeNumber(5, 1440).default(60),
  UPLOAD_MAX_MB: wholeNumber(1, 500).default(50),
});

/** Rules between settings. */
export const settingsSchema = variables
  .superRefine((s, context) => {
    const wrong = (name: keyof typeof s, zh: string, en: string): void => {
      context.addIssue({ code: 'custom', path: [name], message: say(zh, en) });
    };
    if ((s.TLS_CERT === undefined) !== (s.TLS_KEY === undefined)) {
      const missing = s.TLS_CERT === undefined ? 'TLS_CERT' : 'TLS_KEY';
      wrong(missing, 'TLS_CERT 与 TLS_KEY 须同时设置', 'expected TLS_CERT and TLS_KEY together');
    }
    if (isExposed(s.HOST) && s.TLS_CERT === undefined && s.TRUSTED_PROXY === undefined) {
      wrong(
        'HOST',
        '非本机回环地址须设置 TLS_CERT 和 TLS_KEY，或设置 TRUSTED_PROXY',
        'an address other machines can reach needs TLS_CERT and TLS_KEY, or TRUSTED_PROXY when a proxy ends TLS',
      );
    }
    if (s.QUEUE_BACKEND === 'redis' && s.REDIS_URL === undefined) {
      wrong('QUEUE_BACKEND', '为 redis 时须设置 REDIS_URL', 'redis needs REDIS_URL');
    }
    if (s.EVENTSTORE_CA !== undefined && s.EVENTSTORE_URL?.tls !== true) {
      wrong('EVENTSTORE_CA', '只用于以 TLS 连接的 EVENTSTORE_URL', 'is for an EVENTSTORE_URL with TLS');
    } else if (s.EVENTSTORE_CA !== undefined && s.EVENTSTORE_URL?.namesCa === true) {
      wrong('EVENTSTORE_CA', '与 EVENTSTORE_URL 中的 tlsCaFile 只能设其一', 'and tlsCaFile in EVENTSTORE_URL: only one of the two');
    }
  })
  .transform((s) => ({
    host: s.HOST,
    port: s.PORT,
    /** Absolute. Keys, evidence, logs and the embedded database live below it. */
    dataDir: s.DATA_DIR,
    /** Not set: the launcher starts PostgreSQL itself and hands its address to the processes. */
    databaseUrl: s.DATABASE_URL ?? null,
    databasePool: s.DATABASE_POOL,
    queue: queueOf(s.QUEUE_BACKEND, s.REDIS_URL),
    eventStore: eventStoreOf(s.EVENTSTORE_URL, s.EVENTSTORE_CA),
    tls: s.TLS_CERT !== undefined && s.TLS_KEY !== undefined ? { certFile: s.TLS_CERT, keyFile: s.TLS_KEY } : null,
    trustedProxies: s.TRUSTED_PROXY ?? [],
    logLevel: s.LOG_LEVEL,
    session: { hours: s.SESSION_HOURS, idleMinutes: s.SESSION_IDLE_MINUTES },
    uploadMaxBytes: s.UPLOAD_MAX_MB * 1024 * 1024,
  }));

export type QueueSettings = Readonly<{ backend: 'redis'; url: string }> | Readonly<{ backend: 'postgres' }>;

const queueOf = (backend: 'redis' | 'postgres' | undefined, url: string | undefined): QueueSettings =>
  url !== undefined && backend !== 'postgres' ? { backend: 'redis', url } : { backend: 'postgres' };

/** Where the events are. `exposed`: they travel as plain text to another machine, which is worth a warning. */
export type EventStoreSettings =
  Readonly<{ backend: 'postgres' }> | Readonly<{ backend: 'eventstoredb'; connectionString: string; caFile?: string; exposed: boolean }>;

const eventStoreOf = (address: EventStoreUrl | undefined, caFile: string | undefined): EventStoreSettings =>
  address === undefined
    ? { backend: 'postgres' }
    : {
        backend: 'eventstoredb',
        connectionString: address.url,
        ...(caFile === undefined ? {} : { caFile }),
        exposed: address.exposed,
      };

/** What an operator is told at the start; null when there is nothing to tell. */
export const warningOf = ({ eventStore }: Readonly<{ eventStore: EventStoreSettings }>): string | null =>
  eventStore.backend === 'eventstoredb' && eventStore.exposed
    ? say(
        'EVENTSTORE_URL 连接另一台机器而不用 TLS：事件以明文传输，也没有用户验证，只可用于封闭网络',
        'EVENTSTORE_URL leads to another machine without TLS: events travel as plain text and nobody is asked who they are, so this is for closed networks alone',
      )
    : null;

export type Settings = Readonly<z.output<typeof settingsSchema>>;
export const SETTING_NAMES: readonly string[] = Object.keys(variables.shape);
