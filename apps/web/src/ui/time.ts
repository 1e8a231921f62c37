import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';

const t = textsOf(common);
/** Times of the api are UTC instants or days; people read them in the county's time, whatever the device is set to. */
const ZONE = 'Asia/Shanghai';
const parts = (at: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('zh-CN', {
      timeZone: ZONE,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    })
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  );

/** `2020年4月30日 17:30`. */
export const dateTimeWords = (at: string): string => {
  const { year = '', month = '', day = '', hour = '', minute = '' } = parts(at);
  return t('dateTime', { year, month, day, hour: hour === '24' ? '00' : hour, minute });
};
/** `4月30日` of an instant or of `YYYY-MM-DD`; with the year where it is not `thisYear`. */
export const dayWords = (at: string, thisYear?: string): string => {
  const [year = '', month = '', day = ''] = at.length === 10 ? at.split('-') : [parts(at)['year'], parts(at)['month'], parts(at)['day']];
  return t(year === thisYear ? 'dateThisYear' : 'date', { year, month: Number(month), day: Number(day) });
};
