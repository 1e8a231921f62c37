import type { DocumentBlock, OfficialDocument } from '@app/documents';
import type { SeenFinding } from '@app/findings';
import { localDateOf, localTimeOf, type Instant } from '@app/kernel';
import type { ToldDeadline } from './reading.answers';

const KINDS: Readonly<Record<ToldDeadline['kind'], string>> = {
  triage: '研判',
  sign: '签收',
  rectify: '整改',
  guide: '政策口径',
  opinion: '指导意见',
  review: '复核',
  verify: '核查',
  ruling: '裁定',
  stage: '阶段检查',
  instruction: '批示回复',
  pause: '停计届满',
};
const NUMERALS = '一二三四五六七八九十';
/** 十一, 二十三 …; more than ninety-nine clocks run on no finding. */
const numeral = (n: number): string => {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : NUMERALS.charAt(tens - 1)}十`;
  return `${ten}${ones === 0 ? '' : NUMERALS.charAt(ones - 1)}`;
};

const moment = (at: Instant): string => {
  const [year, month, day] = localDateOf(at).split('-').map(Number);
  return `${String(year)}年${String(month)}月${String(day)}日 ${localTimeOf(at)}`;
};

const standing = ({ running, overdue, workingDaysLeft }: ToldDeadline): string => {
  if (!running) return '停计';
  if (overdue) return '已逾期';
  return workingDaysLeft === null ? '计时中' : `计时中，还有${String(workingDaysLeft)}个工作日`;
};

const clock = (told: ToldDeadline, at: number): readonly DocumentBlock[] => [
  { kind: 'heading', level: 1, text: `${numeral(at + 1)}、${KINDS[told.kind]}（${told.unit.name}）` },
  {
    kind: 'facts',
    facts: [
      ['期限', moment(told.due.at)],
      ['状态', standing(told)],
    ],
  },
  ...told.due.account.map((line, nth): DocumentBlock => ({ kind: 'paragraph', text: `${String(nth + 1)}. ${line}` })),
];

export type Printed = Readonly<{ by: string; unit: string; at: Instant; category: string }>;

/** 期限溯源 on paper: every clock of a finding and how its due time came about, with reader and time (R40). */
export const deadlinePaper = (finding: SeenFinding, deadlines: readonly ToldDeadline[], printed: Printed): OfficialDocument => ({
  letterhead: null,
  number: null,
  signer: null,
  title: `问题 ${finding.number} 期限溯源`,
  recipient: null,
  blocks: [
    {
      kind: 'facts',
      facts: [
        ['问题编号', finding.number],
        ['类别', printed.category],
        ['位置', finding.place],
        ['打印', `${printed.unit} ${printed.by}，${moment(printed.at)}`],
      ],
    },
    ...(deadlines.length === 0 ? [{ kind: 'paragraph', text: '没有正在计时的期限。' } as const] : deadlines.flatMap(clock)),
  ],
  signature: null,
  copies: [],
  slips: [],
  qr: null,
  at: printed.at,
});
