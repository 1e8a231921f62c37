import { Redis } from 'ioredis';
import { JobsUnavailable } from './jobs.port';

const CONNECT_WITHIN_MS = 5_000;

const policyIn = (info: string): string | null => /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? null;

/**
 * Refuses a Redis that may throw away keys when memory runs short: alarms would vanish without a word.
 * Errors: JobsUnavailable.
 */
export const checkRedis = async (url: string): Promise<void> => {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_WITHIN_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    enableReadyCheck: true,
  });
  // Every failure also comes back from the call that met it.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const policy = policyIn(await redis.info('memory'));
    if (policy !== 'noeviction') {
      throw new JobsUnavailable(
        `Redis may evict keys when memory runs short (maxmemory-policy is ${policy ?? 'unknown'}); set it to noeviction or use another Redis`,
      );
    }
  } catch (cause) {
    if (cause instanceof JobsUnavailable) throw cause;
    throw new JobsUnavailable('Redis does not answer at the address in REDIS_URL, or refuses the password', { cause });
  } finally {
    redis.disconnect();
  }
};
