import type { Unit } from './data';
import { isBelow, treeOf, unitsLike } from './unit-tree';

const unit = (id: string, kind: Unit['kind'], parentId: string | null, name = id): Unit => ({
  id,
  name,
  kind,
  parentId,
  synonyms: [`old-${id}`],
  initials: id,
  path: parentId === null ? id : `pd/${id}`,
  status: 'active',
  mergedInto: null,
  from: '2020-01-01',
  to: null,
});
const county = unit('pd', 'county', null);
const village = unit('v1', 'village', 'town');
const units = [county, unit('bureau', 'department', 'pd'), village, unit('town', 'town', 'pd'), unit('office', 'office', 'pd')];

describe('The tree of units', () => {
  it('stands under the county: the office first, towns before departments, villages under their town', () => {
    const [root] = treeOf(units);
    expect(root?.unit.id).toBe('pd');
    expect(root?.below.map((one) => one.unit.id)).toStrictEqual(['office', 'town', 'bureau']);
    expect(root?.below[1]?.below.map((one) => one.unit.id)).toStrictEqual(['v1']);
  });
  it('puts a unit at the top when the one above is not shown', () => {
    expect(treeOf([village]).map((one) => one.unit.id)).toStrictEqual(['v1']);
  });
  it('is searched by name, former name and first letters', () => {
    expect(unitsLike(units, 'bur').map(({ id }) => id)).toStrictEqual(['bureau']);
    expect(unitsLike(units, 'old-town').map(({ id }) => id)).toStrictEqual(['town']);
  });
  it('knows what stands below a unit', () => {
    expect([isBelow(county, county), isBelow(unit('x', 'town', 'pd'), county), isBelow(county, village)]).toStrictEqual([
      true,
      true,
      false,
    ]);
  });
});
