import { idFrom, instantAt, localDate, type CommandId, type FindingId } from '@app/kernel';
import { addWorkingDays } from '@app/worktime';
import type { Settings } from '@app/settings';
import { Random } from '../kit/random';
import { Scenario } from '../kit/scenario';
import { Timeline } from '../kit/timeline';
import { bulletinsOfTheMonth } from './bulletins';
import { casesOf } from './cases';
import { makeFiles } from './files';
import { supervisionOfATown } from './supervision';
import { inspectionsOfJune, inspectionsOfToday, witnessedOnTheSpot } from './inspections';
import { theLadder } from './ladder';
import { issueList, issueTasks, otherDrafts } from './lists';
import { establishPingdu } from './organisation';
import { noticesToATown } from './notices';
import { readTowns } from './places';
import { handledOffline } from './placeholders';
import { beforeTransfer, overSeveralTowns, shapesOfTransfer, SpecialCases } from './specials';
import { disagreements, longerStories, merger, timesAndPosts, selfFound } from './specials-in-work';
import { file, foundOn, ordinaryCourse, triage, work, type Stage } from './stories';

/** The day of the meeting that issued both lists; the ledger opens with it. */
export const FIRST_DAY = localDate('2020-04-21');
/** Where the scenario ends and the demo's clock ticks on (R20). */
export const END = instantAt(localDate('2020-07-17'), '15:00');
const EVENING = '17:40';

const LIST = (
  key: string,
  title: string,
  day: string,
  source: { kind: 'inspection' | 'upper' | 'data' | 'self'; name: string; batch: string | null },
) => ({
  key,
  title,
  listDate: localDate(day),
  time: '09:05',
  source: { ...source, documentNumber: null },
});

const tellLists = (stage: Stage, cases: ReturnType<typeof casesOf>): void => {
  const meeting = LIST('meeting', '脱贫攻坚收官战问题清单', '2020-04-21', {
    kind: 'inspection',
    name: '脱贫攻坚自查评估',
    batch: '2020年4月',
  });
  issueList(
    stage,
    meeting,
    cases.slice(0, 60),
    (i) => String(i + 1),
    (i) => (i % 4 === 0 ? localDate('2020-05-29') : null),
  );
  issueTasks(
    stage,
    LIST('tasks', '脱贫攻坚收官战任务清单', '2020-04-21', { kind: 'inspection', name: '收官战推进会', batch: '2020年4月' }),
  );
  const upper = LIST('upper', '青岛市脱贫攻坚评估验收反馈问题清单', '2020-05-28', {
    kind: 'upper',
    name: '青岛市脱贫攻坚评估验收',
    batch: '2020年5月',
  });
  issueList(
    stage,
    upper,
    cases.slice(60, 80),
    (i) => `${String(1 + Math.floor(i / 4))}-(${String((i % 4) + 1)})`,
    () => localDate('2020-07-10'),
  );
  const data = LIST('data', '行业数据比对疑似问题清单', '2020-06-03', { kind: 'data', name: '行业部门数据比对', batch: '2020年6月' });
  issueList(
    stage,
    data,
    cases.slice(80, 112),
    (i) => String(i + 1),
    () => null,
    { from: 26, day: localDate('2020-06-12') },
  );
  otherDrafts(
    stage,
    LIST('open', '省年中督查反馈问题清单（未印发）', '2020-07-16', { kind: 'inspection', name: '省年中督查', batch: '2020年7月' }),
    LIST('given-up', '自查问题清单（重复）', '2020-06-04', { kind: 'self', name: '自查', batch: null }),
    cases.slice(112, 120),
  );
};

const shuffled = <T>(random: Random, from: readonly T[]): readonly T[] => {
  const rest = [...from];
  for (let i = rest.length - 1; i > 0; i -= 1) {
    const j = random.int(0, i);
    [rest[i], rest[j]] = [rest[j] as T, rest[i] as T];
  }
  return rest;
};

const tell = (stage: Stage<Scenario>, make: SpecialCases, cases: ReturnType<typeof casesOf>, towns: ReturnType<typeof readTowns>): void => {
  const { scenario, random } = stage;
  tellLists(stage, cases);
  for (const one of cases.slice(120)) {
    const day = foundOn(random, localDate('2020-07-17'));
    const life = triage(file(stage, one, day), one);
    work(stage, life, one, ordinaryCourse(random, one.serious));
  }
  beforeTransfer(stage, make);
  shapesOfTransfer(stage, make);
  overSeveralTowns(stage, make, (id: FindingId) => scenario.numbers.take(idFrom('pingdu', 'number', id) as CommandId, id));
  disagreements(stage, make);
  timesAndPosts(stage, make);
  merger(stage, make);
  longerStories(stage, make);
  handledOffline(stage, towns);
  selfFound(stage, make);
  witnessedOnTheSpot(stage, make);
  inspectionsOfJune(stage, towns);
  noticesToATown(stage, towns);
  theLadder(stage);
  bulletinsOfTheMonth(stage);
  supervisionOfATown(stage, towns);
};

/** Tells the scenario of 平度 from April to July 2020, in commands. `note` hears how far it is. */
export const tellPingdu = async (
  settings: Settings,
  note: (text: string) => void,
): Promise<Readonly<{ scenario: Scenario; names: ReadonlyMap<string, string> }>> => {
  const scenario = await Scenario.open(settings, instantAt(FIRST_DAY, '08:00'));
  const random = new Random(20200421);
  const towns = readTowns();
  await scenario.settle();
  const names = await establishPingdu(scenario, random, towns);
  note(`单位 ${String(scenario.directory.allUnits().length)} · 人员 ${String(scenario.directory.allPersons().length)}`);
  const timeline = new Timeline(FIRST_DAY, END);
  const stage: Stage<Scenario> = { scenario, timeline, calendar: scenario.calendar, files: await makeFiles(scenario), random };
  tell(stage, new SpecialCases(random, towns), shuffled(random, casesOf(random, towns)), towns);
  for (let day = FIRST_DAY; day <= localDate('2020-07-16'); day = addWorkingDays(day, 1, stage.calendar)) {
    timeline.at(day, EVENING, 'evening', () => Promise.resolve());
  }
  let month = '';
  await timeline.run(
    (at) => scenario.clock.moveToInstant(at),
    () => scenario.settle(),
    async (day) => {
      // Nothing falls due on a day off, and what happened on it is read on the next working day.
      if (!stage.calendar.isWorkingDay(day)) return;
      await scenario.catchUp();
      await scenario.knock();
      if (day.slice(0, 7) !== month) note(`演示时间 ${(month = day.slice(0, 7))}`);
    },
  );
  scenario.clock.moveToInstant(END);
  await scenario.settle();
  await scenario.knock();
  await scenario.settle();
  await inspectionsOfToday(scenario);
  await scenario.settle();
  return { scenario, names };
};
