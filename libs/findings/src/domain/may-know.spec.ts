import type { Actor, UnitId } from '@app/kernel';
import { ACTORS, assigned, at, delivered, filed, happened, L1, stateOf, TOWN_LEG, UNITS } from '../testing/finding-builders';
import { mayKnow } from './may-know';

const around = (towns: readonly UnitId[] = [], succession: Readonly<Record<string, UnitId>> = {}) => ({
  towns,
  succession,
  // The county is above everybody; otherwise a unit is within itself alone.
  within: (unit: UnitId, above: UnitId): boolean => unit === above || above === UNITS.county,
});
const names = (actors: readonly Actor[], state: ReturnType<typeof stateOf>): readonly string[] =>
  actors.filter((actor) => mayKnow(state, actor, around())).map((actor) => actor.personId);
const EVERYBODY = Object.values(ACTORS);

describe('Who may know of a finding', () => {
  it('is nobody while there is none', () => expect(names(EVERYBODY, stateOf())).toStrictEqual([]));

  it('is before the transfer the finding team, the office and who watches over all', () => {
    expect(names(EVERYBODY, stateOf(filed()))).toStrictEqual([
      'inspector',
      'second-inspector',
      'team-head',
      'office-one',
      'office-two',
      'office-head',
      'verifier',
      'auditor',
    ]);
  });

  it('is after it every unit with a leg, and no other', () => {
    const known = names(EVERYBODY, stateOf(...assigned()));
    expect(known).toContain('town-clerk');
    expect(known).toContain('department-head');
    expect(known).not.toContain('other-town-clerk');
    expect(known).not.toContain('other-department-clerk');
  });

  it('is no administrator and no leader by the county alone; a leader by the towns answered for', () => {
    const state = stateOf(...assigned());
    expect(mayKnow(state, { ...ACTORS.leader, roles: ['admin'] }, around())).toBe(false);
    expect(mayKnow(state, ACTORS.leader, around())).toBe(false);
    expect(mayKnow(state, ACTORS.leader, around([UNITS.town]))).toBe(true);
    expect(mayKnow(state, ACTORS.leader, around([UNITS.otherTown]))).toBe(false);
  });

  it('is no longer the unit that lost its leg', () => {
    const returned = happened(
      'LegReturned',
      { legId: L1, unitId: UNITS.town, ground: 'wrong-place', text: '不在本镇', rulingDue: filed().data.triageDue, objection: false },
      ACTORS.townClerk,
      at('2020-07-08'),
    );
    const past = [...assigned(), returned];
    const moved = delivered({ ...TOWN_LEG, unitId: UNITS.otherTown }, past, at('2020-07-09'), UNITS.town);
    expect(names([ACTORS.townClerk, ACTORS.otherTownClerk], stateOf(...past))).toStrictEqual(['town-clerk']);
    expect(names([ACTORS.townClerk, ACTORS.otherTownClerk], stateOf(...past, moved))).toStrictEqual(['other-town-clerk']);
  });

  it('is the successor of a unit that was merged', () => {
    const state = stateOf(...assigned());
    expect(mayKnow(state, ACTORS.otherTownClerk, around([], { [UNITS.town]: UNITS.otherTown }))).toBe(true);
  });
});
