import { instantFromMs, localDateOf } from './time';

const HOUR_MS = 3_600_000;
const inShanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });

describe('The day in Shanghai', () => {
  it('is that of the calendar there, at every hour of the days around the ends of months and years', () => {
    for (const from of ['2023-12-30', '2024-02-27', '2024-06-29', '2035-12-30']) {
      for (let hour = 0; hour < 96; hour += 1) {
        for (const within of [0, 1, HOUR_MS - 1]) {
          const ms = Date.parse(`${from}T00:00:00.000Z`) + hour * HOUR_MS + within;
          expect(localDateOf(instantFromMs(ms))).toBe(inShanghai.format(ms));
        }
      }
    }
  });
});
