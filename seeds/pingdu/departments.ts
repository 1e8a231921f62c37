import type { CategoryCode, UnitId } from '@app/kernel';
import type { CategoryRequest } from '@app/organisation';

export const COUNTY = 'pd' as UnitId;
export const OFFICE = 'office' as UnitId;
export const INDEPENDENT = 'inspection-office' as UnitId;
export const COMPANY = 'company-agri' as UnitId;
/** Merged into the poverty office in June (R14). */
export const PROJECT_CENTRE = 'dept-project-centre' as UnitId;

type Named = Readonly<{ key: string; name: string; synonyms: readonly string[] }>;

export const DEPARTMENTS: readonly Named[] = [
  { key: 'poverty', name: '市扶贫开发办公室', synonyms: ['扶贫办', '市扶贫办'] },
  { key: 'education', name: '市教育和体育局', synonyms: ['教体局', '教育局'] },
  { key: 'health', name: '市卫生健康局', synonyms: ['卫健局'] },
  { key: 'medicare', name: '市医疗保障局', synonyms: ['医保局'] },
  { key: 'housing', name: '市住房和城乡建设局', synonyms: ['住建局'] },
  { key: 'water', name: '市水利局', synonyms: ['水利局'] },
  { key: 'disabled', name: '市残疾人联合会', synonyms: ['残联', '市残联'] },
  { key: 'civil', name: '市民政局', synonyms: ['民政局'] },
  { key: 'labour', name: '市人力资源和社会保障局', synonyms: ['人社局'] },
  { key: 'agriculture', name: '市农业农村局', synonyms: ['农业农村局'] },
  { key: 'finance', name: '市财政局', synonyms: ['财政局'] },
  { key: 'audit', name: '市审计局', synonyms: ['审计局'] },
];
export const department = (key: string): UnitId => `dept-${key}` as UnitId;

type Kind = 'photo' | 'document' | 'data-screenshot' | 'signed-statement';
type CategorySeed = Readonly<{
  code: CategoryCode;
  name: string;
  parent: CategoryCode | null;
  kinds: readonly Kind[];
  department: string | null;
  duty: 'acts' | 'guides';
  leads: 'territorial' | 'sectoral';
}>;
const category = (
  code: string,
  name: string,
  dept: string | null,
  { duty = 'acts', leads = 'territorial', kinds = ['photo', 'document'] }: Partial<Pick<CategorySeed, 'duty' | 'leads' | 'kinds'>> = {},
): CategorySeed => ({
  code: code as CategoryCode,
  name,
  parent: code.includes('.') ? (code.slice(0, code.indexOf('.')) as CategoryCode) : null,
  kinds,
  department: dept,
  duty,
  leads,
});

const GUIDED = { duty: 'guides' } as const;
const DATA = { kinds: ['data-screenshot', 'document', 'signed-statement'] } as const;

/** Category → department in charge, its duty and who leads (R1). */
export const CATEGORIES: readonly CategorySeed[] = [
  category('housing', '住房安全', 'housing'),
  category('housing.cd', 'C、D级住房未改造', 'housing', GUIDED),
  category('housing.old', '建新未拆旧', 'housing', GUIDED),
  category('water', '饮水安全', 'water'),
  category('water.report', '水质化验报告超过一年', 'water', { leads: 'sectoral', kinds: ['document'] }),
  category('water.purifier', '净化水设施运行', 'water', { leads: 'sectoral' }),
  category('health', '健康扶贫', 'health'),
  category('health.pay-later', '先诊疗后付费未落实', 'health', { leads: 'sectoral', ...DATA }),
  category('health.refund', '三免两减半费用未退还', 'health', { leads: 'sectoral', ...DATA }),
  category('health.insurance', '特惠保理赔', 'medicare', DATA),
  category('civil', '兜底保障', 'civil'),
  category('civil.tekun', '低保转特困', 'civil', DATA),
  category('disabled', '残疾人保障', 'disabled'),
  category('disabled.card', '疑似残疾人未评定办证', 'disabled', DATA),
  category('disabled.access', '重残家庭无障碍改造', 'disabled', GUIDED),
  category('archive', '档案管理', 'poverty', { ...GUIDED, kinds: ['photo', 'document'] }),
  category('project', '产业项目管理', 'poverty'),
  category('project.benefit', '项目收益分配', 'poverty'),
  category('project.solar', '光伏扶贫电站', 'agriculture'),
  category('education', '教育扶贫', 'education', DATA),
  category('labour', '公益岗位', 'labour', DATA),
  category('home', '家居环境', null),
  category('care', '孝善养老长效机制', 'civil', GUIDED),
  category('office', '督查工作', null, { kinds: ['document'] }),
];
export const asDefinition = ({ name, parent, kinds }: CategorySeed): CategoryRequest => ({
  type: 'DefineCategory',
  data: { name, parent, evidenceKinds: kinds },
});
