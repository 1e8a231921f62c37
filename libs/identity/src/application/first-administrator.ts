import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  Clock,
  idFrom,
  localDateOf,
  stampOf,
  SYSTEM,
  type Act,
  type CommandId,
  type PersonId,
  type PostId,
  type UnitId,
} from '@app/kernel';
import { HandlePerson, HandlePost, HandleUnit } from '@app/organisation';
import { reject } from '../domain/identity.errors';
import { checkPassword, LOGIN } from '../domain/password.policy';
import { Accounts } from './accounts';

export type FirstAdministratorRequest = Readonly<{
  /** Of the county whose ledger this is: `平度市`. */
  countyName: string;
  countyId: UnitId;
  personName: string;
  login: string;
  /** Absent: a one-time password is made. */
  password?: string;
}>;

/** On an empty instance: the county, one person, the administrator's post and an account. Can be repeated after a crash. */
@Injectable()
export class FirstAdministrator {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /** Rejects: `first-administrator-exists`, `login-malformed`, `password-…`. */
  async create(request: FirstAdministratorRequest): Promise<Readonly<{ login: string; password: string }>> {
    const { countyId, countyName, personName, login, password } = request;
    if (await this.accounts.any()) reject('first-administrator-exists');
    if (!LOGIN.test(login)) reject('login-malformed');
    if (password !== undefined) checkPassword(password, login);
    const at = this.clock.now();
    const act: Act = { at, on: localDateOf(at), by: stampOf(SYSTEM) };
    const id = (what: string): string => idFrom('first-administrator', what);
    const command = (what: string): CommandId => id(`command ${what}`) as CommandId;
    const personId = id('person') as PersonId;
    const postId = id('post') as PostId;
    const county = { name: countyName, synonyms: [], kind: 'county', parentId: null, from: act.on } as const;
    const post = { unitId: countyId, title: '系统管理员', roles: ['admin'], receives: false } as const;
    await this.bus.execute(new HandleUnit(countyId, { type: 'EstablishUnit', data: county }, act, command('county')));
    await this.bus.execute(
      new HandlePerson(personId, { type: 'RegisterPerson', data: { name: personName, phone: null } }, act, command('person')),
    );
    await this.bus.execute(new HandlePost(postId, { type: 'CreatePost', data: post }, act, command('post')));
    const holding = { personId, from: act.on, to: null };
    await this.bus.execute(new HandlePost(postId, { type: 'HoldPost', data: holding }, act, command('holding')));
    const account = await this.accounts.create({ login, personId, ...(password === undefined ? {} : { password }) });
    return { login: account.login, password: account.password };
  }
}
