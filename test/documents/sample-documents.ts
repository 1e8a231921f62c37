import type { DocumentBlock, OfficialDocument } from '@app/documents';
import { instant, localDate } from '@app/kernel';

const AT = instant('2020-07-06T08:30:00.000Z');
const OFFICE = '平度市脱贫攻坚督查办公室';

const PLACES = ['大泽山镇北昌村', '旧店镇九里夼村', '云山镇栲栳岭村', '田庄镇沔东村', '新河镇灰埠村', '蓼兰镇窎远村'];
const KINDS = ['住房安全', '饮水安全', '档案规范', '产业项目', '政策落实'];

const rows = Array.from({ length: 26 }, (_, at): readonly string[] => [
  String(at + 1),
  `PD-2020-${String(101 + at).padStart(4, '0')}`,
  PLACES[at % PLACES.length] ?? '',
  at === 11
    ? '村级光伏电站23户收益分配公示不及时，公示栏仍为2019年12月数据；分配方案未经村民代表会议通过，会议记录缺签名，且与镇级备案的方案（2020年3月5日）金额不一致，相差1,260元。'
    : `${KINDS[at % KINDS.length] ?? ''}：现场核对与台账不符`,
  at % 3 === 0 ? '立行立改' : '限期整改',
  `2020年7月${String(10 + (at % 15))}日`,
]);

const TABLE: DocumentBlock = {
  kind: 'table',
  caption: '问题清单',
  columns: [
    { title: '序号', width: 7, align: 'center' },
    { title: '问题编号', width: 17, align: 'center' },
    { title: '位置', width: 16 },
    { title: '问题', width: 33 },
    { title: '整改类型', width: 12, align: 'center' },
    { title: '期限', width: 15, align: 'center' },
  ],
  rows,
};

/** A notice with everything the form knows. */
export const NOTICE: OfficialDocument = {
  letterhead: OFFICE,
  number: '限改〔2020〕0001号',
  signer: null,
  title: '限期整改通知单',
  recipient: '大泽山镇人民政府',
  blocks: [
    {
      kind: 'paragraph',
      text: '2020年7月3日至6日，督查二组对你镇脱贫攻坚工作进行了督查，共发现问题26个。现将有关问题通知如下，请按要求认真整改，“件件有着落、事事有回音”，并于期限前书面反馈整改情况。',
    },
    {
      kind: 'facts',
      facts: [
        ['检查时间', '2020年7月3日至6日'],
        ['检查方式', '调取系统数据、查阅档案资料、实地查看项目、随机进村入户'],
        ['检查组', '督查二组'],
      ],
    },
    { kind: 'heading', level: 1, text: '一、存在的问题' },
    TABLE,
    { kind: 'heading', level: 1, text: '二、整改要求' },
    { kind: 'heading', level: 2, text: '（一）时限' },
    {
      kind: 'paragraph',
      text: '期限自送达之日起算。确需延期的，应当在期限届满前申请，说明理由、进展和预计完成日期，由督查办主任批准；对问题或分工有异议的，应当在收到本通知之日起2个工作日内退单并说明理由。',
    },
    { kind: 'heading', level: 2, text: '（二）复查' },
    { kind: 'paragraph', text: '①报送整改情况后，由督查办组织复查；②水质化验报告须在1年有效期内；③室内温度低于5℃的房屋须说明取暖措施。' },
  ],
  signature: { unit: OFFICE, day: localDate('2020-07-06'), sealed: true, people: ['检查人员 于海', '检查人员 李晓梅'] },
  copies: ['市扶贫开发领导小组', '市住房和城乡建设局', '市水利局'],
  slips: [
    {
      title: '送达回证',
      lines: ['受送达单位：大泽山镇人民政府', '送达文书：限期整改通知单'],
      fields: ['送达方式', '送达时间', '签收人（签名）', '拒收原因', '送达人（签名）'],
    },
    { title: '整改回复（回执联）', lines: ['请于2020年7月24日前填写本联并送督查办。'], fields: ['整改情况', '负责人（签名）', '日期'] },
  ],
  qr: {
    text: 'https://qingling.example/n/01j2k3m4n5p6q7r8?h=9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    caption: '扫码核对本件（须登录）\n内容校验：9f86d081',
  },
  at: AT,
};

/** With somebody who signs for it, and a name that no font has. */
export const LETTER: OfficialDocument = {
  letterhead: '平度市扶贫开发领导小组文件',
  number: '督办〔2020〕0007号',
  signer: '于海',
  title: '关于旧店镇九里夼村等三村住房安全问题逾期未整改的督办函',
  recipient: '旧店镇人民政府：',
  blocks: [
    { kind: 'paragraph', text: '你镇牵头的《住房安全》等3个问题已逾期7个工作日，经催办仍未报送整改情况，其中𡌶子村1个。' },
    { kind: 'heading', level: 3, text: '1. 请镇主要负责人于3个工作日内说明情况。' },
    { kind: 'paragraph', text: '特此函告。' },
  ],
  signature: { unit: '平度市扶贫开发领导小组办公室', day: localDate('2020-07-17'), sealed: true, people: [] },
  copies: [],
  slips: [],
  qr: null,
  at: AT,
};

/** Text over several pages, a picture, one that cannot be read, nobody's letterhead. */
export const reportWith = (picture: Buffer): OfficialDocument => ({
  letterhead: null,
  number: null,
  signer: null,
  title: '期限溯源',
  recipient: null,
  blocks: [
    ...Array.from({ length: 12 }, (): DocumentBlock => ({ kind: 'paragraph', text: GRID_TEXT })),
    { kind: 'picture', bytes: picture, caption: '图1 旧店镇九里夼村公示栏，2020年7月6日', width: 60 },
    { kind: 'picture', bytes: Buffer.from('no picture'), caption: '图2', width: 60 },
    { kind: 'page-break' },
    { kind: 'paragraph', text: '以下空白', align: 'center' },
  ],
  signature: null,
  copies: [],
  slips: [],
  qr: null,
  at: AT,
});

/** 28 and more characters, so that lines of it are full. */
export const GRID_TEXT =
  '深入开展问题排查、政策落地“双清零”行动，逐一研判，对即知即改的问题立行立改，对不能立行立改的，明确整改时限，限期整改到位，2020年6月底前完成率达到99.9%。';
