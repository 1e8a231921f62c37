import type { Instant } from '@app/kernel';
import type { NotificationKind, NotificationParams } from '../domain/kinds';
import { momentText, textOf } from '../domain/texts';
import type { Letter } from './mailer';

export type ToldLine = Readonly<{ kind: NotificationKind; params: NotificationParams; path: string; substitute: boolean }>;

/** Longer mails are read by nobody; the rest is in the application. */
const MOST = 50;
const RULE = '—'.repeat(12);

/** Numbers, units, days and links: what anybody may see on the way. */
export const letterOf = (lines: readonly ToldLine[], publicUrl: string | null): Pick<Letter, 'subject' | 'text'> => {
  const [first] = lines;
  const texts = lines.slice(0, MOST).map(({ kind, params, path, substitute }) => {
    const link = publicUrl === null ? '' : `\n  ${publicUrl}${path}`;
    return `· ${substitute ? '（代岗）' : ''}${textOf(kind, params)}${link}`;
  });
  const more = lines.length > MOST ? [`……另有 ${String(lines.length - MOST)} 条，请登录查看。`] : [];
  const about = lines.length === 1 && first !== undefined ? textOf(first.kind, first.params) : `${String(lines.length)} 条通知`;
  const foot = `${RULE}\n本邮件由系统自动发出。接收方式可在“通知设置”中更改。${publicUrl === null ? '' : `\n${publicUrl}/notifications/settings`}`;
  return { subject: `【清零】${about}`, text: [...texts, ...more, foot].join('\n') };
};

/** To an address nobody has confirmed yet: it names nobody and tells nothing. */
export const codeLetterOf = (code: string, until: Instant, publicUrl: string | null): Pick<Letter, 'subject' | 'text'> => ({
  subject: '【清零】邮箱确认码',
  text: [
    `确认码：${code}`,
    `有人把这个邮箱填作接收通知的地址。是您本人时，请在${momentText(until)}前登录，在“通知设置”中填入确认码。`,
    '不是您本人时，不必理会：没有确认码，不会再有通知发到这里。',
    ...(publicUrl === null ? [] : [`${publicUrl}/notifications/settings`]),
  ].join('\n'),
});
