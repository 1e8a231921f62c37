import { localDate, type Actor, type PersonId, type UnitId } from '@app/kernel';
import { DirectoryView, NO_ROWS, type Unit } from '@app/organisation';
import { ACTORS, UNITS } from '../../testing/finding-builders';
import { isVisible, NOTHING, scopeOf } from './visibility';

const DAY = localDate('2020-07-10');
const unit = (id: UnitId, path: string, mergedInto: UnitId | null = null): Unit => ({
  id,
  name: id,
  synonyms: [],
  initials: '',
  kind: 'town',
  parentId: null,
  path,
  status: mergedInto === null ? 'active' : 'merged',
  mergedInto,
  from: localDate('2020-01-01'),
  to: null,
});
const GONE = 'town-gone' as UnitId;
const view = new DirectoryView({
  ...NO_ROWS,
  units: [unit(UNITS.town, 'pd/town-north'), unit(UNITS.otherTown, 'pd/town-south'), unit(GONE, 'pd/town-gone', UNITS.town)],
  responsibilities: [
    { personId: 'leader' as PersonId, unitId: UNITS.otherTown, from: localDate('2020-07-01'), to: localDate('2020-07-31') },
    { personId: 'other-leader' as PersonId, unitId: UNITS.town, from: localDate('2020-07-01'), to: null },
  ],
});

describe('What somebody may read', () => {
  it('is all for the office, auditors and independent verifiers', () => {
    for (const actor of [ACTORS.office, ACTORS.officeHead, ACTORS.auditor, ACTORS.verifier]) {
      expect(scopeOf(actor, view, DAY)).toStrictEqual({ all: true });
    }
  });

  it('is the own unit with those it took over, for who works there', () => {
    expect(scopeOf(ACTORS.townClerk, view, DAY)).toStrictEqual({ all: false, paths: ['pd/town-gone', 'pd/town-north'], leaderPaths: [] });
  });

  it('is for a leader what they answer for on the day, and for who fills in for one the same', () => {
    expect(scopeOf(ACTORS.leader, view, DAY)).toStrictEqual({ all: false, paths: [], leaderPaths: ['pd/town-south'] });
    expect(scopeOf(ACTORS.leader, view, localDate('2020-08-01'))).toStrictEqual(NOTHING);
    const substitute: Actor = { ...ACTORS.leader, inPlaceOf: 'other-leader' as PersonId };
    expect(scopeOf(substitute, view, DAY)).toStrictEqual({ all: false, paths: [], leaderPaths: ['pd/town-gone', 'pd/town-north'] });
  });

  it('is nothing for a system administrator, wherever they sit', () => {
    expect(scopeOf({ ...ACTORS.townClerk, roles: ['admin'] }, view, DAY)).toStrictEqual(NOTHING);
  });

  it('is judged for a row in hand as for a row in the database', () => {
    const row = { reader_paths: ['pd', 'pd/town-north'], leader_paths: ['pd', 'pd/town-north'] };
    expect(isVisible({ all: true }, row)).toBe(true);
    expect(isVisible({ all: false, paths: ['pd/town-north'], leaderPaths: [] }, row)).toBe(true);
    expect(isVisible({ all: false, paths: ['pd/town-n'], leaderPaths: ['pd/town-south'] }, row)).toBe(false);
    expect(isVisible(NOTHING, row)).toBe(false);
  });
});
