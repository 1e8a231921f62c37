import { localDate, type CategoryCode, type FindingId, type LegId, type ListId, type UnitId } from '@app/kernel';
import { dueGiven, extendedTo, type DueTime } from '@app/worktime';
import type { FindingEvent } from '../domain/finding.events';
import type { LegPlan } from '../domain/finding.types';
import { ACTORS, at, CALENDAR_2020, filed, happened, UNITS } from './finding-builders';
import { RecordedLog, uuid } from './recorded-events';

const day = localDate;
const due = (on: string): DueTime => dueGiven({ day: day(on), source: 'list-row', reference: '例', calendar: CALENDAR_2020 });
const [NORTH, SOUTH, HOUSING, WATER] = [UNITS.town, UNITS.otherTown, UNITS.department, UNITS.otherDepartment];
export const EXAMPLE_LIST = '00000000-0000-4000-8000-00000000000a' as ListId;
const L1 = 'L1' as LegId;
const L2 = 'L2' as LegId;

const legsOf = (town: UnitId, department: UnitId | null, duty: 'acts' | 'guides' = 'acts'): readonly LegPlan[] => [
  { legId: L1, unitId: town, line: 'territorial', duty: 'acts', leads: true },
  ...(department === null ? [] : [{ legId: L2, unitId: department, line: 'sectoral', duty, leads: false } as const]),
];

type Begin = Readonly<{
  on: string;
  town: UnitId;
  department: UnitId | null;
  due: string;
  immediate?: boolean;
  listed?: boolean;
  guides?: boolean;
}>;

/** Filed, accepted, transferred and delivered on one day. */
const assign = (
  n: number,
  { on, town, department, due: dueOn, immediate = false, listed = false, guides = false }: Begin,
): FindingEvent[] => {
  const when = at(on, '09:00');
  const plans = legsOf(town, department, guides ? 'guides' : 'acts');
  const rectification = immediate ? 'immediate' : 'time-limited';
  return [
    file(n, on, town, listed),
    happened('FindingAccepted', { rectification, seriousness: 'ordinary', reason: null, stages: [] }, ACTORS.office, when),
    happened(
      'FindingTransferred',
      { legs: plans, assisting: [], copies: [], overruledBecause: null, singleLegBecause: null, independent: null },
      ACTORS.office,
      when,
    ),
    ...plans.map(({ legId, unitId }) =>
      happened('LegDelivered', { legId, unitId, due: due(dueOn), signDue: due(on), movedFrom: null }, ACTORS.office, when),
    ),
    ...plans.map(({ legId, unitId }) => happened('LegSignedFor', { legId, unitId, deemed: false }, ACTORS.townClerk, at(on, '10:00'))),
  ];
};
const file = (n: number, on: string, townId: UnitId, listed = false, relapseOf: FindingId | null = null): FindingEvent =>
  filed(
    {
      number: `QL-2020-${String(n).padStart(6, '0')}`,
      place: { townId, villageId: null, text: '' },
      category: (n % 2 === 0 ? 'WATER' : 'HOUSE') as CategoryCode,
      list: listed ? { listId: EXAMPLE_LIST, row: String(n), due: null } : null,
      relapseOf,
    },
    ACTORS.inspector,
    at(on, '08:00'),
  );
const submit = (legId: LegId, unitId: UnitId, on: string, onTime = true, onTimeByOriginal = onTime): FindingEvent =>
  happened(
    'LegSubmitted',
    { legId, unitId, onTime, onTimeByOriginal, reviewDue: due(on), opinionDues: [], lateEntry: null },
    ACTORS.townDeputy,
    at(on, '11:00'),
  );
const pass = (legId: LegId, unitId: UnitId, on: string): FindingEvent =>
  happened('LegPassed', { legId, unitId, text: '通过', verifyDue: null }, ACTORS.office, at(on, '14:00'));
const clear = (on: string, onTime = true, onTimeByOriginal = onTime): FindingEvent[] => [
  happened('FindingVerified', { method: 'on-site', text: '属实', clearDue: null }, ACTORS.office, at(on, '15:00')),
  happened('FindingCleared', { text: '同意', onTime, onTimeByOriginal }, ACTORS.officeHead, at(on, '16:00')),
];

/** The twelve findings of docs/figures.md, in the order told there. */
const TWELVE: readonly (readonly FindingEvent[])[] = [
  [
    ...assign(1, { on: '2020-07-01', town: NORTH, department: HOUSING, due: '2020-07-10', listed: true }),
    ...[submit(L1, NORTH, '2020-07-07'), submit(L2, HOUSING, '2020-07-07'), pass(L1, NORTH, '2020-07-08'), pass(L2, HOUSING, '2020-07-08')],
    ...clear('2020-07-09'),
    happened(
      'LookedBack',
      { round: '7月', result: 'relapse', text: '反弹', relapseId: uuid(11) },
      ACTORS.office,
      at('2020-07-18', '09:00'),
    ),
  ],
  [
    ...assign(2, { on: '2020-07-01', town: NORTH, department: HOUSING, due: '2020-07-15', listed: true }),
    ...[submit(L1, NORTH, '2020-07-10'), submit(L2, HOUSING, '2020-07-10'), pass(L1, NORTH, '2020-07-13'), pass(L2, HOUSING, '2020-07-13')],
    ...clear('2020-07-14'),
  ],
  [
    ...assign(3, { on: '2020-07-01', town: SOUTH, department: HOUSING, due: '2020-07-16' }),
    happened(
      'ExtensionAsked',
      { legId: L2, unitId: HOUSING, reason: '降雨', progress: '过半', until: day('2020-07-17') },
      ACTORS.departmentClerk,
      at('2020-07-13'),
    ),
    happened(
      'ExtensionGranted',
      { legId: L2, due: extendedTo(due('2020-07-16'), day('2020-07-17'), '属实', CALENDAR_2020), reason: '属实', afterDue: false },
      ACTORS.office,
      at('2020-07-14'),
    ),
    ...[submit(L1, SOUTH, '2020-07-15'), pass(L1, SOUTH, '2020-07-16')],
    ...[submit(L2, HOUSING, '2020-07-17', true, false), pass(L2, HOUSING, '2020-07-17')],
    ...clear('2020-07-18', true, false),
  ],
  [
    ...assign(4, { on: '2020-07-01', town: NORTH, department: WATER, due: '2020-07-31' }),
    ...[submit(L1, NORTH, '2020-07-14'), submit(L2, WATER, '2020-07-14'), pass(L1, NORTH, '2020-07-15'), pass(L2, WATER, '2020-07-15')],
    ...clear('2020-07-16'),
  ],
  assign(5, { on: '2020-07-01', town: SOUTH, department: HOUSING, due: '2020-07-08' }),
  [
    ...assign(6, { on: '2020-07-01', town: SOUTH, department: WATER, due: '2020-07-09' }),
    ...[
      submit(L1, SOUTH, '2020-07-09'),
      submit(L2, WATER, '2020-07-13', false),
      pass(L1, SOUTH, '2020-07-14'),
      pass(L2, WATER, '2020-07-14'),
    ],
    ...clear('2020-07-15', false),
  ],
  [
    ...assign(7, { on: '2020-07-01', town: NORTH, department: WATER, due: '2020-07-17' }),
    ...[submit(L1, NORTH, '2020-07-15'), pass(L1, NORTH, '2020-07-16')],
  ],
  [
    ...assign(8, { on: '2020-07-14', town: NORTH, department: null, due: '2020-07-17', immediate: true, listed: true }),
    ...[submit(L1, NORTH, '2020-07-14'), pass(L1, NORTH, '2020-07-14')],
    ...clear('2020-07-14'),
  ],
  [
    ...assign(9, { on: '2020-07-16', town: SOUTH, department: null, due: '2020-07-21', immediate: true }),
    happened(
      'LegReturned',
      { legId: L1, unitId: SOUTH, ground: 'wrong-place', text: '不在本镇', rulingDue: due('2020-07-21'), objection: false },
      ACTORS.otherTownClerk,
      at('2020-07-17'),
    ),
  ],
  [...assign(10, { on: '2020-07-06', town: NORTH, department: HOUSING, due: '2020-07-27', guides: true }), submit(L1, NORTH, '2020-07-18')],
  [file(11, '2020-07-18', NORTH, false, uuid(1))],
  [
    ...assign(12, { on: '2020-07-01', town: NORTH, department: WATER, due: '2020-07-15' }),
    happened(
      'FindingWithdrawn',
      { origin: 'source', reason: '上级撤销', documentNumber: '督〔2020〕9号' },
      ACTORS.office,
      at('2020-07-16'),
    ),
  ],
];

/** In the order of their recording, behind the units. */
export const twelveFindings = (): RecordedLog => {
  const log = new RecordedLog()
    .established(UNITS.county, '平度', 'pd', 'county')
    .established(UNITS.office, '督查办', 'pd/office', 'office')
    .established(NORTH, '北镇', 'pd/town-north')
    .established(SOUTH, '南镇', 'pd/town-south')
    .established(HOUSING, '住建局', 'pd/dept-housing', 'department')
    .established(WATER, '水利局', 'pd/dept-water', 'department');
  const logged = TWELVE.flatMap((events, i) => events.map((event) => ({ id: uuid(i + 1), event })));
  for (const { id, event } of [...logged].sort((a, b) =>
    a.event.data.at < b.event.data.at ? -1 : a.event.data.at > b.event.data.at ? 1 : 0,
  )) {
    log.finding(id, event);
  }
  return log;
};
