import type { Actor, CategoryCode, FindingId, UnitId } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase, VirtualClock, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import {
  ACTORS,
  allPassed,
  anItem,
  aSubject,
  assigned,
  at,
  cleared,
  filed,
  happened,
  L1,
  signedFor,
  TOWN_LEG,
  underWork,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { RecordedLog, uuid } from '../../testing/recorded-events';
import { FindingDetailQueries } from '../finding-detail/finding-detail.queries';
import { InboxQueries } from '../inbox/inbox.queries';
import { BadCursor, FindingQueries, type FindingPageQuery } from './finding.queries';
import type { FindingFilter } from './finding-list.filter';
import { findingsProjection } from './findings.projection';
import { LegQueries } from './leg.queries';
import { NOTHING, type VisibilityScope } from './visibility';

let database: FreshDatabase;
let dataSource: DataSource;
let statements: string[] = [];
const clock = new VirtualClock(at('2020-07-20'));

const ALL: VisibilityScope = { all: true };
const of = (...paths: readonly string[]): VisibilityScope => ({ all: false, paths, leaderPaths: [] });
const NORTH = 'pd/town-north';
const SOUTH = 'pd/town-south';
const southLeg = { ...TOWN_LEG, unitId: UNITS.otherTown };
const inSouth = (text: string) => ({
  filed: { place: { townId: UNITS.otherTown, villageId: null, text }, text, category: 'WATER' as CategoryCode },
  transferred: { legs: [southLeg], singleLegBecause: '本镇自办' },
});

beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await createDataSource(database.url).initialize();
  const log = new RecordedLog()
    .established(UNITS.county, '平度', 'pd', 'county')
    .established(UNITS.office, '督查办', 'pd/office', 'office')
    .established(UNITS.team, '第一组', 'pd/office/team-one', 'team')
    .established(UNITS.town, '大泽山镇', NORTH)
    .established(UNITS.village, '东岳石村', `${NORTH}/village-east`, 'village')
    .established(UNITS.otherTown, '云山镇', SOUTH)
    .established(UNITS.department, '住建局', 'pd/dept-housing', 'department')
    .finding(
      uuid(1),
      ...assigned({ filed: { number: 'QL-2020-000001', text: 'MARKERNORTH 建新未拆旧', items: [anItem('i1'), anItem('i2')] } }),
    )
    .finding(uuid(2), ...assigned(inSouth('MARKERSOUTH 饮水工程 100% 未通水')))
    .finding(uuid(3), ...allPassed({ filed: { number: 'QL-2020-000003' } }), verified(), cleared())
    .finding(uuid(4), filed({ number: 'QL-2020-000004', subject: aSubject({ label: '慈善大厦', kind: 'project' }) }))
    .finding(uuid(5), ...underWork({ filed: { number: 'QL-2020-000005' } }))
    .finding(
      uuid(5),
      happened(
        'LegAssigned',
        { legId: L1, unitId: UNITS.town, villageId: UNITS.village, assignee: '网格员' },
        ACTORS.townClerk,
        at('2020-07-08'),
      ),
    );
  await dataSource.transaction((tx) => findingsProjection.apply(log.events, tx));
  const query = dataSource.query.bind(dataSource);
  dataSource.query = (async (sql: string, params?: unknown[]) => {
    statements.push(sql);
    return query(sql, params);
  }) as typeof dataSource.query;
});
beforeEach(() => (statements = []));
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const ask = (scope: VisibilityScope, filter: FindingFilter = {}, more: Partial<FindingPageQuery> = {}) =>
  new FindingQueries(dataSource, clock).page(scope, { filter, order: 'number', descending: false, limit: 50, cursor: null, ...more });
const ids = async (scope: VisibilityScope, filter: FindingFilter = {}): Promise<readonly string[]> =>
  (await ask(scope, filter)).rows.map((row) => row.finding_id).sort();

describe('The list of findings', () => {
  it('gives a page and its total with one statement', async () => {
    const page = await ask(ALL);
    expect([page.rows.length, page.total, page.exact, statements.length]).toStrictEqual([5, 5, true, 1]);
    statements = [];
    const few = await ask(of(NORTH), { category: ['HOUSE-C'], overdue: true, text: '大泽山' });
    expect(few.exact).toBe(true);
    expect(statements.length).toBe(1);
  });

  it('narrows by unit, town, department, category, source, status, stage, due window and overdue', async () => {
    expect(await ids(ALL, { townId: UNITS.otherTown })).toStrictEqual([uuid(2)]);
    expect(await ids(ALL, { departmentId: UNITS.department })).toStrictEqual([uuid(1), uuid(3), uuid(5)]);
    expect(await ids(ALL, { unitPath: `${NORTH}/village-east` })).toStrictEqual([uuid(1), uuid(3), uuid(4), uuid(5)]);
    expect(await ids(ALL, { unitPath: 'pd/office' })).toHaveLength(5);
    expect(await ids(ALL, { category: ['WATER'] })).toStrictEqual([uuid(2)]);
    expect(await ids(ALL, { status: ['verified'] })).toStrictEqual([uuid(3)]);
    expect(await ids(ALL, { stage: ['untriaged', 'unsigned'] })).toStrictEqual([uuid(1), uuid(2), uuid(4)]);
    expect(await ids(ALL, { source: 'upper' })).toStrictEqual([]);
    const due = (await ask(ALL, { townId: UNITS.otherTown })).rows[0]?.due_at;
    expect(await ids(ALL, { dueTo: due as never, dueFrom: due as never })).toContain(uuid(2));
    expect(await ids(ALL, { overdue: true })).toStrictEqual([]);
    clock.set(at('2020-12-01'));
    expect(await ids(ALL, { overdue: true })).toStrictEqual([uuid(1), uuid(2), uuid(5)]);
    expect(await ids(ALL, { overdue: false })).toStrictEqual([uuid(3), uuid(4)]);
    clock.set(at('2020-07-20'));
  });

  it('finds any piece of two characters, the number, and names by their initials', async () => {
    expect(await ids(ALL, { text: '拆旧' })).toStrictEqual([uuid(1)]);
    expect(await ids(ALL, { text: '未拆' })).toStrictEqual([uuid(1)]);
    expect(await ids(ALL, { text: '旧拆' })).toStrictEqual([]);
    expect(await ids(ALL, { text: 'ql-2020-000004' })).toStrictEqual([uuid(4)]);
    expect(await ids(ALL, { text: '100%' })).toStrictEqual([uuid(2)]);
    expect(await ids(ALL, { text: 'ysz' })).toStrictEqual([uuid(2)]);
    expect(await ids(ALL, { text: 'csds' })).toStrictEqual([uuid(4)]);
    expect(await ids(ALL, { text: 'dzs' })).toStrictEqual([uuid(1), uuid(3), uuid(4), uuid(5)]);
    expect(await ids(ALL, { text: '拆' })).toStrictEqual([]);
  });

  it('counts by one dimension from counters, by several from rows', async () => {
    const dims: readonly FindingFilter[] = [
      {},
      { status: ['assigned'] },
      { townId: UNITS.town },
      { townId: UNITS.town, stage: ['rectifying'] },
      { unitPath: NORTH },
      { category: ['HOUSE-C'], townId: UNITS.town },
      { text: '危房' },
    ];
    for (const filter of dims) expect((await ask(ALL, filter)).total).toBe((await ids(ALL, filter)).length);
    for (const path of [NORTH, SOUTH, 'pd/office', 'pd/dept-housing'])
      expect((await ask(of(path))).total).toBe((await ids(of(path))).length);
  });

  it('walks every row once in each order, over ties, page by page', async () => {
    for (const order of ['due', 'filed', 'number', 'updated'] as const) {
      for (const descending of [true, false]) {
        const seen: string[] = [];
        for (let cursor: string | null = null; ;) {
          const page = await ask(ALL, {}, { order, descending, limit: 2, cursor });
          seen.push(...page.rows.map((row) => row.finding_id));
          expect(page.total).toBe(5);
          cursor = page.next;
          if (cursor === null) break;
        }
        const whole = (await ask(ALL, {}, { order, descending })).rows.map((row) => row.finding_id);
        expect(seen).toStrictEqual(whole);
        expect(new Set(seen).size).toBe(5);
      }
    }
  });

  it('refuses a cursor of another order', async () => {
    const { next } = await ask(ALL, {}, { limit: 2 });
    await expect(ask(ALL, {}, { order: 'due', cursor: next })).rejects.toThrow(BadCursor);
    await expect(ask(ALL, {}, { cursor: 'nonsense' })).rejects.toThrow(BadCursor);
  });
});

describe('Who sees what', () => {
  const everything = async (scope: VisibilityScope, actor: Actor): Promise<string> => {
    const details = new FindingDetailQueries(dataSource, clock);
    const findings = [uuid(1), uuid(2), uuid(3), uuid(4), uuid(5)];
    return JSON.stringify(
      [
        await ask(scope),
        await ask(scope, { text: 'MARKER' }),
        await ask(scope, { category: ['WATER', 'HOUSE-C'] }),
        await new LegQueries(dataSource, clock).page(scope, { filter: {}, limit: 50, cursor: null }),
        await new InboxQueries(dataSource, clock).page({ actor, whole: 'unit', leaderPaths: [] }, { limit: 50, cursor: null }),
        await Promise.all(findings.map((id) => details.detail(id, scope))),
        await Promise.all(findings.map((id) => details.timeline(id, scope, 0n, 100))),
        await details.acts({ unitIds: [actor.unitId] }, null, 50),
      ],
      (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    );
  };

  it('never lets a word of one town appear for another', async () => {
    const north = await everything(of(NORTH), ACTORS.townClerk);
    expect(north.includes('MARKERNORTH')).toBe(true);
    expect(north.includes('MARKERSOUTH')).toBe(false);
    const south = await everything(of(SOUTH), ACTORS.otherTownClerk);
    expect(south.includes('MARKERSOUTH')).toBe(true);
    expect(south.includes('MARKERNORTH')).toBe(false);
    const admin: Actor = { ...ACTORS.auditor, unitId: 'nowhere' as UnitId, roles: ['admin'] };
    expect((await everything(NOTHING, admin)).includes('MARKER')).toBe(false);
  });

  it('is a matter of the path itself, not of its beginning', async () => {
    expect(await ids(of('pd/town-nor'))).toStrictEqual([]);
    expect(await ids(of('pd/town-north/village-east'))).toStrictEqual([]);
    expect(await ids(of('pd'))).toHaveLength(5);
  });

  it('gives leaders the towns they answer for', async () => {
    expect(await ids({ all: false, paths: [], leaderPaths: [SOUTH] })).toStrictEqual([uuid(2)]);
  });

  it('shows a town nothing before the transfer, its department all legs after it', async () => {
    expect(await ids(of(NORTH))).toStrictEqual([uuid(1), uuid(3), uuid(5)]);
    const detail = await new FindingDetailQueries(dataSource, clock).detail(uuid(1), of('pd/dept-housing'));
    expect(detail?.legs.map((leg) => leg.unit.name)).toStrictEqual(['大泽山镇', '住建局']);
  });
});

describe('A finding in full', () => {
  const detail = (id: FindingId) => new FindingDetailQueries(dataSource, clock).detail(id, ALL);

  it('shows legs and items side by side with the derivation of each due time, by one statement', async () => {
    const one = await detail(uuid(1));
    expect(statements.length).toBe(1);
    expect(one?.legs.map(({ line, stage, running }) => ({ line, stage, running }))).toStrictEqual([
      { line: 'territorial', stage: 'delivered', running: true },
      { line: 'sectoral', stage: 'delivered', running: true },
    ]);
    expect(one?.legs[0]?.due.steps.map((step) => step.kind)).toContain('rule');
    expect(one?.items.map((item) => item.answer)).toStrictEqual(['open', 'open']);
    expect(one?.turns.map(({ work, unit }) => [work, unit.name])).toStrictEqual([
      ['sign', '大泽山镇'],
      ['sign', '住建局'],
    ]);
  });

  it('shows neither ciphertext nor where files lie', async () => {
    const text = JSON.stringify([await detail(uuid(1)), await detail(uuid(4))]);
    expect(text.includes('"sealed"')).toBe(false);
    expect(text.includes('"hash"')).toBe(false);
  });

  it('tells its history with both dates, oldest first', async () => {
    const lines = await new FindingDetailQueries(dataSource, clock).timeline(uuid(5), ALL, 0n, 100);
    expect(statements.length).toBe(1);
    expect(lines?.map((line) => line.type)).toStrictEqual([
      'FindingFiled',
      'FindingAccepted',
      'FindingTransferred',
      'LegDelivered',
      'LegDelivered',
      'LegSignedFor',
      'LegSignedFor',
      'LegAssigned',
    ]);
    expect(lines?.at(-1)).toMatchObject({
      on_day: '2020-07-08',
      person_id: 'town-clerk',
      unit_name: '大泽山镇',
      label: { zh: '单位内部派办' },
    });
  });
});

describe('The inbox', () => {
  const inbox = (actor: Actor, whole: 'post' | 'unit' = 'post', limit = 50, cursor: string | null = null) =>
    new InboxQueries(dataSource, clock).page({ actor, whole, leaderPaths: [] }, { limit, cursor });

  it('holds what the post can do, by due time, and says how much is overdue', async () => {
    const town = await inbox(ACTORS.townClerk);
    expect(statements.length).toBe(1);
    expect(town.entries.map(({ finding_id, work }) => [finding_id, work])).toStrictEqual([
      [uuid(1), 'sign'],
      [uuid(5), 'rectify'],
    ]);
    expect([town.total, town.overdue, town.entries[0]?.overdue]).toStrictEqual([2, 1, true]);
    expect((await inbox(ACTORS.office)).entries.map((entry) => entry.work)).toStrictEqual(['triage']);
    expect((await inbox(ACTORS.auditor)).entries).toStrictEqual([]);
  });

  it('walks every entry once', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = null; ;) {
      const page = await inbox(ACTORS.departmentClerk, 'unit', 1, cursor);
      seen.push(...page.entries.map((entry) => `${entry.finding_id} ${entry.work}`));
      cursor = page.next;
      if (cursor === null) break;
    }
    expect(seen).toStrictEqual([`${uuid(1)} sign`, `${uuid(5)} rectify`]);
  });

  it('empties with the work', async () => {
    const log = new RecordedLog().finding(
      uuid(1),
      ...assigned({ filed: { number: 'QL-2020-000001', text: 'MARKERNORTH' } }),
      signedFor(TOWN_LEG),
    );
    const later = log.events.slice(-1).map((event) => ({ ...event, revision: 99n, position: 9_990n }));
    await dataSource.transaction((tx) => findingsProjection.apply(later, tx));
    expect((await inbox(ACTORS.townClerk)).entries.map((entry) => entry.work)).toStrictEqual(['rectify', 'rectify']);
  });
});
