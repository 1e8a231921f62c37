import type { LegId, UnitId } from '@app/kernel';
import type { FindingEvent } from '../../domain/finding.events';
import {
  ACTORS,
  allPassed,
  assigned,
  at,
  cleared,
  DEPARTMENT_LEG,
  filed,
  happened,
  submission,
  TOWN_LEG,
  underWork,
  verified,
} from '../../testing/finding-builders';
import { foldFigures, NO_FIGURES, type FigureFold } from './figure-fold';
import { figureRows } from './figure-rows';

const fold = (events: readonly FindingEvent[]): FigureFold => {
  let state = NO_FIGURES;
  events.forEach((event, revision) => (state = foldFigures(state, event, revision, (unit) => unit)));
  return state;
};
const finding = (...events: readonly FindingEvent[]) => figureRows(fold(events), (unit) => unit).find((row) => row.part === '');
const turn = (...events: readonly FindingEvent[]) => finding(...events)?.measures.filter((m) => /^(turn|stage):/.test(m));
const part = (...events: readonly FindingEvent[]) => finding(...events)?.scopes.filter((s) => /^(held|placed):/.test(s));
const touched = (leg: LegId, ...events: readonly FindingEvent[]) => fold(events).watch.touched[leg] ?? null;

describe('Whose turn an open finding is', () => {
  it('is the leading leg’s while that is not handed in, then the other’s (R22)', () => {
    expect(turn(...assigned())).toStrictEqual(['stage:unsigned', 'turn:town-unsigned']);
    expect(turn(...underWork())).toStrictEqual(['stage:rectifying', 'turn:town-rectifying']);
    expect(turn(...underWork(), ...submission(TOWN_LEG))).toStrictEqual(['stage:rectifying', 'turn:department-rectifying']);
    const legs = [
      { ...TOWN_LEG, leads: false },
      { ...DEPARTMENT_LEG, leads: true },
    ];
    expect(turn(...underWork({ transferred: { legs } }))).toStrictEqual(['stage:rectifying', 'turn:department-rectifying']);
  });

  it('is ours from the submission of the last leg, and nobody’s once cleared', () => {
    expect(turn(...underWork(), ...submission(TOWN_LEG), ...submission(DEPARTMENT_LEG))).toStrictEqual([
      'stage:in-review',
      'turn:office-in-review',
    ]);
    expect(turn(...allPassed())).toStrictEqual(['stage:to-verify']);
    expect(turn(...allPassed(), verified())).toStrictEqual(['stage:to-clear']);
    expect(turn(...allPassed(), verified(), cleared())).toStrictEqual([]);
  });

  it('is the town’s own while it reviews what it found itself (R10)', () => {
    const own = { filed: { selfFound: true, teamId: TOWN_LEG.unitId }, transferred: { legs: [TOWN_LEG] } };
    expect(turn(...underWork(own), ...submission(TOWN_LEG))).toStrictEqual(['stage:in-review', 'turn:town-in-review']);
  });

  it('is ours while a return waits for its ruling (R32)', () => {
    const dues = underWork().find((event) => event.type === 'LegDelivered');
    if (dues?.type !== 'LegDelivered') throw new Error('no leg was delivered');
    const back = { legId: TOWN_LEG.legId, unitId: TOWN_LEG.unitId, ground: 'not-our-duty', text: '非本镇职责', objection: false } as const;
    const returned = happened('LegReturned', { ...back, rulingDue: dues.data.due }, ACTORS.townClerk, at('2020-07-08'));
    expect(turn(...underWork(), returned)).toStrictEqual(['stage:returned']);
  });
});

describe('The part of the county that a finding is in', () => {
  it('is that of its place before the transfer, and of all who hold a leg after it, one name for all of them', () => {
    expect(part(filed())).toStrictEqual(['placed:town-north']);
    expect(part(...underWork())).toStrictEqual(['held:dept-housing+town-north']);
    expect(part(...allPassed(), verified(), cleared())).toStrictEqual(['held:dept-housing+town-north']);
    const legs = [{ ...DEPARTMENT_LEG, leads: true }];
    expect(part(...underWork({ transferred: { legs } }))).toStrictEqual(['held:dept-housing+town-north']);
  });
});

describe('What counts as touching a leg', () => {
  const [{ legId }, later] = [TOWN_LEG, at('2020-07-09')];
  const comment = (by: (typeof ACTORS)[keyof typeof ACTORS]) => happened('CommentAdded', { text: '已联系施工队', legId: null }, by, later);

  it('is every act of its own unit, and of nobody else', () => {
    expect(touched(legId, ...assigned())).toBe('2020-07-07');
    expect(touched(legId, ...assigned(), comment(ACTORS.townClerk))).toBe('2020-07-09');
    for (const other of [ACTORS.office, ACTORS.inspector, ACTORS.departmentClerk]) {
      expect(touched(legId, ...assigned(), comment(other))).toBe('2020-07-07');
    }
    const progress = { legId, unitId: TOWN_LEG.unitId, text: '过半', basicallyComplete: null };
    expect(touched(legId, ...underWork(), happened('ProgressRecorded', progress, ACTORS.townClerk, later))).toBe('2020-07-09');
    expect(touched(DEPARTMENT_LEG.legId, ...underWork(), happened('ProgressRecorded', progress, ACTORS.townClerk, later))).toBe(
      '2020-07-07',
    );
  });

  it('is not being deemed to have signed (R17)', () => {
    const deemed = (is: boolean) =>
      happened('LegSignedFor', { legId, unitId: 'town-north' as UnitId, deemed: is }, is ? ACTORS.office : ACTORS.townClerk, later);
    expect(touched(legId, ...assigned(), deemed(true))).toBe('2020-07-07');
    expect(touched(legId, ...assigned(), deemed(false))).toBe('2020-07-09');
  });

  it('stands in the leg’s row while its unit’s clock runs', () => {
    const row = (...events: readonly FindingEvent[]) =>
      figureRows(fold(events), (unit) => unit)
        .find((r) => r.part === legId)
        ?.measures.filter((m) => m.startsWith('untouched'));
    expect(row(...underWork())).toStrictEqual(['untouched@2020-07-07']);
    expect(row(...underWork(), ...submission(TOWN_LEG))).toStrictEqual([]);
  });
});
