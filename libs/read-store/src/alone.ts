import type { DataSource } from 'typeorm';

/** Runs `work` unless another process, or another part of this one, works under the same name already; then it returns at once. */
export const alone = async (database: DataSource, name: string, work: () => Promise<void>): Promise<void> => {
  const runner = database.createQueryRunner();
  try {
    const [lock] = (await runner.query('select pg_try_advisory_lock(hashtextextended($1, 61)) as free', [name])) as { free: boolean }[];
    if (lock?.free !== true) return;
    try {
      await work();
    } finally {
      await runner.query('select pg_advisory_unlock(hashtextextended($1, 61))', [name]);
    }
  } finally {
    await runner.release();
  }
};
