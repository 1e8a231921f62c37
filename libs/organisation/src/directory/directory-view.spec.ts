import type { CategoryCode, Instant, PersonId } from '@app/kernel';
import { day, personId, postId, unitId } from '../domain/organisation.fixtures';
import type { UnitKind } from '../domain/vocabulary';
import { DirectoryView } from './directory-view';
import { NO_ROWS, type DirectoryRows, type Unit } from './directory.rows';

const unit = (path: string, name: string, kind: UnitKind, extra: Partial<Unit> = {}): Unit => {
  const ids = path.split('/').map(unitId);
  return {
    id: ids.at(-1) ?? unitId('none'),
    name,
    synonyms: [],
    initials: '',
    kind,
    parentId: ids.at(-2) ?? null,
    path,
    status: 'active',
    mergedInto: null,
    from: day('2012-01-01'),
    to: null,
    ...extra,
  };
};
const rows: DirectoryRows = {
  ...NO_ROWS,
  position: 9n,
  units: [
    unit('pd', '平度市', 'county'),
    unit('pd/office', '市委督查办', 'office'),
    unit('pd/office/team-1', '第一检查组', 'team'),
    unit('pd/town-dazeshan', '大泽山镇', 'town', { synonyms: ['大泽山'] }),
    unit('pd/town-dazeshan/v-beichang', '北昌村', 'village'),
    unit('pd/town-jiudian', '旧店镇', 'town'),
    unit('pd/town-jiudian/v-beichang-2', '北昌村', 'village'),
    unit('pd/town-old', '祝沟镇', 'town', { status: 'merged', mergedInto: unitId('town-jiudian') }),
    unit('pd/dept-housing', '住房和城乡建设局', 'department', { synonyms: ['住建局'] }),
    unit('pd/dept-housing/sec-villages', '村镇科', 'section'),
    unit('pd/inspection', '政府督查室', 'independent'),
  ],
  persons: [{ id: personId('a'), name: '周样一', initials: 'zyy', phoneMasked: null }],
  posts: [
    { id: postId('clerk'), unitId: unitId('sec-villages'), title: '经办', roles: ['clerk'], receives: true, closedAfter: null },
    { id: postId('inspector'), unitId: unitId('team-1'), title: '督查员', roles: ['inspector'], receives: false, closedAfter: null },
    { id: postId('old-clerk'), unitId: unitId('town-old'), title: '经办', roles: ['clerk'], receives: true, closedAfter: null },
    { id: postId('closed'), unitId: unitId('team-1'), title: '旧岗', roles: ['inspector'], receives: true, closedAfter: day('2020-06-30') },
  ],
  holdings: [
    { postId: postId('clerk'), personId: personId('a'), from: day('2020-01-01'), to: null },
    { postId: postId('inspector'), personId: personId('b'), from: day('2020-01-01'), to: day('2020-07-31') },
    { postId: postId('old-clerk'), personId: personId('c'), from: day('2020-01-01'), to: null },
    { postId: postId('closed'), personId: personId('d'), from: day('2020-01-01'), to: null },
  ],
  substitutes: [{ postId: postId('clerk'), personId: personId('b'), from: day('2020-07-01'), to: null }],
  secondments: [
    { personId: personId('b'), fromUnit: unitId('town-old'), toUnit: unitId('team-1'), from: day('2020-07-01'), to: day('2020-07-31') },
  ],
  responsibilities: [{ personId: personId('a'), unitId: unitId('town-old'), from: day('2020-07-01'), to: day('2020-07-31') }],
  categories: ['housing', 'housing.c-grade', 'own'].map((code) => ({
    code: code as CategoryCode,
    name: code,
    initials: '',
    parent: code.includes('.') ? ('housing' as CategoryCode) : null,
    evidenceKinds: ['document'] as const,
    retiredAfter: code === 'own' ? day('2020-06-30') : null,
  })),
  categoryRules: [
    {
      code: 'housing' as CategoryCode,
      version: 1,
      unitId: unitId('dept-housing'),
      duty: 'guides',
      leads: 'territorial',
      from: day('2020-01-01'),
      to: null,
    },
    {
      code: 'housing.c-grade' as CategoryCode,
      version: 1,
      unitId: unitId('dept-housing'),
      duty: 'acts',
      leads: 'sectoral',
      from: day('2020-07-01'),
      to: null,
    },
  ],
};
const view = new DirectoryView(rows);
const july = '2020-07-06T01:30:00.000Z' as Instant;
const names = (units: readonly Unit[]): string[] => units.map((u) => u.path);

describe('an actor', () => {
  it('acts for the department-level unit of the post, with its roles', () =>
    expect(view.actorFor(personId('a'), undefined, july)).toStrictEqual({
      personId: 'a',
      unitId: 'dept-housing',
      postId: 'clerk',
      roles: ['clerk'],
      inPlaceOf: null,
      ownUnits: ['dept-housing'],
    }));
  it('belongs to the post held, to the seconding unit, to its successor and to what these are part of (R9)', () =>
    expect(view.actorFor(personId('b'), postId('inspector'), july).ownUnits).toStrictEqual([
      'team-1',
      'office',
      'town-old',
      'town-jiudian',
    ]));
  it('no longer belongs to the seconding unit after the last day', () =>
    expect(view.ownUnits(personId('b'), day('2020-08-01'))).toStrictEqual([]));
  it('acts in place of the holder as a substitute, and keeps the own units (R13)', () =>
    expect(view.actorFor(personId('b'), postId('clerk'), july)).toMatchObject({
      unitId: 'dept-housing',
      inPlaceOf: 'a',
      ownUnits: ['dept-housing', 'team-1', 'office', 'town-old', 'town-jiudian'],
    }));
  it('of a merged unit acts for the successor', () =>
    expect(view.actorFor(personId('c'), undefined, july)).toMatchObject({
      unitId: 'town-jiudian',
      ownUnits: ['town-jiudian', 'town-old'],
    }));
  it.each<[string, PersonId, string | undefined, string]>([
    ['without a current post', personId('nobody'), undefined, 'no-current-post'],
    ['whose post is closed', personId('d'), undefined, 'no-current-post'],
    ['who names the post of another', personId('a'), 'inspector', 'post-not-yours'],
  ])('%s is refused', (_, person, post, code) =>
    expect(() => view.actorFor(person, post === undefined ? undefined : postId(post), july)).toThrow(expect.objectContaining({ code })),
  );
  it('may be asked to act in place of a certain person only', () =>
    expect(() => view.actorFor(personId('b'), postId('clerk'), july, { inPlaceOf: personId('x') })).toThrow(
      expect.objectContaining({ code: 'post-not-yours' }),
    ));
});

describe('units by name', () => {
  it.each([
    ['大泽山镇', ['pd/town-dazeshan']],
    ['大泽山', ['pd/town-dazeshan']],
    ['平度市大泽山镇', ['pd/town-dazeshan']],
    ['大泽山镇人民政府', ['pd/town-dazeshan']],
    ['　大泽山 镇　', ['pd/town-dazeshan']],
    ['住建局', ['pd/dept-housing']],
    ['祝沟镇', ['pd/town-jiudian']],
    ['大泽山镇北昌村', ['pd/town-dazeshan/v-beichang']],
    ['北昌村', ['pd/town-dazeshan/v-beichang', 'pd/town-jiudian/v-beichang-2']],
  ])('%s is found', (text, paths) => expect(names(view.unitsByName(text).exact)).toStrictEqual(paths));
  it('looks within a unit where told', () =>
    expect(names(view.unitsByName('北昌村', 'village', unitId('town-jiudian')).exact)).toStrictEqual(['pd/town-jiudian/v-beichang-2']));
  it('offers the nearest known names for a slip of the pen', () =>
    expect(view.unitsByName('大择山镇')).toMatchObject({ exact: [], near: [{ name: '大泽山镇' }] }));
  it('offers nothing for a text that is like no name', () =>
    expect(view.unitsByName('某某公司甲乙丙')).toStrictEqual({ exact: [], near: [] }));
  it('offers nothing for a blank', () => expect(view.unitsByName(' 　')).toStrictEqual({ exact: [], near: [] }));
});

describe('proposed legs', () => {
  const day1 = day('2020-06-01');
  const day2 = day('2020-07-06');
  it('follow the nearest line of the table above the category (R1)', () =>
    expect(view.proposal('housing.c-grade' as CategoryCode, unitId('v-beichang'), day1)).toStrictEqual({
      legs: [
        { unitId: 'town-dazeshan', line: 'territorial', duty: 'acts', leads: true },
        { unitId: 'dept-housing', line: 'sectoral', duty: 'guides', leads: false },
      ],
      ruleVersion: 'housing@1',
      single: null,
    }));
  it('follow the own line from the day it is in force', () =>
    expect(view.proposal('housing.c-grade' as CategoryCode, unitId('town-old'), day2)).toStrictEqual({
      legs: [
        { unitId: 'town-jiudian', line: 'territorial', duty: 'acts', leads: false },
        { unitId: 'dept-housing', line: 'sectoral', duty: 'acts', leads: true },
      ],
      ruleVersion: 'housing.c-grade@1',
      single: null,
    }));
  it('are one leg without a department or without a town, with the reason (R3)', () => {
    expect(view.proposal('own' as CategoryCode, unitId('town-jiudian'), day2)).toStrictEqual({
      legs: [{ unitId: 'town-jiudian', line: 'territorial', duty: 'acts', leads: true }],
      ruleVersion: null,
      single: 'no-department',
    });
    expect(view.proposal('housing' as CategoryCode, null, day2)).toStrictEqual({
      legs: [{ unitId: 'dept-housing', line: 'sectoral', duty: 'acts', leads: true }],
      ruleVersion: 'housing@1',
      single: 'no-town',
    });
  });
  it('are refused for a category nobody knows', () =>
    expect(() => view.proposal('nothing' as CategoryCode, null, day2)).toThrow(expect.objectContaining({ code: 'category-unknown' })));
});

describe('the rest of the directory', () => {
  it('leads merged units to their successors (R14)', () => expect(view.succession()).toStrictEqual({ 'town-old': 'town-jiudian' }));
  it('knows the towns of a leader on a day', () => {
    expect(view.townsOf(personId('a'), day('2020-07-06'))).toStrictEqual(['town-jiudian']);
    expect(view.townsOf(personId('a'), day('2020-08-01'))).toStrictEqual([]);
    expect(view.leadersOf(unitId('town-jiudian'), day('2020-07-06'))).toStrictEqual(['a']);
  });
  it('knows who may sign for a unit, substitutes and posts of merged units included (R17)', () => {
    expect(view.receivingPosts(unitId('dept-housing'), day('2020-07-06'))).toMatchObject([
      { post: { id: 'clerk' }, personIds: ['a', 'b'] },
    ]);
    expect(view.receivingPosts(unitId('town-jiudian'), day('2020-07-06'))).toMatchObject([{ post: { id: 'old-clerk' }, personIds: ['c'] }]);
  });
  it('knows the managing office and the independent units', () => {
    expect(view.managingOffice()?.id).toBe('office');
    expect(view.independentUnits().map((u) => u.id)).toStrictEqual(['inspection']);
  });
  it('gives a subtree in order of paths', () =>
    expect(names(view.subtree(unitId('town-jiudian')))).toStrictEqual(['pd/town-jiudian', 'pd/town-jiudian/v-beichang-2']));
  it('shows a category only while it is in use', () => {
    expect(view.categoryOf('own' as CategoryCode, day('2020-06-30'))?.code).toBe('own');
    expect(view.categoryOf('own' as CategoryCode, day('2020-07-01'))).toBeUndefined();
  });
});
