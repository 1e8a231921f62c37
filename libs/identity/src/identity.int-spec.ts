import { createDataSource } from '@app/read-store';
import type { AccountId, Instant, PersonId, PostId } from '@app/kernel';
import { freshDatabase, VirtualClock, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { Accounts } from './application/accounts';
import { IdentityOptions } from './application/identity-options';
import { SecurityLog } from './application/security-log';
import { Sessions, type Opened } from './application/sessions';
import { Tokens } from './application/tokens';

const PASSWORD = 'kaf7-mqt2-xw9p';
const refused = { code: 'sign-in-failed' };

describe('The door', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let clock: VirtualClock;
  let log: SecurityLog;
  let accounts: Accounts;
  let sessions: Sessions;
  let tokens: Tokens;
  let count = 0;
  const account = async (): Promise<{ id: AccountId; login: string }> =>
    accounts.create({ login: `user-${String((count += 1))}`, personId: `p${String(count)}` as PersonId, password: PASSWORD });
  const kinds = async (id: AccountId): Promise<string[]> =>
    (await log.read({ limit: 500 }))
      .filter((e) => e.accountId === id)
      .map((e) => e.kind)
      .reverse();
  const failing = async (login: string, times: number): Promise<void> => {
    for (let i = 0; i < times; i += 1) await expect(sessions.signIn(login, 'wrong-wrong-wrong')).rejects.toMatchObject(refused);
  };

  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
  });
  beforeEach(() => {
    clock = new VirtualClock();
    log = new SecurityLog(dataSource, clock);
    accounts = new Accounts(dataSource, clock, log);
    sessions = new Sessions(dataSource, clock, log, new IdentityOptions());
    tokens = new Tokens(dataSource, clock, log);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('opens for the right password and stores neither password nor session secret', async () => {
    const { id, login } = await account();
    const { session, secret } = await sessions.signIn(` ${login.toUpperCase()} `, PASSWORD);
    expect(await sessions.find(secret)).toStrictEqual(session);
    const [dump] = await dataSource.query<{ rows: string }[]>(
      'select string_agg(t, chr(10)) as rows from (select a::text as t from account a union all select s::text from session s) all_rows',
    );
    expect(dump?.rows).not.toContain(PASSWORD);
    expect(dump?.rows).not.toContain(secret);
    expect(dump?.rows).toContain('$argon2id$');
    expect(await kinds(id)).toStrictEqual(['account-created', 'signed-in']);
  });

  it('says the same to a wrong password, an unknown login, a locked and a withdrawn account', async () => {
    const known = await account();
    const withdrawn = await account();
    await accounts.withdraw(withdrawn.id);
    const say = (login: string, password: string) => sessions.signIn(login, password).catch((error: Error) => error.message);
    const sentences = [await say(known.login, 'wrong-wrong-wrong'), await say('nobody', PASSWORD), await say(withdrawn.login, PASSWORD)];
    await failing(known.login, 4);
    sentences.push(await say(known.login, PASSWORD));
    expect(new Set(sentences).size).toBe(1);
  });

  it('locks after five wrong passwords in a row, for a quarter of an hour', async () => {
    const { id, login } = await account();
    await failing(login, 5);
    await expect(sessions.signIn(login, PASSWORD)).rejects.toMatchObject(refused);
    clock.advance({ minutes: 15 });
    await expect(sessions.signIn(login, PASSWORD)).resolves.toBeDefined();
    expect((await kinds(id)).filter((k) => k === 'locked')).toHaveLength(1);
  });

  it('counts wrong passwords that come at the same time', async () => {
    const { login } = await account();
    await Promise.all(Array.from({ length: 5 }, () => failing(login, 1)));
    await expect(sessions.signIn(login, PASSWORD)).rejects.toMatchObject(refused);
  });

  it('forgets wrong passwords after a right one, and unlocks on an administrator’s word', async () => {
    const { id, login } = await account();
    await failing(login, 4);
    await sessions.signIn(login, PASSWORD);
    await failing(login, 4);
    await sessions.signIn(login, PASSWORD);
    await failing(login, 5);
    await accounts.unlock(id);
    await expect(sessions.signIn(login, PASSWORD)).resolves.toBeDefined();
  });

  it('ends a session after an idle hour, and after twelve hours whatever happens', async () => {
    const { login } = await account();
    const idle = await sessions.signIn(login, PASSWORD);
    clock.advance({ minutes: 60 });
    expect(await sessions.find(idle.secret)).toBeNull();
    const busy = await sessions.signIn(login, PASSWORD);
    for (let i = 0; i < 14; i += 1) {
      clock.advance({ minutes: 50 });
      expect(await sessions.find(busy.secret)).not.toBeNull();
    }
    clock.advance({ minutes: 20 });
    expect(await sessions.find(busy.secret)).toBeNull();
  });

  it('ends sessions at once: sign-out, withdrawal, reset, and the others at a change of password', async () => {
    const { id, login } = await account();
    const open = (): Promise<Opened> => sessions.signIn(login, PASSWORD);
    const out = await open();
    await sessions.signOut(out.session);
    expect(await sessions.find(out.secret)).toBeNull();

    const [mine, other] = [await open(), await open()];
    await accounts.changePassword(id, PASSWORD, 'another-good-one-9', mine.session.sessionId);
    expect(await sessions.find(mine.secret)).not.toBeNull();
    expect(await sessions.find(other.secret)).toBeNull();

    const once = await accounts.resetPassword(id);
    expect(await sessions.find(mine.secret)).toBeNull();
    const again = await sessions.signIn(login, once);
    expect(again.session.mustChangePassword).toBe(true);

    await accounts.withdraw(id);
    expect(await sessions.find(again.secret)).toBeNull();
    await expect(sessions.signIn(login, once)).rejects.toMatchObject(refused);
  });

  it('takes no weak, equal or unproven new password', async () => {
    const { id } = await account();
    await expect(accounts.changePassword(id, 'not-the-present', 'another-good-one-9', null)).rejects.toMatchObject({
      code: 'password-wrong',
    });
    await expect(accounts.changePassword(id, PASSWORD, PASSWORD, null)).rejects.toMatchObject({ code: 'password-unchanged' });
    await expect(accounts.changePassword(id, PASSWORD, '1234567890', null)).rejects.toMatchObject({ code: 'password-common' });
  });

  it('gives each login once, without regard to case', async () => {
    const { login } = await account();
    await expect(accounts.create({ login: login.toUpperCase(), personId: 'x' as PersonId })).rejects.toMatchObject({ code: 'login-taken' });
    await expect(accounts.create({ login: '王', personId: 'x' as PersonId })).rejects.toMatchObject({ code: 'login-malformed' });
  });

  it('knows a machine by its token until it expires, is revoked, or the account goes', async () => {
    const { id } = await account();
    const issue = (expiresAt: Instant | null) =>
      tokens.issue({ accountId: id, name: '数据交换', scopes: ['read'], actingPostId: 'po' as PostId, expiresAt });
    const short = await issue('2020-07-06T02:00:00.000Z' as Instant);
    expect(await tokens.find(short.token)).toMatchObject({ accountId: id, scopes: ['read'], actingPostId: 'po' });
    clock.advance({ minutes: 30 });
    expect(await tokens.find(short.token)).toBeNull();
    const long = await issue(null);
    await tokens.revoke(long.id);
    await tokens.revoke(long.id);
    expect(await tokens.find(long.token)).toBeNull();
    const last = await issue(null);
    await accounts.withdraw(id);
    expect(await tokens.find(last.token)).toBeNull();
    expect(await tokens.find('ql_nothing')).toBeNull();
  });

  it('keeps a log that the database lets nobody change', async () => {
    const { id } = await account();
    for (const sql of [
      `update security_log set kind = 'signed-in' where account_id = '${id}'`,
      `delete from security_log where account_id = '${id}'`,
      'truncate security_log',
    ]) {
      await expect(dataSource.query(sql)).rejects.toThrow('append only');
    }
  });

  it('sweeps away sessions that ended when somebody signs in', async () => {
    const { id, login } = await account();
    await sessions.signIn(login, PASSWORD);
    clock.advance({ minutes: 61 });
    await sessions.signIn(login, PASSWORD);
    expect(await dataSource.query('select 1 from session where account_id = $1', [id])).toHaveLength(1);
  });
});
