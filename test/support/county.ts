import { HandleCategory, HandlePerson, HandlePost, HandleUnit, type UnitKind } from '@app/organisation';
import {
  idFrom,
  localDateOf,
  stampOf,
  SYSTEM,
  type Act,
  type CategoryCode,
  type Clock,
  type CommandId,
  type PersonId,
  type PostId,
  type Role,
  type UnitId,
} from '@app/kernel';
import { Accounts } from '@app/identity';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';

/** A small county: every kind of unit, two of each where rights between siblings matter. */
const UNITS: readonly (readonly [string, string, UnitKind, string | null])[] = [
  ['pd', '平度市', 'county', null],
  ['office', '市督查办', 'office', 'pd'],
  ['zfdc', '政府督查室', 'independent', 'pd'],
  ['team-1', '督查一组', 'team', 'office'],
  ['team-2', '督查二组', 'team', 'office'],
  ['dazeshan', '大泽山镇', 'town', 'pd'],
  ['jiudian', '旧店镇', 'town', 'pd'],
  ['dazeshan-beishuyuan', '北树园村', 'village', 'dazeshan'],
  ['jiudian-dongtaiping', '东太平村', 'village', 'jiudian'],
  ['housing', '市住建局', 'department', 'pd'],
  ['water', '市水利局', 'department', 'pd'],
];

/** login → person, post, unit, roles. The login is the post's id too. */
export const PEOPLE = {
  admin: ['pd', ['admin'], '系统管理员'],
  auditor: ['pd', ['auditor'], '审计员'],
  'leader-dazeshan': ['pd', ['leader'], '包镇领导'],
  office: ['office', ['office'], '督查办科员'],
  'office-head': ['office', ['office', 'office-head'], '督查办主任'],
  verifier: ['zfdc', ['independent-verifier'], '政府督查室科长'],
  inspector: ['team-1', ['inspector'], '督查员甲'],
  'inspector-b': ['team-1', ['inspector'], '督查员乙'],
  'team-head': ['team-1', ['inspector', 'team-head'], '一组组长'],
  'inspector-2': ['team-2', ['inspector'], '二组督查员'],
  'dazeshan-clerk': ['dazeshan', ['clerk'], '大泽山镇经办'],
  'dazeshan-deputy': ['dazeshan', ['deputy'], '大泽山镇分管'],
  'dazeshan-head': ['dazeshan', ['head'], '大泽山镇长'],
  'jiudian-clerk': ['jiudian', ['clerk'], '旧店镇经办'],
  'jiudian-deputy': ['jiudian', ['deputy'], '旧店镇分管'],
  'housing-clerk': ['housing', ['clerk'], '住建局经办'],
  'housing-deputy': ['housing', ['deputy'], '住建局分管'],
  'housing-head': ['housing', ['head'], '住建局长'],
  'water-clerk': ['water', ['clerk'], '水利局经办'],
  'water-deputy': ['water', ['deputy'], '水利局分管'],
} as const satisfies Record<string, readonly [string, readonly Role[], string]>;
export type Login = keyof typeof PEOPLE;
export const LOGINS = Object.keys(PEOPLE) as readonly Login[];
export const PASSWORD = 'county-Test-2020!';

const CATEGORIES: readonly (readonly [string, string, string | null])[] = [
  ['housing', '住房安全', 'housing'],
  ['water', '饮水安全', 'water'],
  ['archives', '档案管理', null],
];

export const unit = (id: string): UnitId => id as UnitId;
export const personOf = (login: Login): PersonId => `p-${login}` as PersonId;

/** Sets the county up by commands, as an administrator would, and gives everybody an account. */
export const settleCounty = async (app: INestApplicationContext, clock: Clock): Promise<void> => {
  const bus = app.get(CommandBus);
  const at = clock.now();
  const from = localDateOf(at);
  const act: Act = { at, on: from, by: stampOf(SYSTEM) };
  const command = (...parts: readonly string[]): CommandId => idFrom('county', ...parts) as CommandId;

  for (const [id, name, kind, parent] of UNITS) {
    const data = { name, synonyms: [], kind, parentId: parent === null ? null : unit(parent), from };
    await bus.execute(new HandleUnit(unit(id), { type: 'EstablishUnit', data }, act, command('unit', id)));
  }
  for (const [code, name, department] of CATEGORIES) {
    const category = code as CategoryCode;
    const described = { name, parent: null, evidenceKinds: ['photo', 'document'] as const };
    await bus.execute(new HandleCategory(category, { type: 'DefineCategory', data: described }, act, command('category', code)));
    if (department === null) continue;
    const rule = { unitId: unit(department), duty: 'acts', leads: 'territorial', from, to: null } as const;
    await bus.execute(new HandleCategory(category, { type: 'MakeDepartmentResponsible', data: rule }, act, command('rule', code)));
  }
  for (const login of LOGINS) {
    const [unitId, roles, title] = PEOPLE[login];
    const person = personOf(login);
    const post = login as string as PostId;
    await bus.execute(
      new HandlePerson(person, { type: 'RegisterPerson', data: { name: title, phone: null } }, act, command('person', login)),
    );
    const created = { unitId: unit(unitId), title, roles, receives: roles.some((r: Role) => r === 'clerk') };
    await bus.execute(new HandlePost(post, { type: 'CreatePost', data: created }, act, command('post', login)));
    await bus.execute(new HandlePost(post, { type: 'HoldPost', data: { personId: person, from, to: null } }, act, command('hold', login)));
  }
  const charge = { unitId: unit('dazeshan'), from, to: null };
  await bus.execute(new HandlePerson(personOf('leader-dazeshan'), { type: 'PutInChargeOf', data: charge }, act, command('charge')));
  const accounts = app.get(Accounts);
  for (const login of LOGINS) await accounts.create({ login, personId: personOf(login), password: PASSWORD, mustChangePassword: false });
};
