import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stream } from 'exceljs';
import type { StartServer } from '../harness/types';

const TITLES = [
  '序号',
  '问题编号',
  '问题类别',
  '所在镇街',
  '所在村',
  '户主姓名',
  '问题表述',
  '违反依据',
  '责任单位',
  '配合单位',
  '整改时限',
  '整改措施',
] as const;
const PLACES = [
  ['大泽山镇', '北树园村'],
  ['旧店镇', '东太平村'],
] as const;
const KINDS = [
  ['住房安全', '市住建局', '住房安全保障工作方案第三条', '房屋鉴定为C级，屋面漏雨、墙体开裂，至今未修缮，台账登记为已整改'],
  ['饮水安全', '市水利局', '农村饮水安全评价准则第五条', '集中供水点水质化验报告超过一年，蓄水池未加盖，周边有垃圾堆放'],
  ['档案管理', '市住建局', '脱贫攻坚档案管理办法第十二条', '一户一档缺页，收入核算表与走访记录不一致，签字栏空白'],
] as const;
const SURNAMES = '王李张刘陈杨赵黄周吴';
const GIVEN = '建国秀英志强桂兰海涛玉梅永福淑珍德明春花';

const rowOf = (n: number): readonly (string | number | Date)[] => {
  const [town, village] = PLACES[n % PLACES.length] ?? PLACES[0];
  const [category, department, basis, text] = KINDS[n % KINDS.length] ?? KINDS[0];
  const household = `${SURNAMES.charAt(n % 10)}${GIVEN.charAt(n % 20)}${GIVEN.charAt((n * 7 + 3) % 20)}`;
  return [
    n,
    `省督导〔2020〕${String(n).padStart(6, '0')}`,
    category,
    town,
    village,
    household,
    `第${String(n)}处：${text}，现场核查时未能提供佐证材料。`,
    basis,
    `${town}、${department}`,
    n % 2 === 0 ? '市水利局' : '市住建局',
    new Date(Date.UTC(2020, 8, 1 + (n % 60))),
    `由${town}牵头于月底前完成整改，第${String(n % 500)}号工作组复核并补齐资料。`,
  ];
};

/** Writes a ledger of `rows` × 12 as Excel does, texts shared, and answers with `{ file, rows }`. The same every time. */
export const start: StartServer = async ({ options }) => {
  const { rows } = options as Readonly<{ rows: number }>;
  const folder = await mkdtemp(path.join(tmpdir(), 'qingling-bench-'));
  const file = path.join(folder, 'ledger.xlsx');
  const workbook = new stream.xlsx.WorkbookWriter({ filename: file, useSharedStrings: true, useStyles: true });
  const sheet = workbook.addWorksheet('问题清单');
  sheet.addRow([...TITLES]).commit();
  for (let n = 1; n <= rows; n += 1) sheet.addRow([...rowOf(n)]).commit();
  sheet.commit();
  await workbook.commit();
  return { answer: { file, rows }, close: () => rm(folder, { recursive: true, force: true }) };
};
