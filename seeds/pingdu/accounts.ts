import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Accounts, oneTimePassword } from '@app/identity';
import { DomainError } from '@app/kernel';
import { z } from 'zod';
import type { Scenario } from '../kit/scenario';
import { personOf } from './organisation';

/** Who can sign in to the demo: login, post, and what for. */
const WHO = [
  ['admin', 'pd.admin', '系统管理员'],
  ['auditor', 'pd.auditor', '审计只读'],
  ['leader1', 'pd.leader1', '包镇领导'],
  ['leader2', 'pd.leader2', '包镇领导'],
  ['office-head', 'office.head', '督查办主任'],
  ['office', 'office.one', '督查办（研判交办）'],
  ['office-review', 'office.two', '督查办（复核核查）'],
  ['inspector', 'team-1.a', '督查1组组员'],
  ['inspector-b', 'team-1.b', '督查1组组员'],
  ['team-head', 'team-1.head', '督查1组组长'],
  ['verifier', 'inspection-office.a', '政府督查室'],
  ['town', 'town-liyuan.clerk', '李园街道经办人'],
  ['town-b', 'town-liyuan.second', '李园街道经办人B角'],
  ['town-deputy', 'town-liyuan.deputy', '李园街道分管副职'],
  ['town-head', 'town-liyuan.head', '李园街道主要负责人'],
  ['dept', 'dept-housing.clerk', '住建局经办人'],
  ['dept-b', 'dept-housing.second', '住建局经办人B角'],
  ['dept-deputy', 'dept-housing.deputy', '住建局分管副局长'],
  ['dept-head', 'dept-housing.head', '住建局局长'],
  ['jiudian', 'town-jiudian.clerk', '旧店镇经办人'],
  ['jiudian-deputy', 'town-jiudian.deputy', '旧店镇分管副职（B角代镇长）'],
  ['water', 'dept-water.clerk', '水利局经办人'],
  ['water-deputy', 'dept-water.deputy', '水利局分管副局长'],
] as const;

export type DemoAccount = Readonly<{ login: string; password: string; name: string; unit: string; post: string }>;
const stored = z.object({
  accounts: z.array(z.object({ login: z.string(), password: z.string(), name: z.string(), unit: z.string(), post: z.string() })),
});
export const demoAccountsPath = (dataDir: string): string => path.join(dataDir, 'demo-accounts.json');

/** Throws when the file is not there or not what the seed writes. */
export const readDemoAccounts = (dataDir: string): readonly DemoAccount[] =>
  stored.parse(JSON.parse(readFileSync(demoAccountsPath(dataDir), 'utf8'))).accounts;

/** Passwords are made on this machine and kept in a file that its owner alone may read, before the accounts exist. */
export const openAccounts = async (
  scenario: Scenario,
  names: ReadonlyMap<string, string>,
  dataDir: string,
): Promise<readonly DemoAccount[]> => {
  const unitOf = (post: string): string => scenario.directory.unit(post.slice(0, post.lastIndexOf('.')) as never)?.name ?? '';
  const file = demoAccountsPath(dataDir);
  const accounts = existsSync(file)
    ? readDemoAccounts(dataDir)
    : WHO.map(([login, post, title]) => ({
        login,
        password: oneTimePassword(),
        name: names.get(post) ?? login,
        unit: unitOf(post),
        post: title,
      }));
  writeFileSync(file, `${JSON.stringify({ accounts }, null, 2)}\n`, { mode: 0o600 });
  const service = scenario.get<Accounts>(Accounts);
  for (const [i, { login, password }] of accounts.entries()) {
    const person = WHO[i]?.[1];
    if (person === undefined) continue;
    try {
      await service.create({ login, personId: personOf(person), password, mustChangePassword: false });
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'login-taken')) throw error;
    }
  }
  return accounts;
};
