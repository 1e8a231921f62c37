import { assertNever, type LocalDate } from '@app/kernel';
import type { JointRung, Rung } from './escalation.types';

type Facts = Readonly<{ number: string; unit: string; dueOn: LocalDate; overdueDays: number }>;

const written = (day: LocalDate): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${String(Number(month))}月${String(Number(date))}日`;
};

/** What a rung says where whoever issues it writes nothing else; no letterhead, that is the document's. */
export const draftText = (rung: Rung, { number, unit, dueOn, overdueDays }: Facts): string => {
  const overdue = `问题${number}由${unit}负责整改，整改期限为${written(dueOn)}，现已超期${String(overdueDays)}个工作日仍未报完成`;
  switch (rung) {
    case 'urging':
      return `${overdue}。请抓紧整改，尽快报告完成情况；确有困难的，请说明原因、已有进展和预计完成日期。`;
    case 'supervision-letter':
      return `${overdue}。请主要负责同志亲自研究，采取有力措施整改到位，并书面回复未按期完成的原因、下步措施和完成日期。`;
    case 'interview':
      return `${overdue}。建议约谈${unit}主要负责同志，明确整改措施和完成日期。`;
    case 'listing':
      return `${overdue}。建议对该问题挂牌督办。`;
    default:
      return assertNever(rung);
  }
};

/** The same for several findings of one unit on one notice, which lists them with their due times. */
export const jointDraftText = (rung: JointRung, unit: string): string => {
  const overdue = `下列问题由${unit}负责整改，整改期限已过，仍未报完成`;
  switch (rung) {
    case 'urging':
      return `${overdue}。请抓紧整改，尽快逐项报告完成情况；确有困难的，请说明原因、已有进展和预计完成日期。`;
    case 'supervision-letter':
      return `${overdue}。请主要负责同志亲自研究，采取有力措施整改到位，并逐项书面回复未按期完成的原因、下步措施和完成日期。`;
    default:
      return assertNever(rung);
  }
};
