import type { CategoryCode } from '@app/kernel';
import { idFrom, type FindingId, type ListId, type LocalDate } from '@app/kernel';
import type { ListRow, ListSource } from '@app/lists';
import { itemsOf, legsFor, subjectOf, type Case } from './cases';
import { COUNTY, department, DEPARTMENTS, OFFICE } from './departments';
import { leg, S } from './life';
import { personOf } from './organisation';
import { begin, ordinaryCourse, work, type Stage } from './stories';

const OFFICE_ONE = personOf('office.one');
const listId = (key: string): ListId => idFrom('pingdu', 'list', key) as ListId;
const withoutIds = (legs: ReturnType<typeof legsFor>) => legs.map(({ unitId, line, duty, leads }) => ({ unitId, line, duty, leads }));

type Listed = Readonly<{ key: string; title: string; source: ListSource; listDate: LocalDate; time: string }>;

const rowOf = async (stage: Stage, one: Case, list: Listed, number: string, dueOn: LocalDate | null): Promise<ListRow> => ({
  rowId: idFrom('pingdu', list.key, number),
  findingId: one.id,
  fingerprint: null,
  kind: 'finding',
  number,
  text: one.text,
  category: one.kind.category,
  subject: await subjectOf(stage.scenario.sealer, one),
  place: { townId: one.town.id, villageId: one.village.id, text: one.village.name },
  townIds: [one.town.id],
  foundOn: list.listDate,
  manner: one.kind.manner,
  basis: one.kind.basis,
  seriousness: one.serious ? 'serious' : 'ordinary',
  rectification: one.kind.rectification,
  measure: one.kind.measure,
  dueOn,
  legs: withoutIds(legsFor(one)),
  assisting: [],
  projectOwnerId: null,
  quoted: [],
});

const draft = (stage: Stage, list: Listed): void => {
  const { scenario, timeline } = stage;
  const { key, title, source, listDate, time } = list;
  const data = { listId: listId(key), title, issuingUnitId: OFFICE, source, listDate };
  timeline.at(listDate, time, data.listId, () => scenario.list(data.listId, { type: 'DraftList', data }, scenario.actor(OFFICE_ONE)));
};
const addRows = (stage: Stage, list: Listed, day: LocalDate, time: string, rows: () => Promise<readonly ListRow[]>): void => {
  const { scenario, timeline } = stage;
  timeline.at(day, time, listId(list.key), async () =>
    scenario.list(listId(list.key), { type: 'AddRows', data: { rows: await rows() } }, scenario.actor(OFFICE_ONE)),
  );
};
/** Issuing accepts, transfers and dates the rows (R27), which the policies do before time goes on. */
const issue = (stage: Stage, list: Listed, day: LocalDate, time: string, type: 'IssueList' | 'IssueSupplement' = 'IssueList'): void => {
  const { scenario, timeline } = stage;
  timeline.at(day, time, listId(list.key), () =>
    scenario.list(listId(list.key), type === 'IssueList' ? { type } : { type, data: {} }, scenario.actor(OFFICE_ONE)),
  );
  timeline.settleAt(day, time);
};

/** A list of cases, issued on the day it was drawn up; its findings are then worked on like all others. */
export const issueList = (
  stage: Stage,
  list: Listed,
  cases: readonly Case[],
  numberOf: (i: number) => string,
  dueOn: (i: number) => LocalDate | null,
  supplement: Readonly<{ from: number; day: LocalDate }> | null = null,
): void => {
  const rows = (from: number, to: number) => async () =>
    Promise.all(cases.slice(from, to).map((one, i) => rowOf(stage, one, list, numberOf(from + i), dueOn(from + i))));
  const first = supplement?.from ?? cases.length;
  draft(stage, list);
  addRows(stage, list, list.listDate, '09:10', rows(0, first));
  issue(stage, list, list.listDate, '09:20');
  if (supplement !== null) {
    addRows(stage, list, supplement.day, '09:10', rows(first, cases.length));
    issue(stage, list, supplement.day, '09:20', 'IssueSupplement');
  }
  cases.forEach((one, i) => {
    const day = supplement !== null && i >= first ? supplement.day : list.listDate;
    const life = begin(stage, one.id, day);
    if (one.items > 0) {
      life.do('10:00', 'office.one', 'AddItems', async () => ({ items: await itemsOf(stage.scenario.sealer, one) }));
    }
    // A date written in a row or given by the upper level is kept; nobody asks for another one here.
    const course = { ...ordinaryCourse(stage.random, one.serious), extended: false };
    work(stage, life, one, course, list.source.kind === 'upper');
  });
};

const TASKS = ['开展行业扶贫政策落实自查评估', '完成政策落实台账核对'] as const;
/** 任务清单: one leg, no untrue, no relapse. */
export const issueTasks = (stage: Stage, list: Listed): void => {
  const departments = DEPARTMENTS.slice(0, 6);
  const tasks = TASKS.flatMap((text, t) => departments.map((dept) => ({ text, dept, n: `${String(t + 1)}-${dept.key}` })));
  const idOf = (n: string): FindingId => idFrom('pingdu', 'task', n) as FindingId;
  draft(stage, list);
  addRows(stage, list, list.listDate, '09:10', () =>
    Promise.resolve(
      tasks.map(({ text, dept, n }, i): ListRow => ({
        rowId: idFrom('pingdu', list.key, n),
        findingId: idOf(n),
        fingerprint: null,
        kind: 'task',
        number: String(i + 1),
        text: `${dept.name}${text}`,
        category: 'archive' as CategoryCode,
        subject: { kind: 'unit', subjectId: null, label: dept.name, sealed: null, sensitive: false },
        place: { townId: COUNTY, villageId: null, text: '全市' },
        townIds: [],
        foundOn: list.listDate,
        manner: 'documents',
        basis: null,
        seriousness: 'ordinary',
        rectification: 'time-limited',
        measure: null,
        dueOn: null,
        legs: [{ unitId: department(dept.key), line: 'sectoral', duty: 'acts', leads: true }],
        assisting: [],
        projectOwnerId: null,
        quoted: [],
      })),
    ),
  );
  issue(stage, list, list.listDate, '09:20');
  for (const { dept, n } of tasks) {
    const life = begin(stage, idOf(n), list.listDate);
    life.legs.set(S, leg(S, department(dept.key)).unitId);
    life.later(1).sign('10:00', S).later(stage.random.int(4, 12));
    life.submit(S, { text: '任务已完成', measures: '自查、核对、补正' }, 'document');
    life.later(2).pass('10:00', S).verify('14:30', 'office.two', 'documents').clear('16:00');
  }
};

/** One list that nobody has issued yet, and one that was given up. */
export const otherDrafts = (stage: Stage, open: Listed, given: Listed, cases: readonly Case[]): void => {
  draft(stage, open);
  addRows(stage, open, open.listDate, '09:10', () => Promise.all(cases.map((one, i) => rowOf(stage, one, open, String(i + 1), null))));
  draft(stage, given);
  stage.timeline.at(given.listDate, '15:00', listId(given.key), () =>
    stage.scenario.list(listId(given.key), { type: 'DiscardList', data: { reason: '与已印发清单重复' } }, stage.scenario.actor(OFFICE_ONE)),
  );
};
