import type { Instant } from '@app/kernel';
import fc from 'fast-check';
import { day, personId, postId, unitId } from '../domain/organisation.fixtures';
import { holdsOn, type Period, type UnitKind } from '../domain/vocabulary';
import { DirectoryView } from './directory-view';
import { NO_ROWS, type DirectoryRows, type Unit } from './directory.rows';

const KINDS: readonly [string, UnitKind][] = [
  ['pd', 'county'],
  ['pd/office', 'office'],
  ['pd/office/team', 'team'],
  ['pd/a', 'town'],
  ['pd/a/v', 'village'],
  ['pd/b', 'town'],
  ['pd/b/s', 'section'],
  ['pd/c', 'department'],
  ['pd/c/s2', 'section'],
  ['pd/d', 'department'],
];
const IDS = KINDS.map(([path]) => path.split('/').at(-1) ?? '');
const BELOW_COUNTY = IDS.filter((id) => id !== 'pd');
const TODAY = day('2020-07-15');
const NOON = '2020-07-15T04:00:00.000Z' as Instant;

const anyId = fc.constantFrom(...BELOW_COUNTY);
const anyDay = fc.constantFrom(...['2020-07-01', '2020-07-10', '2020-07-14', '2020-07-15', '2020-07-16', '2020-07-31'].map(day));
const anyPeriod: fc.Arbitrary<Period> = fc.record({ from: anyDay, to: fc.option(anyDay) });
/** Units only ever merge into one that stands, so no chain of mergers closes to a ring. */
const anyMergers = fc
  .array(fc.tuple(fc.nat(BELOW_COUNTY.length - 1), fc.nat(BELOW_COUNTY.length - 1)), { maxLength: 4 })
  .map((pairs) => Object.fromEntries(pairs.filter(([a, b]) => a < b).map(([a, b]) => [BELOW_COUNTY[a] ?? '', BELOW_COUNTY[b] ?? ''])));
const anyHistory = fc.record({
  mergers: anyMergers,
  holdings: fc.array(fc.tuple(anyId, anyPeriod), { maxLength: 5 }),
  substitutions: fc.array(fc.tuple(anyId, anyPeriod), { maxLength: 3 }),
  secondments: fc.array(fc.tuple(anyId, anyId, anyPeriod), { maxLength: 3 }),
});
type History = typeof anyHistory extends fc.Arbitrary<infer T> ? T : never;

const viewOf = ({ mergers, holdings, substitutions, secondments }: History): DirectoryView => {
  const units = KINDS.map(([path, kind]): Unit => {
    const ids = path.split('/').map(unitId);
    const id = ids.at(-1) ?? unitId('');
    const into = mergers[id];
    return {
      id,
      name: path,
      synonyms: [],
      initials: '',
      kind,
      parentId: ids.at(-2) ?? null,
      path,
      status: into === undefined ? 'active' : 'merged',
      mergedInto: into === undefined ? null : unitId(into),
      from: day('2012-01-01'),
      to: null,
    };
  });
  const posts = BELOW_COUNTY.map((id) => ({
    id: postId(`po-${id}`),
    unitId: unitId(id),
    title: id,
    roles: ['clerk'] as const,
    receives: false,
    closedAfter: null,
  }));
  const rows: DirectoryRows = {
    ...NO_ROWS,
    units,
    posts,
    holdings: holdings.map(([id, period]) => ({ postId: postId(`po-${id}`), personId: personId('p'), ...period })),
    substitutes: substitutions.map(([id, period]) => ({ postId: postId(`po-${id}`), personId: personId('p'), ...period })),
    secondments: secondments.map(([from, to, period]) => ({
      personId: personId('p'),
      fromUnit: unitId(from),
      toUnit: unitId(to),
      ...period,
    })),
  };
  return new DirectoryView(rows);
};
const memberships = ({ holdings, secondments }: History): string[] => [
  ...holdings.filter(([, period]) => holdsOn(period, TODAY)).map(([id]) => id),
  ...secondments.filter(([, , period]) => holdsOn(period, TODAY)).flatMap(([from, to]) => [from, to]),
];

describe('the own units of a person, over random histories of posts, secondments, delegations and mergers (R9)', () => {
  const holds = (claim: (history: History, view: DirectoryView) => void): void =>
    fc.assert(
      fc.property(anyHistory, (history) => claim(history, viewOf(history))),
      { numRuns: 500 },
    );

  it('hold every unit the person belongs to today, at department level', () =>
    holds((history, view) => {
      const own = view.ownUnits(personId('p'), TODAY);
      for (const id of memberships(history)) expect(own).toContain(view.departmentLevel(unitId(id)));
    }));

  it('hold the successor of each of them', () =>
    holds((history, view) => {
      const own = view.ownUnits(personId('p'), TODAY);
      for (const id of own) expect(own).toContain(view.departmentLevel(view.currentOf(id)));
    }));

  it('are department-level units only', () =>
    holds((history, view) => {
      for (const id of view.ownUnits(personId('p'), TODAY)) expect(view.departmentLevel(id)).toBe(id);
    }));

  it('come from membership alone: filling in for others adds none and takes none away', () =>
    holds((history, view) =>
      expect(view.ownUnits(personId('p'), TODAY)).toStrictEqual(viewOf({ ...history, substitutions: [] }).ownUnits(personId('p'), TODAY)),
    ));

  it('always stand in the actor, whichever post it acts from, beside the unit acted for and what that is part of', () =>
    holds((history, view) => {
      const own = view.ownUnits(personId('p'), TODAY);
      for (const { post } of view.postsOf(personId('p'), TODAY)) {
        const actor = view.actorFor(personId('p'), post.id, NOON);
        expect(actor.ownUnits).toEqual(expect.arrayContaining([actor.unitId, ...own]));
        if (actor.unitId === 'team') expect(actor.ownUnits).toContain('office');
      }
    }));
});
