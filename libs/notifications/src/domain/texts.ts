import { localDateOf, localTimeOf, type Instant } from '@app/kernel';
import type { NotificationKind, NotificationParams } from './kinds';

const TEXTS: Readonly<Record<NotificationKind, string>> = {
  delivered: '{number} 已交办{unit}，{due}前完成。',
  reminder: '{number} 的{clock}还有 {before}到期：{due}。',
  overdue: '{number} 的{clock}已于 {due}超期（{unit}）。',
  'sent-back': '{number} 被退回重办（{unit}），{due}前完成。',
  'return-asked': '{unit}退回 {number}，请在{due}前裁定。',
  'return-ruled': '{number} 的退单已裁定：{ruling}。',
  'extension-asked': '{unit}申请将 {number} 延期到{until}，待答复。',
  'extension-ruled': '{number} 的延期申请：{ruling}。',
  'pause-asked': '{unit}申请将 {number} 暂停至{until}，待答复。',
  'pause-ruled': '{number} 的暂停：{ruling}。',
  'review-waits': '{unit}已提交 {number} 的整改结果，请在{due}前复核。',
  'verify-waits': '{number} 各责任单位均已通过，待核查。',
  'clear-waits': '{number} 已核查，待销号。',
  instruction: '领导对 {number} 作出批示，请在{due}前回复。',
  'rung-proposed': '建议对{unit}办理{rung}：{number}（超期 {days} 个工作日）。',
  'rung-issued': '{rung}：{number}（{unit}）。',
  'rung-answered': '{unit}对{rung}作了{late}回复：{number}。',
  listing: '挂牌督办{step}：{unit}。',
  notice: '{document}{step}。',
  bulletin: '{title}已印发。',
  calendar: '{text}',
  failure: '{text}',
  trial: '这是一条试发的通知。',
};

/** 7月20日 17:30. */
export const momentText = (at: Instant): string => {
  const [, month = '', day = ''] = localDateOf(at).split('-');
  return `${String(Number(month))}月${String(Number(day))}日 ${localTimeOf(at)}`;
};

/** The one sentence of a message, as the application and mail show it. A blank that nothing was given for stays empty. */
export const textOf = (kind: NotificationKind, params: NotificationParams): string =>
  TEXTS[kind].replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
