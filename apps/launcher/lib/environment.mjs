import { isIP } from 'node:net';

/** The address people and programs on this machine reach the api at. */
export const addressOf = ({ host, port, tls }) => `${tls ? 'https' : 'http'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;

/** Listening everywhere is no address to connect to. */
export const localAddressOf = ({ host, port, tls }) => {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return addressOf({ host: reachable, port, tls });
};

/** What every process of the product is told. The first administrator's password is for one command alone. */
export const environmentFor = ({ settings, database, redis }) => {
  const { ADMIN_COUNTY: _c, ADMIN_NAME: _n, ADMIN_LOGIN: _l, ADMIN_PASSWORD: _p, REDIS_URL: _r, ...rest } = process.env;
  const redisUrl = redis?.url ?? (settings.queue.backend === 'redis' ? settings.queue.url : null);
  return {
    ...rest,
    NODE_ENV: 'production',
    TZ: 'Asia/Shanghai',
    HOST: settings.host,
    PORT: String(settings.port),
    DATA_DIR: settings.dataDir,
    DATABASE_URL: database.url,
    QUEUE_BACKEND: redisUrl ? 'redis' : 'postgres',
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    API_URL: localAddressOf(settings),
  };
};
