import type { CategoryCode } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { aSubject, assigned, filed, TOWN_LEG, UNITS } from '../../testing/finding-builders';
import { RecordedLog, uuid } from '../../testing/recorded-events';
import { findingsProjection } from '../finding-list/findings.projection';
import { NeighbourQueries } from './neighbour.queries';

const NORTH = 'pd/town-north';
const ALL = { all: true } as const;

describe('Findings like another one', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    const log = new RecordedLog()
      .established(UNITS.county, '平度', 'pd', 'county')
      .established(UNITS.team, '第一组', 'pd/office/team-one', 'team')
      .established(UNITS.town, '大泽山镇', NORTH)
      .established(UNITS.village, '东岳石村', `${NORTH}/village-east`, 'village')
      .finding(uuid(1), filed({ text: 'C级危房未加固' }))
      .finding(uuid(2), filed({ text: '饮水管道冻裂', category: 'WATER' as CategoryCode }))
      .finding(uuid(3), filed({ text: '饮水管道渗漏', category: 'WATER' as CategoryCode, subject: aSubject({ label: '李**' }) }))
      .finding(
        uuid(4),
        ...assigned({
          filed: { text: '屋顶漏雨', place: { townId: UNITS.town, villageId: null, text: '' }, parentId: uuid(1) },
          transferred: { legs: [TOWN_LEG], singleLegBecause: '本镇自办' },
        }),
      );
    await dataSource.transaction((tx) => findingsProjection.apply(log.events, tx));
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('are of the same subject or kind, or tell the same; its own split is none of them', async () => {
    const found = await new NeighbourQueries(dataSource).similar(uuid(1), ALL, 10);
    expect(found?.map(({ findingId, reasons }) => [findingId, reasons])).toStrictEqual([[uuid(2), ['same-subject']]]);
    const water = await new NeighbourQueries(dataSource).similar(uuid(2), ALL, 10);
    expect(water?.map(({ findingId, reasons }) => [findingId, reasons])).toStrictEqual([
      [uuid(3), ['same-village-and-category', 'similar-text']],
      [uuid(1), ['same-subject']],
    ]);
  });

  it('are found along indexes, never by reading the whole list', async () => {
    const plans: string[] = [];
    const runner = dataSource.createQueryRunner();
    // Many in other towns and of other categories, so that the ways differ in what they cost.
    await runner.query(
      `insert into finding_list select c.* from generate_series(1, 4000) n, jsonb_populate_record(null::finding_list,
         (select to_jsonb(f) || jsonb_build_object('finding_id', 'x' || n, 'category', 'X' || n % 20,
           'town_id', case when n % 4 = 0 then f.town_id else 't' || n % 20 end, 'village_id', 'v' || n % 50, 'due_sort', md5(n::text))
          from finding_list f where finding_id = $1)) c`,
      [uuid(1)],
    );
    await runner.query('analyze finding_list');
    // What is quicker read whole is not asked here, but whether it has to be.
    await runner.query('set enable_seqscan = off');
    const asked: DataSource['query'] = async (sql: string, params?: unknown[]) => {
      const rows = (await runner.query(`explain ${sql}`, params)) as readonly Readonly<{ 'QUERY PLAN': string }>[];
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      return dataSource.query(sql, params);
    };
    const queries = new NeighbourQueries({ query: asked } as DataSource);
    await queries.similar(uuid(1), ALL, 10);
    const where = { townId: UNITS.town, villageId: null, category: 'WATER' as CategoryCode, label: '李**' };
    expect((await queries.twins(where, ALL, 20)).map(({ findingId }) => findingId)).toStrictEqual([uuid(3)]);
    await runner.release();
    const [, similar = '', twins = ''] = plans;
    for (const plan of plans) expect(plan).not.toContain('Seq Scan');
    for (const index of ['finding_list_near', 'finding_list_village', 'finding_list_town']) expect(similar).toContain(index);
    expect(twins).toContain('finding_list_near');
  });
});
