import { Accounts, Tokens } from '@app/identity';
import type { PostId, Role } from '@app/kernel';
import { Client } from './client';
import type { Login } from './county';
import type { Product } from './product';

/** Somebody of the county for each role. */
export const LOGIN_OF: Readonly<Record<Exclude<Role, 'system'>, Login>> = {
  inspector: 'inspector',
  'team-head': 'team-head',
  office: 'office',
  'office-head': 'office-head',
  clerk: 'dazeshan-clerk',
  deputy: 'dazeshan-deputy',
  head: 'dazeshan-head',
  leader: 'leader-dazeshan',
  'independent-verifier': 'verifier',
  auditor: 'auditor',
  admin: 'admin',
};

/** Clients with a token of their own, acting from one post: no session that a request could end. */
export const machinesFor = async <L extends Login>(product: Product, logins: readonly L[]): Promise<(login: L) => Client> => {
  const accounts = await product.app.get(Accounts).list();
  const clients = new Map<L, Client>();
  for (const login of logins) {
    const account = accounts.find((one) => one.login === login);
    if (account === undefined) throw new Error(`no account ${login}`);
    const token = { accountId: account.id, name: login, scopes: ['read', 'write'] as const, actingPostId: login as string as PostId };
    const client = new Client(product.app);
    client.bearer = (await product.app.get(Tokens).issue({ ...token, expiresAt: null })).token;
    clients.set(login, client);
  }
  return (login) => {
    const client = clients.get(login);
    if (client === undefined) throw new Error(`no machine for ${login}`);
    return client;
  };
};
