import { parseArgs } from 'node:util';
import { DoubleRefused, type DoubleOptions } from '@app/eventstore-double';

export const USAGE = 'npm run eventstore -- [--port 2113] [--host 127.0.0.1] [--database URL] [--tls CERTDIR]';
/** Where clients look for such a server. */
const DEFAULT_PORT = '2113';

const unknownArgument = (cause: unknown): DoubleRefused =>
  new DoubleRefused(`不认识或不完整的参数；用法：${USAGE}`, `Unknown or incomplete argument; usage: ${USAGE}`, { cause });

const parsed = (args: readonly string[]) => {
  try {
    const text = { type: 'string' } as const;
    const options = { port: text, host: text, database: text, tls: text, help: { type: 'boolean', short: 'h' } } as const;
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw unknownArgument(error);
  }
};

const portOf = (text: string): number => {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new DoubleRefused(
    `--port ${text}：应为 0 到 65535 的整数。`,
    `--port ${text}: expected a whole number from 0 to 65535 (0 takes a free one).`,
  );
};

/** An address may hold a password: it is never repeated. */
const databaseOf = (text: string): string => {
  if (URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol)) return text;
  throw new DoubleRefused(
    '--database：应为 postgres://用户:密码@主机:端口/库名 形式的地址。',
    '--database: expected an address like postgres://user:password@host:port/name.',
  );
};

const given = <K extends keyof DoubleOptions>(name: K, value: DoubleOptions[K] | undefined): Partial<DoubleOptions> =>
  value === undefined ? {} : { [name]: value };

/** What the command line and the surroundings ask for; `help` when they ask how to. Errors: DoubleRefused. */
export const optionsFrom = (args: readonly string[], env: Readonly<Record<string, string | undefined>>): DoubleOptions | 'help' => {
  const { help, port = DEFAULT_PORT, host, database, tls } = parsed(args);
  if (help === true) return 'help';
  if (host === '' || tls === '') throw unknownArgument(undefined);
  const { EVENTSTORE_ADMIN_PASSWORD: admin = '', EVENTSTORE_OPS_PASSWORD: ops = '' } = env;
  return {
    port: portOf(port),
    ...given('host', host),
    ...given('databaseUrl', database === undefined ? undefined : databaseOf(database)),
    ...given('certDir', tls),
    passwords: { ...(admin === '' ? {} : { admin }), ...(ops === '' ? {} : { ops }) },
  };
};
