import { CommandRunner, InMemoryEventStore } from '@app/event-store';
import { stampOf, SYSTEM, type Act, type CategoryCode, type CommandId, type Instant } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import {
  CategoryCommandHandler,
  PersonCommandHandler,
  PostCommandHandler,
  UnitCommandHandler,
} from './application/organisation.command-handlers';
import {
  HandleCategory,
  HandlePerson,
  HandlePost,
  HandleUnit,
  type CategoryRequest,
  type PersonRequest,
  type PostRequest,
  type UnitRequest,
} from './application/organisation.commands';
import { UnitPlaces } from './application/unit-places';
import { ReadModelDirectory } from './directory/read-model-directory';
import { day, personId, postId, unitId } from './domain/organisation.fixtures';
import { organisationProjection } from './read-models/organisation.projection';

const act: Act = { at: '2020-07-06T01:30:00.000Z' as Instant, on: day('2020-07-06'), by: stampOf(SYSTEM) };

describe('The organisation from commands to the directory', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let directory: ReadModelDirectory;
  const store = new InMemoryEventStore();
  const runner = new CommandRunner(store);
  const places = new UnitPlaces(runner);
  let commands = 0;
  const next = (): CommandId => `c${String((commands += 1))}` as CommandId;
  const unit = (id: string, request: UnitRequest) =>
    new UnitCommandHandler(runner, places).execute(new HandleUnit(unitId(id), request, act, next()));
  const person = (id: string, request: PersonRequest) =>
    new PersonCommandHandler(runner, places).execute(new HandlePerson(personId(id), request, act, next()));
  const post = (id: string, request: PostRequest) =>
    new PostCommandHandler(runner, places).execute(new HandlePost(postId(id), request, act, next()));
  const category = (code: string, request: CategoryRequest) =>
    new CategoryCommandHandler(runner, places).execute(new HandleCategory(code as CategoryCode, request, act, next()));
  const establish = (id: string, name: string, kind: 'county' | 'town' | 'village' | 'department' | 'office', parent: string | null) =>
    unit(id, {
      type: 'EstablishUnit',
      data: { name, synonyms: [], kind, parentId: parent === null ? null : unitId(parent), from: day('2020-01-01') },
    });
  let projected = 0n;
  const project = async (from = projected): Promise<void> => {
    const events = await store.readAll(from, 1_000, { eventTypes: organisationProjection.handles });
    await dataSource.transaction((tx) => organisationProjection.apply(events, tx));
    projected = events.at(-1)?.position ?? projected;
  };
  const rows = (): Promise<unknown[][]> =>
    Promise.all(organisationProjection.tables.map((table) => dataSource.query<unknown[]>(`select * from ${table} t order by t::text`)));

  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    directory = new ReadModelDirectory(dataSource);
    await establish('pd', '平度市', 'county', null);
    await establish('office', '督查办', 'office', 'pd');
    await establish('town-a', '甲镇', 'town', 'pd');
    await establish('v-1', '一村', 'village', 'town-a');
    await establish('town-b', '乙镇', 'town', 'pd');
    await establish('dept-h', '住建局', 'department', 'pd');
    await person('a', { type: 'RegisterPerson', data: { name: '周样一', phone: null } });
    await post('po', {
      type: 'CreatePost',
      data: { unitId: unitId('town-a'), title: '经办', roles: ['clerk'], receives: true },
    });
    await post('po', { type: 'HoldPost', data: { personId: personId('a'), from: day('2020-07-01'), to: null } });
    await person('a', {
      type: 'Second',
      data: { fromUnit: unitId('dept-h'), toUnit: unitId('town-a'), from: day('2020-07-01'), to: null },
    });
    await person('a', { type: 'PutInChargeOf', data: { unitId: unitId('town-b'), from: day('2020-07-01'), to: null } });
    await category('housing', { type: 'DefineCategory', data: { name: '住房安全', parent: null, evidenceKinds: ['photo', 'document'] } });
    await category('housing', {
      type: 'MakeDepartmentResponsible',
      data: { unitId: unitId('dept-h'), duty: 'guides', leads: 'territorial', from: day('2020-01-01'), to: null },
    });
    await project();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('shows what the events say, initials included', async () => {
    const view = await directory.view();
    expect(view.unit(unitId('v-1'))).toMatchObject({ name: '一村', path: 'pd/town-a/v-1', initials: 'yc', from: '2020-01-01', to: null });
    expect(view.actorFor(personId('a'), undefined, act.at)).toStrictEqual({
      personId: 'a',
      unitId: 'town-a',
      postId: 'po',
      roles: ['clerk'],
      inPlaceOf: null,
      ownUnits: ['town-a', 'dept-h'],
    });
    expect(view.townsOf(personId('a'), act.on)).toStrictEqual(['town-b']);
    expect(view.proposal('housing' as CategoryCode, unitId('v-1'), act.on).legs.map((l) => l.unitId)).toStrictEqual(['town-a', 'dept-h']);
  });

  it('keeps one picture while nothing changes and takes a new one with the next event', async () => {
    const before = await directory.view();
    expect(await directory.view()).toBe(before);
    await unit('town-a', { type: 'RenameUnit', data: { name: '甲街道', from: day('2020-07-06') } });
    await project();
    const after = await directory.view();
    expect(after.unit(unitId('town-a'))).toMatchObject({ name: '甲街道', synonyms: ['甲镇'] });
    expect(before.unit(unitId('town-a'))?.name).toBe('甲镇');
    expect(await dataSource.query('select name from org_unit_name where unit_id = $1 order by from_date', ['town-a'])).toStrictEqual([
      { name: '甲镇' },
      { name: '甲街道' },
    ]);
  });

  it('shows one piece of work what it found when it began, and the next one what has changed since', async () => {
    const begun = performance.now();
    const found = await directory.view(begun);
    await unit('town-a', { type: 'RenameUnit', data: { name: '甲镇', from: day('2020-07-07') } });
    await project();
    expect(await directory.view(begun)).toBe(found);
    const next = await directory.view(performance.now());
    expect(next.unit(unitId('town-a'))?.name).toBe('甲镇');
    expect(await directory.view(begun)).toBe(next);
  });

  it('refuses what rests on a unit or person that is not there', async () => {
    await expect(establish('x', '某', 'village', 'nowhere')).rejects.toMatchObject({ code: 'unit-above-not-active' });
    await expect(
      post('po', { type: 'NameSubstitute', data: { personId: personId('nobody'), from: day('2020-07-01'), to: null } }),
    ).rejects.toMatchObject({ code: 'person-absent' });
  });

  it('brings what stood below a merged unit under its successor, and later units and moves too (R14)', async () => {
    await unit('town-a', { type: 'MergeUnit', data: { into: unitId('town-b'), from: day('2020-07-06') } });
    await establish('v-2', '二村', 'village', 'town-b');
    await unit('v-1', { type: 'MoveUnit', data: { parentId: unitId('office'), from: day('2020-07-06') } });
    await project();
    const view = await directory.view();
    expect(view.unit(unitId('town-a'))).toMatchObject({ status: 'merged', mergedInto: 'town-b', path: 'pd/town-a', to: '2020-07-05' });
    expect(view.unit(unitId('v-2'))?.path).toBe('pd/town-b/v-2');
    expect(view.unit(unitId('v-1'))?.path).toBe('pd/office/v-1');
    expect(view.actorFor(personId('a'), undefined, act.at)).toMatchObject({ unitId: 'town-b', ownUnits: ['town-b', 'town-a', 'dept-h'] });
    const moved = (await store.readStream('unit-v-1')).at(-1);
    expect(moved?.data).toMatchObject({ formerPath: 'pd/town-b/v-1', path: 'pd/office/v-1' });
  });

  it('is the same, row for row, when made anew', async () => {
    const live = await rows();
    expect(live.flat().length).toBeGreaterThan(10);
    for (const table of organisationProjection.tables) await dataSource.query(`truncate ${table}`);
    await project(0n);
    expect(await rows()).toStrictEqual(live);
  });
});
