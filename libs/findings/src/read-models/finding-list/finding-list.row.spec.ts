import type { UnitId } from '@app/kernel';
import type { FindingEvent } from '../../domain/finding.events';
import {
  ACTORS,
  allPassed,
  assigned,
  at,
  cleared,
  DEPARTMENT_LEG,
  filed,
  GUIDING_LEG,
  happened,
  L1,
  L2,
  submission,
  submitted,
  TOWN_LEG,
  underWork,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { uuid } from '../../testing/recorded-events';
import { fold } from '../finding-detail/finding-view.fold';
import { NO_VIEW, type FindingView } from '../finding-detail/finding.view';
import { inboxOf, type InboxRow } from '../inbox/inbox.row';
import { rowOf } from './finding-list.row';
import { UnitBook } from './unit-book';

const PATHS: Readonly<Record<string, string>> = {
  [UNITS.office]: 'pd/office',
  [UNITS.team]: 'pd/office/team-one',
  [UNITS.town]: 'pd/town-north',
  [UNITS.otherTown]: 'pd/town-south',
  [UNITS.department]: 'pd/dept-housing',
};
const known = (id: UnitId) => ({ id, name: `名:${id}`, path: PATHS[id] ?? id });
const BOOK = new UnitBook(new Map((Object.keys(PATHS) as UnitId[]).map((id) => [id, known(id)])), new Map(), known(UNITS.office));
const A = uuid(1);

const viewOf = (...events: readonly FindingEvent[]): FindingView =>
  events.reduce((view, event, i) => fold(view, event, i, String(i + 1)), NO_VIEW);
const row = (...events: readonly FindingEvent[]) => rowOf(A, viewOf(...events), BOOK);
const turns = (...events: readonly FindingEvent[]): readonly string[] =>
  inboxOf(A, viewOf(...events), BOOK)
    .map(said)
    .sort();
const said = ({ work, part, unit_id, roles }: InboxRow): string => `${work} ${part} ${unit_id} ${roles.join('|')}`;

describe('The row of a finding', () => {
  it('does not exist before the filing, and takes an event once', () => {
    expect(row()).toBe(null);
    const view = viewOf(filed());
    expect(fold(view, happened('CommentAdded', { text: '再说一次', legId: null }, ACTORS.office, at('2020-07-09')), 0, '9')).toBe(view);
  });

  it('tells status and stage, and when the stage began', () => {
    expect(row(filed())).toMatchObject({ status: 'found', stage: 'untriaged', stage_since: at('2020-07-06', '10:00') });
    expect(row(...underWork())).toMatchObject({ status: 'assigned', stage: 'rectifying', stage_since: at('2020-07-07', '11:00') });
    expect(row(...allPassed())).toMatchObject({ status: 'rectified', stage: 'to-verify', legs_total: 2, legs_passed: 2 });
    expect(row(...allPassed(), verified(), cleared())).toMatchObject({
      status: 'verified',
      stage: 'cleared',
      cleared_at: at('2020-07-14', '15:00'),
    });
  });

  it('is due when the earliest clock of the units runs out; while all is under review it is not', () => {
    const working = underWork();
    const [first] = working.flatMap((e) => (e.type === 'LegDelivered' ? [e.data.due.at] : []));
    expect(row(...working)?.due_at).toBe(first);
    const inReview = row(...working, ...submission(TOWN_LEG), ...submission(DEPARTMENT_LEG));
    expect(inReview).toMatchObject({ due_at: null, next_due_kind: 'review' });
  });

  it('may be read by the team from the start, by town and department from the transfer, with all units above them', () => {
    expect(row(filed())?.reader_paths).toStrictEqual(['pd', 'pd/office', 'pd/office/team-one']);
    expect(row(...assigned())?.reader_paths).toStrictEqual(['pd', 'pd/dept-housing', 'pd/office', 'pd/office/team-one', 'pd/town-north']);
  });

  it('carries flags for what happened to it', () => {
    const back = happened(
      'LegSentBack',
      { legId: L1, unitId: UNITS.town, reason: '照片不清', due: filed().data.triageDue, first: true, reopened: [] },
      ACTORS.office,
      at('2020-07-13'),
    );
    expect(row(...underWork(), ...submission(TOWN_LEG), back)?.flags).toStrictEqual(['sent-back']);
  });

  it('marks apart what was judged by another clock than the server’s (R16)', () => {
    const entered = { kind: 'office', documentNumber: '督〔2020〕17号', reason: '断网，纸质报送' } as const;
    const flags = (...events: readonly FindingEvent[]) => row(...events)?.flags;
    expect(flags(filed({ lateEntry: entered }))).toStrictEqual(['late-entry']);
    expect(flags(filed({ lateEntry: { kind: 'offline', documentNumber: null, reason: '离线采集' } }))).toStrictEqual(['offline-capture']);
    const handedIn = submission(TOWN_LEG).slice(0, 2);
    expect(flags(...underWork(), ...handedIn, submitted(TOWN_LEG, { lateEntry: entered }))).toStrictEqual(['late-entry']);
    expect(flags(...underWork(), ...handedIn, submitted(TOWN_LEG))).toStrictEqual([]);
  });
});

describe('Whose turn it is', () => {
  it('starts with the office and the head of the finding team', () => {
    expect(turns(filed())).toStrictEqual(['triage office office office|office-head', 'triage team team-one team-head']);
  });

  it('goes from signing over work, first review and signature to review, leg by leg', () => {
    expect(turns(...assigned())).toStrictEqual(['sign L1 town-north clerk|deputy|head', 'sign L2 dept-housing clerk|deputy|head']);
    const [reported, firstReviewed, signed] = submission(TOWN_LEG);
    const working = underWork();
    const after = (...events: readonly (FindingEvent | undefined)[]): readonly string[] =>
      turns(...working, ...events.filter((e) => e !== undefined)).filter((turn) => turn.includes('L1'));
    expect(after()).toStrictEqual(['rectify L1 town-north clerk|deputy|head']);
    expect(after(reported)).toStrictEqual(['first-review L1 town-north clerk|deputy|head']);
    expect(after(reported, firstReviewed)).toStrictEqual(['sign-off L1 town-north deputy|head']);
    expect(after(reported, firstReviewed, signed)).toStrictEqual(['review L1 office office|office-head']);
  });

  it('asks a guiding unit for guidance, then for an opinion on what the acting one handed in', () => {
    const past = underWork({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } });
    const guidance = happened(
      'GuidanceGiven',
      { legId: L2, unitId: UNITS.department, text: '按 C 级政策' },
      ACTORS.departmentClerk,
      at('2020-07-08'),
    );
    const handedIn = submission(TOWN_LEG).slice(0, 2);
    const owed = submitted(TOWN_LEG, { opinionDues: [{ legId: L2, due: filed().data.triageDue }] });
    const ofDepartment = (list: readonly string[]): readonly string[] => list.filter((turn) => turn.includes('L2'));
    expect(ofDepartment(turns(...past))).toStrictEqual(['guidance L2 dept-housing clerk|deputy|head']);
    expect(ofDepartment(turns(...past, guidance))).toStrictEqual([]);
    expect(ofDepartment(turns(...past, guidance, ...handedIn, owed))).toStrictEqual(['opinion L2 dept-housing clerk|deputy|head']);
  });

  it('wants the head where the finding is serious', () => {
    const past = underWork({ accepted: { seriousness: 'serious' } });
    expect(turns(...past, ...submission(TOWN_LEG).slice(0, 2)).filter((t) => t.startsWith('sign-off'))).toStrictEqual([
      'sign-off L1 town-north head',
    ]);
  });

  it('verifies, then clears, then rests', () => {
    expect(turns(...allPassed())).toStrictEqual(['verify  office office|office-head']);
    expect(turns(...allPassed(), verified())).toStrictEqual(['clear  office office|office-head']);
    expect(turns(...allPassed(), verified(), cleared())).toStrictEqual([]);
  });

  it('waits for the leader after an objection to a ruling', () => {
    const returned = (objection: boolean) =>
      happened(
        'LegReturned',
        { legId: L1, unitId: UNITS.town, ground: 'not-our-duty', text: '不归本镇', rulingDue: filed().data.triageDue, objection },
        ACTORS.townHead,
        at('2020-07-08'),
      );
    const ruling = (list: readonly InboxRow[]) =>
      list.flatMap((r) => (r.work === 'rule' ? [{ roles: r.roles, towns: r.leader_paths }] : []));
    expect(ruling(inboxOf(A, viewOf(...assigned(), returned(false)), BOOK))).toStrictEqual([
      { roles: ['office', 'office-head'], towns: [] },
    ]);
    expect(ruling(inboxOf(A, viewOf(...assigned(), returned(true)), BOOK))).toStrictEqual([
      { roles: ['leader'], towns: ['pd', 'pd/dept-housing', 'pd/town-north'] },
    ]);
  });

  it('bears the marks of knocks for the due time they were set for, and no other', () => {
    const past = underWork();
    const due = past.flatMap((e) => (e.type === 'LegDelivered' && e.data.legId === L1 ? [e.data.due] : []))[0];
    if (due === undefined) throw new Error('no delivery');
    const knock = { key: 'rectify/L1', legId: L1, unitId: UNITS.town, dueAt: due.at };
    const reminded = happened('DeadlineApproached', { ...knock, before: 1 }, ACTORS.office, at('2020-07-15'));
    const overdue = happened('DeadlinePassed', knock, ACTORS.office, at('2020-07-22'));
    const marks = (...events: readonly FindingEvent[]) =>
      inboxOf(A, viewOf(...past, ...events), BOOK).flatMap((r) => (r.leg_id === L1 ? [[r.reminded_at, r.passed_at]] : []));
    expect(marks(reminded)).toStrictEqual([[at('2020-07-15'), null]]);
    expect(marks(reminded, overdue)).toStrictEqual([[at('2020-07-15'), at('2020-07-22')]]);
    const moved = happened(
      'DueTimeMoved',
      { key: 'rectify/L1', legId: L1, due: { ...due, at: at('2020-08-01') }, because: 'calendar' },
      ACTORS.office,
      at('2020-07-23'),
    );
    expect(marks(reminded, overdue, moved)).toStrictEqual([[null, null]]);
  });
});
