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

/** `oa.example.gov.cn`, `oa.example.gov.cn:8443`, and where it must be without TLS `http://…`: said so on purpose. */
const HOOK_HOST = /^(?:(http|https):\/\/)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?$/;
export type WebhookHost = Readonly<{ protocol: 'http:' | 'https:'; host: string; port: number }>;
const webhookHost = (text: string): WebhookHost | null => {
  const [, scheme = 'https', host, port] = HOOK_HOST.exec(text.toLowerCase()) ?? [];
  const number = port === undefined ? (scheme === 'http' ? 80 : 443) : Number(port);
  return host === undefined || number < 1 || number > 65_535
    ? null
    : { protocol: scheme === 'http' ? 'http:' : 'https:', host, port: number };
};
const webhookHosts = z.string().transform((text, context): readonly WebhookHost[] => {
  const hosts = text.split(',').map((part) => webhookHost(part.trim()));
  if (hosts.every((host) => host !== null)) return hosts;
  context.addIssue({
    code: 'custom',
    message: say(
      '应为主机名（可带端口），以逗号分隔；不用 TLS 的须写明 http://',
      'expected host names with or without a port, separated by commas; http:// in front of one that must go without TLS',
    ),
  });
  return z.NEVER;
});

const MAILBOX = /^(?:[^<>@\r\n]{1,60} <[^\s<>@]{1,64}@[^\s<>@]{1,200}>|[^\s<>@]{1,64}@[^\s<>@]{1,200})$/;

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
  BACKUP_DIR: z
    .string()
    .transform((dir) => path.resolve(dir))
    .optional(),
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
  PUBLIC_URL: address(['http:', 'https:'], 'https://qingling.example.gov.cn').optional(),
  SMTP_URL: address(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.gov.cn:587').optional(),
  SMTP_CA: readableFile.optional(),
  MAIL_FROM: z
    .string()
    .regex(MAILBOX, say('应为形如 清零 <qingling@example.gov.cn> 的发件人', 'expected a sender like Qingling <qingling@example.gov.cn>'))
    .optional(),
  WEBHOOK_HOSTS: webhookHosts.optional(),
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
    if ((s.SMTP_URL === undefined) !== (s.MAIL_FROM === undefined)) {
      const missing = s.SMTP_URL === undefined ? 'SMTP_URL' : 'MAIL_FROM';
      wrong(missing, 'SMTP_URL 与 MAIL_FROM 须同时设置', 'expected SMTP_URL and MAIL_FROM together');
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
    /** Absolute. Where backups that administrators start lie; another disk is better. */
    backupDir: s.BACKUP_DIR ?? path.join(s.DATA_DIR, 'backups'),
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
    /** Where people open the product, without a slash at the end: links in mail and on paper begin with it. */
    publicUrl: s.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    mail:
      s.SMTP_URL !== undefined && s.MAIL_FROM !== undefined
        ? { url: s.SMTP_URL, from: s.MAIL_FROM, ...(s.SMTP_CA === undefined ? {} : { caFile: s.SMTP_CA }) }
        : null,
    webhookHosts: s.WEBHOOK_HOSTS ?? [],
  }));

/** Null on an instance that sends no mail. */
export type MailSettings = Readonly<{ url: string; from: string; caFile?: string }>;

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
