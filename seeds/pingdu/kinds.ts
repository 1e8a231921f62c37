import type { FindingKind, Manner, Rectification, SubjectKind } from '@app/findings';
import type { CategoryCode } from '@app/kernel';

/** One kind of finding of the source documents: how often, about whom, and what is done about it. */
export type Kind = Readonly<{
  category: CategoryCode;
  count: number;
  subject: SubjectKind;
  sensitive?: boolean;
  manner: Manner;
  rectification: Rectification;
  /** Of ten findings of the kind, how many are serious. */
  serious: number;
  kind?: FindingKind;
  text: (place: string, items: number) => string;
  /** Items of all findings of the kind together; 0: none. */
  items: number;
  itemText: string;
  basis: string;
  measure: string;
  done: string;
  proof: 'after' | 'document' | 'screenshot' | 'statement';
}>;

const kind = (category: string, fields: Omit<Kind, 'category'>): Kind => ({ category: category as CategoryCode, ...fields });
const common = { rectification: 'time-limited', serious: 0, items: 0, itemText: '', manner: 'household' } as const;

/** Numbers of households and persons as the documents give them; how many findings they fall into is this scenario's choice. */
export const KINDS: readonly Kind[] = [
  kind('housing.cd', {
    ...common,
    count: 44,
    subject: 'household',
    serious: 3,
    items: 241,
    itemText: '住房经鉴定为C、D级，尚未改造',
    text: (place, n) => `${place}${String(n)}户贫困户住房为C、D级，改造未完成`,
    basis: '农村危房改造政策',
    measure: '逐户鉴定、改造或搬离',
    done: '已逐户改造并通过验收',
    proof: 'after',
  }),
  kind('housing.old', {
    ...common,
    count: 30,
    subject: 'household',
    text: (place) => `${place}建新未拆旧，旧房无人居住存在安全隐患`,
    basis: '住房安全保障要求',
    measure: '拆除或封存旧房',
    done: '旧房已拆除或封存',
    proof: 'after',
  }),
  kind('water.report', {
    ...common,
    count: 28,
    subject: 'village',
    manner: 'documents',
    text: (place) => `${place}单村供水水质化验报告已超过一年`,
    basis: '农村饮水安全评价准则',
    measure: '重新取样化验并公示',
    done: '已重新化验，水质合格并公示',
    proof: 'document',
  }),
  kind('water.purifier', {
    ...common,
    count: 12,
    subject: 'facility',
    manner: 'on-site',
    text: (place) => `${place}单村供水净化设施停运`,
    basis: '农村饮水安全工程管护要求',
    measure: '检修并落实管护人',
    done: '设施已恢复运行',
    proof: 'after',
  }),
  kind('health.pay-later', {
    ...common,
    count: 16,
    subject: 'person',
    manner: 'data',
    serious: 2,
    items: 3394,
    itemText: '未享受“先诊疗后付费”',
    text: (place, n) => `${place}${String(n)}名贫困人口未落实“先诊疗后付费”`,
    basis: '健康扶贫政策',
    measure: '逐人核实，电话或上门解释',
    done: '已逐人核实并解释到位',
    proof: 'screenshot',
  }),
  kind('health.refund', {
    ...common,
    count: 12,
    subject: 'person',
    manner: 'data',
    text: (place) => `${place}贫困人口住院未享受“三免两减半”，多收费用未退还`,
    basis: '健康扶贫政策',
    measure: '核算并退还费用',
    done: '费用已退还本人',
    proof: 'document',
  }),
  kind('civil.tekun', {
    ...common,
    count: 16,
    subject: 'person',
    manner: 'data',
    items: 257,
    itemText: '符合条件，未办理低保转特困',
    text: (place, n) => `${place}${String(n)}名符合“低保转特困”条件的贫困人口未办理`,
    basis: '特困人员救助供养政策',
    measure: '按程序办理转特困',
    done: '已按程序办理',
    proof: 'screenshot',
  }),
  kind('disabled.card', {
    ...common,
    count: 16,
    subject: 'person',
    sensitive: true,
    manner: 'data',
    items: 193,
    itemText: '疑似残疾，未评定',
    text: (place, n) => `${place}${String(n)}名建档立卡疑似残疾人未评定办证`,
    basis: '残疾人评定办证办法',
    measure: '集中或上门评定',
    done: '已全部评定，符合条件的已发证',
    proof: 'screenshot',
  }),
  kind('disabled.access', {
    ...common,
    count: 12,
    subject: 'household',
    sensitive: true,
    text: (place) => `${place}重残家庭无障碍改造未完成`,
    basis: '无障碍改造实施方案',
    measure: '按需求完成改造',
    done: '改造完成并验收',
    proof: 'after',
  }),
  kind('archive', {
    ...common,
    count: 34,
    subject: 'unit',
    manner: 'documents',
    text: (place) => `${place}户档案内容不全，目录与材料不一致`,
    basis: '扶贫档案管理规范',
    measure: '对照目录补齐',
    done: '档案已补齐，专盒专柜专人',
    proof: 'after',
  }),
  kind('project', {
    ...common,
    count: 24,
    subject: 'project',
    manner: 'on-site',
    serious: 3,
    text: (place) => `${place}产业项目管理不规范，台账与实物不符`,
    basis: '扶贫项目资产管理办法',
    measure: '清点资产、完善台账',
    done: '台账已完善，权属明确',
    proof: 'document',
  }),
  kind('project.benefit', {
    ...common,
    count: 10,
    subject: 'project',
    manner: 'documents',
    serious: 5,
    text: (place) => `${place}项目收益分配不及时`,
    basis: '扶贫项目收益分配办法',
    measure: '限期分配到户',
    done: '收益已分配到户',
    proof: 'document',
  }),
  kind('project.solar', {
    ...common,
    count: 10,
    subject: 'facility',
    manner: 'data',
    text: (place) => `${place}村级光伏电站发电异常`,
    basis: '光伏扶贫电站管理办法',
    measure: '检修逆变器',
    done: '发电恢复正常',
    proof: 'screenshot',
  }),
  kind('education', {
    ...common,
    count: 9,
    subject: 'person',
    sensitive: true,
    manner: 'documents',
    items: 22,
    itemText: '送教上门记录不全',
    text: (place, n) => `${place}${String(n)}名送教上门学生记录不全`,
    basis: '控辍保学政策',
    measure: '补齐记录，按计划送教',
    done: '已按计划送教并补齐记录',
    proof: 'statement',
  }),
  kind('labour', {
    ...common,
    count: 8,
    subject: 'person',
    manner: 'documents',
    items: 70,
    itemText: '公益岗位协议未签订',
    text: (place, n) => `${place}${String(n)}名公益岗人员未签协议`,
    basis: '公益岗位管理办法',
    measure: '补签协议、核发岗位补贴',
    done: '协议已补签',
    proof: 'document',
  }),
  kind('home', {
    ...common,
    count: 20,
    subject: 'household',
    manner: 'unannounced',
    rectification: 'immediate',
    text: (place) => `${place}贫困户家居环境脏乱`,
    basis: '家居环境提升要求',
    measure: '当场清理，落实帮扶人',
    done: '环境已清理',
    proof: 'after',
  }),
];
