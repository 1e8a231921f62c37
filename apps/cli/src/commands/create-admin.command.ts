import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Readers } from '@app/core';
import { FirstAdministrator } from '@app/identity';
import type { UnitId } from '@app/kernel';
import { CommandFailure, type Command } from '../command';
import { withProduct } from '../with-product';

/** From the first line of the input or from ADMIN_PASSWORD, never from an argument, which every user of the machine can read. */
const passwordGiven = async (): Promise<string | null> => {
  if (process.env['ADMIN_PASSWORD']) return process.env['ADMIN_PASSWORD'];
  if (process.stdin.isTTY) return null;
  for await (const line of createInterface({ input: process.stdin })) return line === '' ? null : line;
  return null;
};

export const command: Command = {
  summary: {
    zh: '在空实例上建立本级单位和首位管理员；密码取自标准输入或 ADMIN_PASSWORD，没有则生成一次性密码',
    en: 'on an empty instance, the county and its first administrator; the password comes from the input or ADMIN_PASSWORD, else a one-time one is made',
  },
  usage: '--login LOGIN [--name NAME] [--county NAME]',
  run: async (args, settings) => {
    const options = { login: { type: 'string' }, name: { type: 'string' }, county: { type: 'string' } } as const;
    const { login, name, county } = parseArgs({ args: [...args], options }).values;
    if (login === undefined) throw new CommandFailure({ zh: '缺少 --login。', en: '--login is missing.' });
    const password = await passwordGiven();
    await withProduct(settings, async (app) => {
      const made = await app.get(FirstAdministrator, { strict: false }).create({
        countyId: 'county' as UnitId,
        countyName: county ?? '本县',
        personName: name ?? '系统管理员',
        login,
        ...(password === null ? {} : { password }),
      });
      await app.get(Readers).drain();
      console.log(`管理员 administrator: ${made.login}`);
      if (password === null) console.log(`一次性密码 one-time password: ${made.password}`);
    });
  },
};
