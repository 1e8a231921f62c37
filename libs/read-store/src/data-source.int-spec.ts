import { createDataSource, runMigrations } from '@app/read-store';
import { emptyDatabase, freshDatabase } from '@app/testing';

describe('The schema of the read store', () => {
  it('is the same whether processes migrate together or again', async () => {
    const database = await emptyDatabase();
    const ran = await Promise.all([runMigrations(database.url), runMigrations(database.url), runMigrations(database.url)]);
    const [most = [], ...rest] = [...ran].sort((a, b) => b.length - a.length);
    expect(most.length).toBeGreaterThan(0);
    expect(rest).toStrictEqual([[], []]);
    expect(await runMigrations(database.url)).toStrictEqual([]);
    await database.drop();
  });

  it('sorts Chinese by pinyin and finds pieces of it', async () => {
    const database = await freshDatabase();
    const dataSource = await createDataSource(database.url).initialize();
    const [row] = await dataSource.query<{ towns: string[]; trigrams: number }[]>(
      `select (select array_agg(name order by name) from unnest(array['云山镇','大泽山镇','旧店镇']) as t (name)) as towns,
              cardinality(show_trgm('平度市大泽山镇')) as trigrams`,
    );
    expect(row?.towns).toStrictEqual(['大泽山镇', '旧店镇', '云山镇']);
    expect(row?.trigrams).toBeGreaterThan(0);
    await dataSource.destroy();
    await database.drop();
  });
});
