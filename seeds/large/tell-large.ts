import { addDays, instantAt, type Instant, type LocalDate } from '@app/kernel';
import { addWorkingDays, type WorkCalendar } from '@app/worktime';
import type { Teller } from '../kit/teller';
import { Timeline } from '../kit/timeline';
import type { Case } from '../pingdu/cases';
import type { Files } from '../pingdu/life';
import { issueList } from '../pingdu/lists';
import { readTowns } from '../pingdu/places';
import type { Stage } from '../pingdu/stories';
import { caseOf, daysOf, FIRST_DAY, idOf, lastDayOf, randomOf, type Measure } from './large-cases';
import { ORDINARY, STORIES, type Story } from './large-stories';

const EVENING = '17:40';
/** Of a working day's findings this share comes by lists, which hold this many rows at most. */
const SHARE_OF_LISTS = 0.25;
const ROWS_OF_A_LIST = 60;

/** Where the scenario ends: the last day on which something is found, in the afternoon. */
export const endOf = (measure: Measure): Instant => instantAt(lastDayOf(measure), '18:00');

const storyOf = (stories: readonly Story[], share: number): Story => {
  let left = share * 1_000;
  return stories.find((story) => (left -= story.share) < 0) ?? ORDINARY;
};

/** Plans what is found on each day in the morning of that day. */
const plan = (stage: Omit<Stage, 'random'>, measure: Measure, stories: readonly Story[]): void => {
  const { seed } = measure;
  const towns = readTowns();
  const staged = (...of: readonly (string | number)[]): Stage => ({ ...stage, random: randomOf(seed, ...of) });
  const cases = (from: number, to: number): readonly Case[] =>
    Array.from({ length: to - from }, (_, i) => caseOf(randomOf(seed, 'case', from + i), seed, from + i, towns));

  const tellList = (day: LocalDate, rows: readonly Case[], i: number): void => {
    const key = `large-${day}-${String(i + 1)}`;
    const own = staged('list', key);
    const upper = own.random.chance(0.3);
    const due = upper ? addWorkingDays(day, 20, stage.calendar) : null;
    issueList(
      own,
      {
        key,
        title: `${day}问题清单（第${String(i + 1)}批）`,
        listDate: day,
        time: '09:05',
        source: upper
          ? { kind: 'upper', name: '青岛市脱贫攻坚评估验收', batch: key, documentNumber: null }
          : { kind: 'inspection', name: '脱贫攻坚督查', batch: day, documentNumber: null },
      },
      rows,
      (n) => String(n + 1),
      (n) => due ?? (n % 5 === 0 ? addWorkingDays(day, 25, stage.calendar) : null),
    );
  };
  const tellOne = (day: LocalDate, n: number): void => {
    const own = staged('story', n);
    const { tell, kinds } = storyOf(stories, own.random.next());
    tell(own, caseOf(own.random, seed, n, towns, kinds), day, { before: idOf(seed, Math.max(0, n - 1)), towns });
  };

  for (const { day, from, to } of daysOf(measure)) {
    stage.timeline.inTheMorningOf(day, () => {
      const listed = stage.calendar.isWorkingDay(day) ? Math.round((to - from) * SHARE_OF_LISTS) : 0;
      for (let at = from, i = 0; at < from + listed; at += ROWS_OF_A_LIST, i += 1) {
        tellList(day, cases(at, Math.min(at + ROWS_OF_A_LIST, from + listed)), i);
      }
      for (let n = from + listed; n < to; n += 1) tellOne(day, n);
    });
  }
};

export type Telling<T extends Teller> = Readonly<{
  teller: T & Readonly<{ settle: () => Promise<void>; knock: () => Promise<void> }>;
  calendar: WorkCalendar;
  files: Files;
  measure: Measure;
  /** Other shares than usual. */
  stories?: readonly Story[];
  /** In the evening of every day on which something happened, after everything that follows from it. */
  evening: (day: LocalDate, timeline: Timeline) => Promise<void>;
}>;

/** Tells the large scenario from its first day to its end; the same measure gives the same commands, whoever takes them. */
export const tellLarge = async <T extends Teller>({
  teller,
  calendar,
  files,
  measure,
  stories = STORIES,
  evening,
}: Telling<T>): Promise<void> => {
  // One after the other: so numbers come in the same order in every run.
  const timeline = new Timeline(FIRST_DAY, endOf(measure), 1);
  plan({ scenario: teller, timeline, calendar, files }, measure, stories);
  for (let day = FIRST_DAY; day <= lastDayOf(measure); day = addDays(day, 1)) {
    if (calendar.isWorkingDay(day)) timeline.at(day, EVENING, 'evening', () => Promise.resolve());
  }
  await timeline.run(
    (at) => {
      teller.clock.moveToInstant(at);
    },
    () => teller.settle(),
    async (day) => {
      await teller.settle();
      if (calendar.isWorkingDay(day)) await teller.knock();
      await evening(day, timeline);
    },
  );
};
