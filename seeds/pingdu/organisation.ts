import { addDays, idFrom, localDate, SYSTEM, type PersonId, type PostId, type Role, type SubjectId, type UnitId } from '@app/kernel';
import type { SealedPhone, UnitKind } from '@app/organisation';
import { maskPhone } from '@app/privacy';
import { NAMED_IN_THE_DOCUMENTS, personName } from '../kit/names';
import type { Random } from '../kit/random';
import type { Scenario } from '../kit/scenario';
import { inParallel } from '../kit/timeline';
import { asDefinition, CATEGORIES, COMPANY, COUNTY, department, DEPARTMENTS, INDEPENDENT, OFFICE, PROJECT_CENTRE } from './departments';
import type { Town } from './places';

/** Everybody took up their post before the scenario begins. */
const SINCE = localDate('2020-01-01');
/** Four teams of four, each for four towns with a poverty task. */
export const TEAMS = [1, 2, 3, 4] as const;
export const team = (n: number): UnitId => `team-${String(n)}` as UnitId;

/** A person by the post they hold: `town-jiudian.clerk`. */
export const personOf = (post: string): PersonId => {
  const known = PERSONS.get(post) ?? (idFrom('pingdu', 'person', post) as PersonId);
  PERSONS.set(post, known);
  return known;
};
/** Some hundred, asked for with every step. */
const PERSONS = new Map<string, PersonId>();
const postOf = (post: string): PostId => `post-${post.replace('.', '-')}` as PostId;

type PostSeed = Readonly<{ key: string; unitId: UnitId; title: string; roles: readonly Role[]; receives: boolean }>;
const post = (unitId: UnitId, name: string, title: string, roles: readonly Role[], receives = false): PostSeed => ({
  key: `${unitId}.${name}`,
  unitId,
  title,
  roles,
  receives,
});
/** The approval chain of a town or a department (R12). */
const unitPosts = (unitId: UnitId, words: Readonly<{ deputy: string; head: string }>): readonly PostSeed[] => [
  post(unitId, 'clerk', '经办人A角', ['clerk'], true),
  post(unitId, 'second', '经办人B角', ['clerk'], true),
  post(unitId, 'deputy', words.deputy, ['deputy']),
  post(unitId, 'head', words.head, ['head']),
];

const postsOf = (towns: readonly Town[]): readonly PostSeed[] => [
  post(COUNTY, 'admin', '系统管理员', ['admin']),
  post(COUNTY, 'auditor', '审计只读', ['auditor']),
  ...leaders(towns).map(({ n }) => post(COUNTY, `leader${String(n)}`, `包镇领导（第${String(n)}组）`, ['leader'])),
  post(OFFICE, 'head', '督查办主任', ['office-head'], true),
  post(OFFICE, 'one', '督查办一科', ['office'], true),
  post(OFFICE, 'two', '督查办二科', ['office']),
  post(OFFICE, 'three', '督查办三科', ['office']),
  ...TEAMS.flatMap((n) => [
    post(team(n), 'head', `督查${String(n)}组组长`, ['team-head', 'inspector']),
    ...['a', 'b', 'c'].map((name) => post(team(n), name, `督查${String(n)}组组员`, ['inspector'])),
  ]),
  post(INDEPENDENT, 'a', '政府督查室督查员', ['independent-verifier']),
  post(INDEPENDENT, 'b', '政府督查室督查员', ['independent-verifier']),
  ...towns.flatMap((town) => unitPosts(town.id, { deputy: '分管副职', head: '主要负责人' })),
  ...DEPARTMENTS.flatMap(({ key }) => unitPosts(department(key), { deputy: '分管副局长', head: '局长' })),
  ...unitPosts(PROJECT_CENTRE, { deputy: '副主任', head: '主任' }),
  ...unitPosts(COMPANY, { deputy: '副总经理', head: '总经理' }),
];

export const leaders = (towns: readonly Town[]): readonly Readonly<{ n: number; towns: readonly Town[] }>[] => {
  const inCharge = towns.filter((town) => town.withTask);
  return Array.from({ length: inCharge.length / 2 }, (_, i) => ({ n: i + 1, towns: inCharge.slice(i * 2, i * 2 + 2) }));
};
/** Which team inspects this town. */
export const teamOf = (towns: readonly Town[], town: Town): number =>
  (Math.floor(
    Math.max(
      0,
      towns.filter((t) => t.withTask).findIndex((t) => t.id === town.id),
    ) / 4,
  ) %
    4) +
  1;

const establishUnits = async (scenario: Scenario, towns: readonly Town[]): Promise<void> => {
  const establish = (id: UnitId, name: string, kind: UnitKind, parentId: UnitId | null, synonyms: readonly string[] = []) =>
    scenario.unit(id, { type: 'EstablishUnit', data: { name, synonyms, kind, parentId, from: SINCE } });
  await establish(COUNTY, '平度市', 'county', null);
  await inParallel([
    () => establish(OFFICE, '市委市政府督查办公室', 'office', COUNTY, ['督查办']),
    () => establish(INDEPENDENT, '市政府督查室', 'independent', COUNTY),
    () => establish(COMPANY, '市农业投资发展公司', 'company', COUNTY, ['农投公司']),
    () => establish(PROJECT_CENTRE, '市扶贫项目服务中心', 'department', COUNTY),
    ...DEPARTMENTS.map(
      ({ key, name, synonyms }) =>
        () =>
          establish(department(key), name, 'department', COUNTY, synonyms),
    ),
    ...towns.map(
      (town) => () =>
        establish(
          town.id,
          town.name,
          'town',
          COUNTY,
          [town.name.replace(/(街道|镇)$/, '')].filter((s) => s !== town.name),
        ),
    ),
  ]);
  await inParallel([
    ...TEAMS.map((n) => () => establish(team(n), `督查${String(n)}组`, 'team', OFFICE)),
    ...towns.flatMap((town) =>
      town.villages.map(
        ({ id, name }) =>
          () =>
            establish(id, name, 'village', town.id, [name.replace(/(村民委员会|社区居民委员会|居民委员会|居委会)$/, '')]),
      ),
    ),
  ]);
};

/** Leaders and heads can be called: numbers of nobody, in a row of their own. */
const phoneOf = async ({ sealer }: Scenario, personId: PersonId, { roles }: PostSeed, nth: number): Promise<SealedPhone | null> => {
  if (!roles.some((role) => role === 'leader' || role === 'head')) return null;
  const phone = `1990000${String(nth).padStart(4, '0')}`;
  return { masked: maskPhone(phone), sealed: await sealer.seal(`person-${personId}` as SubjectId, { phone }) };
};

const appoint = async (scenario: Scenario, random: Random, towns: readonly Town[]): Promise<ReadonlyMap<string, string>> => {
  const names = new Map<string, string>();
  const taken = new Set(NAMED_IN_THE_DOCUMENTS);
  const posts = postsOf(towns);
  for (const { key } of posts) {
    const name = personName(random, taken);
    taken.add(name);
    names.set(key, name);
  }
  await inParallel(
    posts.map((seed, nth) => async () => {
      const { key, unitId, title, roles, receives } = seed;
      const personId = personOf(key);
      const postId = postOf(key);
      const phone = await phoneOf(scenario, personId, seed, nth);
      await scenario.person(personId, { type: 'RegisterPerson', data: { name: names.get(key) ?? key, phone } });
      await scenario.post(postId, { type: 'CreatePost', data: { unitId, title, roles, receives } });
      await scenario.post(postId, { type: 'HoldPost', data: { personId, from: SINCE, to: null } });
    }),
  );
  return names;
};

/** The county with its towns and villages, departments, people in posts, leaders with towns, categories with departments. */
export const establishPingdu = async (scenario: Scenario, random: Random, towns: readonly Town[]): Promise<ReadonlyMap<string, string>> => {
  await establishUnits(scenario, towns);
  const names = await appoint(scenario, random, towns);
  for (const { n, towns: theirs } of leaders(towns)) {
    for (const town of theirs) {
      const data = { unitId: town.id, from: SINCE, to: null };
      await scenario.person(personOf(`${COUNTY}.leader${String(n)}`), { type: 'PutInChargeOf', data });
    }
  }
  // Seconded to a team from the departments and towns they inspect (R9), and B角 standing in for A角 (R13).
  const second = (who: string, fromUnit: UnitId, toUnit: UnitId) =>
    scenario.person(personOf(who), { type: 'Second', data: { fromUnit, toUnit, from: SINCE, to: null } });
  await second('team-1.c', department('housing'), team(1));
  await second('team-2.c', department('water'), team(2));
  await second('office.three', department('poverty'), OFFICE);
  const standIn = { personId: personOf('town-jiudian.deputy'), from: SINCE, to: null };
  await scenario.post(postOf('town-jiudian.head'), { type: 'NameSubstitute', data: standIn });
  for (const seed of CATEGORIES) {
    await scenario.category(seed.code, asDefinition(seed));
    const unitId = seed.department === null ? null : department(seed.department);
    const data = { unitId, duty: seed.duty, leads: seed.leads, from: SINCE, to: null };
    await scenario.category(seed.code, { type: 'MakeDepartmentResponsible', data });
  }
  await scenario.rule(
    {
      ruleId: 'guide',
      kind: 'guide',
      scope: {},
      days: 4,
      unit: 'working',
      from: addDays(scenario.today, 0),
      reason: '收官战从严：指导意见四个工作日内出具',
    },
    { ...SYSTEM, roles: ['admin'] },
  );
  await scenario.settle();
  return names;
};
