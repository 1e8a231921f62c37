import { Redis } from 'ioredis';
import { JobsUnavailable } from './jobs.port';

const CONNECT_WITHIN_MS = 5_000;

const policyIn = (info: string): string | null => /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? null;

export const mayEvict = (policy: string | null): boolean => policy !== 'noeviction';

/** What this Redis does when memory runs short; null when it does not say. Errors: JobsUnavailable. */
export const evictionPolicy = async (url: string): Promise<string | null> => {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_WITHIN_MS,
    commandTimeout: CONNECT_WITHIN_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    enableReadyCheck: true,
  });
  // Every failure also comes back from the call that met it.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return policyIn(await redis.info('memory'));
  } catch (cause) {
    throw new JobsUnavailable('Redis does not answer at the address in REDIS_URL, or refuses the password', { cause });
  } finally {
    redis.disconnect();
  }
};

/**
 * Refuses a Redis that may throw away keys when memory runs short: alarms would vanish without a word.
 * Errors: JobsUnavailable.
 */
export const checkRedis = async (url: string): Promise<void> => {
  const policy = await evictionPolicy(url);
  if (!mayEvict(policy)) return;
  throw new JobsUnavailable(
    `Redis 在内存不足时会丢弃数据（maxmemory-policy 为 ${policy ?? '未知'}），请设为 noeviction 或换用其他 Redis · Redis may evict keys when memory runs short (maxmemory-policy is ${policy ?? 'unknown'}); set it to noeviction or use another Redis`,
  );
};
