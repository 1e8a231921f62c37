import { createDataSource } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import {
  ACTORS,
  allPassed,
  assigned,
  at,
  cleared,
  DEPARTMENT_LEG,
  delivered,
  filed,
  happened,
  L1,
  passed,
  signedFor,
  someEvidence,
  submission,
  TOWN_LEG,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { RecordedLog, uuid } from '../../testing/recorded-events';
import { findingsProjection } from './findings.projection';

let database: FreshDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await createDataSource(database.url).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const rowsOf = (sql: string, params: readonly unknown[] = []): Promise<unknown[]> => dataSource.query<unknown[]>(sql, [...params]);
const empty = async (): Promise<void> => {
  await rowsOf(`truncate ${findingsProjection.tables.join(', ')}`);
};
const apply = (events: RecordedLog['events']): Promise<void> => dataSource.transaction((tx) => findingsProjection.apply(events, tx));
const snapshot = async (): Promise<Record<string, unknown>> => {
  const tables: [string, unknown][] = [];
  for (const table of findingsProjection.tables) {
    const [row] = await dataSource.query<{ rows: unknown }[]>(
      `select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]') as rows from ${table} t`,
    );
    tables.push([table, row?.rows]);
  }
  return Object.fromEntries(tables);
};

const [A, B, C, D] = [uuid(1), uuid(2), uuid(3), uuid(4)];

/** Units first, then findings in every phase, a merger, a move and a new name between them. */
const history = (): RecordedLog => {
  const moved = assigned();
  const returned = happened(
    'LegReturned',
    { legId: L1, unitId: UNITS.town, ground: 'wrong-place', text: '不在本镇', rulingDue: filed().data.triageDue, objection: false },
    ACTORS.townClerk,
    at('2020-07-08'),
  );
  const ruled = happened(
    'ReturnRuled',
    { legId: L1, unitId: UNITS.town, ruling: 'moved', toUnitId: UNITS.otherTown, reason: '属南镇', final: false },
    ACTORS.office,
    at('2020-07-09'),
  );
  const past = [...moved, returned, ruled];
  return new RecordedLog()
    .established(UNITS.county, '平度', 'pd', 'county')
    .established(UNITS.office, '督查办', 'pd/office', 'office')
    .established(UNITS.team, '第一组', 'pd/office/team-one', 'team')
    .established(UNITS.town, '北镇', 'pd/town-north')
    .established(UNITS.village, '东村', 'pd/town-north/village-east', 'village')
    .established(UNITS.otherTown, '南镇', 'pd/town-south')
    .established(UNITS.department, '住建局', 'pd/dept-housing', 'department')
    .finding(A, ...assigned(), signedFor(TOWN_LEG))
    .finding(B, ...allPassed(), verified(), cleared())
    .finding(C, filed(), happened('EvidenceAdded', { evidence: someEvidence('e1') }, ACTORS.inspector, at('2020-07-06', '11:00')))
    .finding(D, ...past, delivered({ ...TOWN_LEG, unitId: UNITS.otherTown }, past, at('2020-07-09'), UNITS.town))
    .unit({ type: 'UnitRenamed', data: { unitId: UNITS.department, name: '住房和城乡建设局' } })
    .unit({ type: 'UnitMerged', data: { unitId: UNITS.town, into: UNITS.otherTown } })
    .unit({ type: 'UnitMoved', data: { unitId: UNITS.otherTown, formerPath: 'pd/town-south', path: 'pd/zone/town-south' } })
    .finding(A, ...submission(TOWN_LEG), ...submission(DEPARTMENT_LEG), passed(TOWN_LEG, false))
    .finding(
      B,
      happened('LookedBack', { round: '2020-2', result: 'holds', text: '未反弹', relapseId: null }, ACTORS.office, at('2020-09-01')),
    );
};

describe('The read models of findings', () => {
  beforeEach(empty);

  it('hold the same rows whether events come one by one, all at once, or twice', async () => {
    const { events } = history();
    for (const event of events) await apply([event]);
    const oneByOne = await snapshot();
    await apply(events);
    expect(await snapshot()).toStrictEqual(oneByOne);
    await empty();
    await apply(events);
    expect(await snapshot()).toStrictEqual(oneByOne);
    await empty();
    for (let i = 0; i < events.length; i += 7) await apply(events.slice(i, i + 7));
    expect(await snapshot()).toStrictEqual(oneByOne);
  });

  it('move open legs with a merger, their due times unchanged, and leave closed history its old name', async () => {
    const { events } = history();
    const mergedAt = events.findIndex((event) => event.type === 'UnitMerged');
    await apply(events.slice(0, mergedAt));
    const legs = (): Promise<unknown[]> =>
      rowsOf(
        `select finding_id, unit_id, unit_name, unit_path, due_at from finding_leg where leg_id = 'L1' and finding_id = any($1) order by 1`,
        [[A, B]],
      );
    const before = (await legs()) as { due_at: string }[];
    await apply(events.slice(mergedAt));
    expect(await legs()).toStrictEqual([
      { finding_id: A, unit_id: UNITS.otherTown, unit_name: '南镇', unit_path: 'pd/zone/town-south', due_at: before[0]?.due_at },
      { finding_id: B, unit_id: UNITS.town, unit_name: '北镇', unit_path: 'pd/town-north', due_at: before[1]?.due_at },
    ]);
    const names = await rowsOf(`select finding_id, department_name from finding_list where finding_id = any($1) order by 1`, [[A, B]]);
    expect(names).toStrictEqual([
      { finding_id: A, department_name: '住房和城乡建设局' },
      { finding_id: B, department_name: '住建局' },
    ]);
  });

  it('count exactly what the list holds', async () => {
    await apply(history().events);
    const counted = await rowsOf(
      `select dimension, key, stage, n from finding_count where dimension in ('all', 'town', 'category', 'team', 'source') order by 1, 2, 3`,
    );
    const listed = await rowsOf(
      `select d as dimension, k as key, stage, count(*)::int as n from finding_list,
         lateral (values ('all', ''), ('town', town_id), ('category', category), ('team', team_id), ('source', source_kind)) as x (d, k)
       group by 1, 2, 3 order by d, x.k collate "C", stage`,
    );
    expect(counted).toStrictEqual(listed);
    const readers = await rowsOf(`select key, sum(n)::int as n from finding_count where dimension = 'reader' group by 1 order by 1`);
    expect(readers).toStrictEqual(
      await rowsOf(
        `select path as key, count(*)::int as n from finding_list, unnest(reader_paths) as path group by path order by path collate "C"`,
      ),
    );
  });

  it('say whose turn it is, and let a unit that lost its leg go', async () => {
    await apply(history().events);
    const turns = await rowsOf(`select finding_id, work, part, unit_id, roles from inbox_entry order by finding_id, work, part`);
    expect(turns).toStrictEqual([
      { finding_id: A, work: 'review', part: 'L2', unit_id: UNITS.office, roles: ['office', 'office-head'] },
      { finding_id: C, work: 'triage', part: 'office', unit_id: UNITS.office, roles: ['office', 'office-head'] },
      { finding_id: C, work: 'triage', part: 'team', unit_id: UNITS.team, roles: ['team-head'] },
      { finding_id: D, work: 'sign', part: 'L1', unit_id: UNITS.otherTown, roles: ['clerk', 'deputy', 'head'] },
      { finding_id: D, work: 'sign', part: 'L2', unit_id: UNITS.department, roles: ['clerk', 'deputy', 'head'] },
    ]);
    await empty();
    const beforeMerger = history().events.filter((event) => event.type !== 'UnitMerged');
    await apply(beforeMerger);
    const [readers] = await dataSource.query<{ reader_paths: string[] }[]>(`select reader_paths from finding_list where finding_id = $1`, [
      D,
    ]);
    expect(readers?.reader_paths.includes('pd/town-north')).toBe(false);
    expect(readers?.reader_paths.includes('pd/zone/town-south')).toBe(true);
    const acts = await rowsOf(`select type from finding_event where unit_id = $1 and finding_id = $2`, [UNITS.town, D]);
    expect(acts).toStrictEqual([{ type: 'LegReturned' }]);
  });
});
