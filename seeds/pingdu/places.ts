import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { UnitId } from '@app/kernel';
import { z } from 'zod';

const divisions = z.object({
  towns: z.array(z.object({ code: z.string(), name: z.string(), villages: z.array(z.object({ code: z.string(), name: z.string() })) })),
});

const IDS: Readonly<Record<string, string>> = {
  东阁街道: 'dongge',
  李园街道: 'liyuan',
  同和街道: 'tonghe',
  凤台街道: 'fengtai',
  白沙河街道: 'baishahe',
  古岘镇: 'guxian',
  仁兆镇: 'renzhao',
  南村镇: 'nancun',
  蓼兰镇: 'liaolan',
  崔家集镇: 'cuijiaji',
  明村镇: 'mingcun',
  田庄镇: 'tianzhuang',
  新河镇: 'xinhe',
  店子镇: 'dianzi',
  大泽山镇: 'dazeshan',
  旧店镇: 'jiudian',
  云山镇: 'yunshan',
  平度经济开发区: 'kaifaqu',
};

export type Village = Readonly<{ id: UnitId; name: string }>;
export type Town = Readonly<{ id: UnitId; key: string; name: string; villages: readonly Village[]; withTask: boolean }>;

/** Which two of the eighteen had no poverty task is not in the documents; these two are this scenario's choice. */
const WITHOUT_TASK: ReadonlySet<string> = new Set(['东阁街道', '平度经济开发区']);

/** The towns and villages of 平度 as the committed slice has them. */
export const readTowns = (): readonly Town[] => {
  const file = path.join(__dirname, '..', 'data', 'pingdu-divisions.json');
  return divisions.parse(JSON.parse(readFileSync(file, 'utf8'))).towns.map(({ code, name, villages }) => {
    const key = IDS[name] ?? code;
    return {
      id: `town-${key}` as UnitId,
      key,
      name,
      withTask: !WITHOUT_TASK.has(name),
      villages: villages.map((village) => ({ id: `village-${village.code}` as UnitId, name: village.name })),
    };
  });
};
