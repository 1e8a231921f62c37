import { addDays, instantAt, localDate, type LocalDate } from '@app/kernel';
import { calendarFrom, dueAfter, provisionalYear } from '@app/worktime';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { lunarDays } from './lunar-days';
import { builtInYears, publishedYears } from './published-years';

const calendar = calendarFrom(builtInYears);
const daysOf = (year: number): readonly LocalDate[] => {
  const days: LocalDate[] = [];
  for (let day = localDate(`${String(year)}-01-01`); day <= `${String(year)}-12-31`; day = addDays(day, 1)) days.push(day);
  return days;
};
/** Days off other than plain weekends, as `MM-DD` runs, and weekends that are worked. */
const arrangementOf = (year: number) => {
  const known = publishedYears.find((y) => y.year === year);
  const runs: string[][] = [];
  for (const { day } of known?.holidays ?? []) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && addDays(localDate(`${String(year)}-${last}`), 1) === day) runs.at(-1)?.push(day.slice(5));
    else runs.push([day.slice(5)]);
  }
  return {
    off: runs.map((run) => (run.length === 1 ? run[0] : `${String(run[0])}..${String(run.at(-1))}`)),
    worked: known?.swappedWorkdays.map(({ day }) => day.slice(5)),
  };
};

/** The yearly circulars 国务院办公厅关于部分节假日安排的通知, written down by hand. */
const CIRCULARS: Readonly<Record<number, Readonly<{ off: readonly string[]; worked: readonly string[] }>>> = {
  2016: {
    off: ['01-01..01-03', '02-07..02-13', '04-02..04-04', '04-30..05-02', '06-09..06-11', '09-15..09-17', '10-01..10-07'],
    worked: ['02-06', '02-14', '06-12', '09-18', '10-08', '10-09'],
  },
  2017: {
    off: ['01-01..01-02', '01-27..02-02', '04-02..04-04', '04-29..05-01', '05-28..05-30', '10-01..10-08', '12-30..12-31'],
    worked: ['01-22', '02-04', '04-01', '05-27', '09-30'],
  },
  2018: {
    off: ['01-01', '02-15..02-21', '04-05..04-07', '04-29..05-01', '06-16..06-18', '09-22..09-24', '10-01..10-07', '12-30..12-31'],
    worked: ['02-11', '02-24', '04-08', '04-28', '09-29', '09-30', '12-29'],
  },
  2019: {
    off: ['01-01', '02-04..02-10', '04-05..04-07', '05-01..05-04', '06-07..06-09', '09-13..09-15', '10-01..10-07'],
    worked: ['02-02', '02-03', '04-28', '05-05', '09-29', '10-12'],
  },
  2020: {
    off: ['01-01', '01-24..02-02', '04-04..04-06', '05-01..05-05', '06-25..06-27', '10-01..10-08'],
    worked: ['01-19', '04-26', '05-09', '06-28', '09-27', '10-10'],
  },
  2021: {
    off: ['01-01..01-03', '02-11..02-17', '04-03..04-05', '05-01..05-05', '06-12..06-14', '09-19..09-21', '10-01..10-07'],
    worked: ['02-07', '02-20', '04-25', '05-08', '09-18', '09-26', '10-09'],
  },
  2022: {
    off: ['01-01..01-03', '01-31..02-06', '04-03..04-05', '04-30..05-04', '06-03..06-05', '09-10..09-12', '10-01..10-07', '12-31'],
    worked: ['01-29', '01-30', '04-02', '04-24', '05-07', '10-08', '10-09'],
  },
  2023: {
    off: ['01-01..01-02', '01-21..01-27', '04-05', '04-29..05-03', '06-22..06-24', '09-29..10-06', '12-30..12-31'],
    worked: ['01-28', '01-29', '04-23', '05-06', '06-25', '10-07', '10-08'],
  },
  2024: {
    off: ['01-01', '02-10..02-17', '04-04..04-06', '05-01..05-05', '06-08..06-10', '09-15..09-17', '10-01..10-07'],
    worked: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  2025: {
    off: ['01-01', '01-28..02-04', '04-04..04-06', '05-01..05-05', '05-31..06-02', '10-01..10-08'],
    worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  2026: {
    off: ['01-01..01-03', '02-15..02-23', '04-04..04-06', '05-01..05-05', '06-19..06-21', '09-25..09-27', '10-01..10-07'],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

describe('The published years', () => {
  it('reach from 2004 to 2026 without a gap', () => {
    expect(publishedYears.map((y) => y.year)).toStrictEqual(Array.from({ length: 23 }, (_, n) => 2004 + n));
  });

  it.each(Object.keys(CIRCULARS).map(Number))('agree with the circular for %i on every working day', (year) => {
    const { off, worked } = CIRCULARS[year] ?? { off: [], worked: [] };
    const inOff = (day: LocalDate) =>
      off.some((run) => {
        const [from, to] = run.split('..');
        return day.slice(5) >= String(from) && day.slice(5) <= (to ?? String(from));
      });
    const expected = (day: LocalDate) => {
      const plain = new Date(`${day}T00:00:00Z`).getUTCDay();
      return worked.includes(day.slice(5)) || !(inOff(day) || plain === 0 || plain === 6);
    };
    const wrong = daysOf(year).filter((day) => calendar.isWorkingDay(day) !== expected(day));
    expect({ year, wrong, worked: arrangementOf(year).worked }).toStrictEqual({ year, wrong: [], worked });
  });
});

describe('The computed years', () => {
  it('follow the published ones and are provisional', () => {
    expect(calendar.version).toBe('2004-2026:1,2027-2060:p');
    expect([calendar.isProvisional(localDate('2026-12-31')), calendar.isProvisional(localDate('2027-01-01'))]).toStrictEqual([false, true]);
    expect(calendar.isProvisional(localDate('2071-06-01'))).toBe(true);
  });

  it('know the festivals of the moon', () => {
    const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
    const written = (day: LocalDate) => lunar.format(new Date(`${day}T00:00:00Z`));
    const odd = [...lunarDays.values()].flatMap(({ springFestival, dragonBoat, midAutumn }) =>
      [written(springFestival), written(dragonBoat), written(midAutumn)].join() === '1/1,5/5,8/15' ? [] : [springFestival],
    );
    // New moons within ten minutes of midnight in Beijing, where ICU's arithmetic falls on the wrong side.
    expect(odd).toStrictEqual(['2027-02-06', '2030-02-03']);
  });

  it('had they been computed for years since published, would have missed no statutory day of the sun', () => {
    for (const { year, holidays } of publishedYears.filter((y) => y.year >= 2016)) {
      const decreed = new Set(holidays.map(({ day }) => day));
      const missing = provisionalYear(year).holidays.filter(({ day }) => !decreed.has(day) && calendar.isWorkingDay(day));
      expect({ year, missing }).toStrictEqual({ year, missing: [] });
    }
  });
});

describe('Due times over the whole calendar', () => {
  const due = (day: string, days: number) =>
    dueAfter({ deliveredAt: instantAt(localDate(day), '09:00'), days, unit: 'working', calendar, rule: { id: 'r', version: 1 } });

  it('roll over the Spring Festival and the National Day of each year as published', () => {
    expect(due('2016-02-05', 1).day).toBe('2016-02-06');
    expect(due('2018-02-14', 1).day).toBe('2018-02-22');
    expect(due('2023-01-20', 1).day).toBe('2023-01-28');
    expect(due('2024-02-09', 1).day).toBe('2024-02-18');
    expect(due('2025-09-30', 1).day).toBe('2025-10-09');
    expect(due('2026-02-14', 1).day).toBe('2026-02-24');
  });

  it('are the same in every time zone the machine may be set to, and the days of China’s summer time are themselves', async () => {
    const run = promisify(execFile);
    const probe = path.join(__dirname, 'due-times.probe.cjs');
    const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'];
    const digests = await Promise.all(
      zones.map(async (TZ) => (await run(process.execPath, [probe], { env: { ...process.env, TZ } })).stdout),
    );
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(digests).size).toBe(1);
  });
});
