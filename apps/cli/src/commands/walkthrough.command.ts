import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readScenario, ScenarioClock } from '@app/core';
import { localDateOf } from '@app/kernel';
import { z } from 'zod';
import { readDemoAccounts, type DemoAccount } from '../../../../seeds/pingdu/accounts';
import { CommandFailure, type Command } from '../command';
import { off, Person } from '../walkthrough/client';
import { importAndIssue } from '../walkthrough/list-job';
import { clearOneFinding, openTheNumber, readBoards, type Cast, type Say } from '../walkthrough/main-job';

const CAST = {
  inspector: 'inspector',
  office: 'office',
  reviewer: 'office-review',
  verifier: 'verifier',
  officeHead: 'office-head',
  leader: 'leader1',
  town: 'town',
  townSecond: 'town-b',
  townDeputy: 'town-deputy',
  dept: 'dept',
  deptSecond: 'dept-b',
  deptDeputy: 'dept-deputy',
  stranger: 'jiudian',
} as const satisfies Record<keyof Cast, string>;

const instanceFile = z.object({ url: z.string().nullable() });

const urlOf = (dataDir: string): string => {
  try {
    const { url } = instanceFile.parse(JSON.parse(readFileSync(path.join(dataDir, 'instance.json'), 'utf8')));
    if (url !== null) return url;
  } catch {
    // Answered below: there is no instance here, or none that was ever started.
  }
  throw new CommandFailure({ zh: '没有运行中的实例，请先 npm start。', en: 'There is no running instance: npm start first.' });
};

const accountsOf = (dataDir: string): readonly DemoAccount[] => {
  try {
    return readDemoAccounts(dataDir);
  } catch {
    throw new CommandFailure({
      zh: '这里没有演示账号：走查只用于演示实例。',
      en: 'There are no demo accounts here: the walk-through is for the demo.',
    });
  }
};

const assemble = async (url: string, accounts: readonly DemoAccount[]): Promise<Cast> => {
  const signedIn: [string, Person][] = [];
  for (const [role, login] of Object.entries(CAST)) {
    const account = accounts.find((one) => one.login === login);
    if (account === undefined) throw off(`没有演示账号 ${login}`, `there is no demo account ${login}`);
    signedIn.push([role, await Person.signIn(url, account)]);
  }
  // Every role of CAST is there, one by one, or the line above has refused.
  return Object.fromEntries(signedIn) as Cast;
};

/** The whole main job over HTTP, as the people of the demo would do it; fails when the instance answers otherwise than it should. */
export const command: Command = {
  summary: {
    zh: '对运行中的演示实例走一遍全过程：发现、双转、整改、复核、销号、看清零、导入印发清单',
    en: 'do the whole job once against the running demo instance and print what each person sees',
  },
  usage: '',
  run: async (_args, settings) => {
    const url = urlOf(settings.dataDir);
    const scenario = readScenario(settings.dataDir);
    const accounts = accountsOf(settings.dataDir);
    if (scenario === null) throw new CommandFailure({ zh: '这不是演示实例。', en: 'This is not a demo instance.' });
    const now = new ScenarioClock(scenario).now();
    const today = localDateOf(now);
    const say: Say = (who, text) => console.log(who === null ? text : `【${who.name}】${text}`);
    say(null, `清零走查 · ${url} · 演示时间 ${today}`);
    const cast = await assemble(url, accounts);

    const before = await readBoards(cast);
    say(cast.leader, `办理前：${before.text}`);
    say(cast.officeHead, `办理前：全市销号率 ${String(before.county.numerator)}/${String(before.county.denominator)}`);
    await clearOneFinding(cast, say, today);
    const after = await readBoards(cast);
    if (after.passing.numerator !== before.passing.numerator + 1)
      throw off('镇街通过数没有增加一', 'the town’s passed legs did not grow by one');
    if (after.county.numerator !== before.county.numerator + 1 || after.county.denominator !== before.county.denominator + 1) {
      throw off('全市销号率的分子分母没有各加一', 'the county’s rate did not grow by one in both parts');
    }
    say(cast.leader, `办理后：${after.text}`);
    say(cast.officeHead, `办理后：全市销号率 ${String(after.county.numerator)}/${String(after.county.denominator)}`);
    say(cast.leader, `点开“已通过”，清单 ${String(await openTheNumber(cast, after.passing))} 行，与数字一致`);

    await importAndIssue(cast.office, cast.town, say, `走查${now.slice(5, 19).replace(/[-:T]/g, '')}`);
    say(null, '走查通过 · the walk-through passed');
  },
};
