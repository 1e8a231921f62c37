import { bodyOf, draftOf, faultsOf, isAsOffered, withLeg, withNewLeg, withoutLeg, type LegPlan } from './transfer-draft';

const town: LegPlan = { legId: 'T', unitId: 'dazeshan', line: 'territorial', duty: 'acts', leads: true };
const department: LegPlan = { legId: 'S', unitId: 'housing', line: 'sectoral', duty: 'acts', leads: false };
const proposed = [town, department];
const at = { proposed, isSingleByNature: false, isParent: false, office: 'office' };
const asProposed = draftOf({ legs: proposed, single: null });
const sending = (legs: readonly LegPlan[]) => ({ ...asProposed, legs });

describe('a transfer before it is sent', () => {
  it('is complete as the rule proposes it', () => {
    expect(faultsOf(asProposed, at)).toStrictEqual([]);
    expect(bodyOf(asProposed, at)).toMatchObject({ legs: proposed, overruledBecause: null, singleLegBecause: null, independent: null });
  });
  it('goes to the town alone when it is immediate, with a copy to the department (R5)', () => {
    const immediate = draftOf({ legs: proposed, single: null }, 'at once');
    expect(immediate).toMatchObject({ legs: [town], copies: ['housing'], overruledBecause: 'at once' });
    expect(faultsOf(immediate, { ...at, isSingleByNature: true })).toStrictEqual([]);
    expect([isAsOffered(immediate, asProposed), isAsOffered(asProposed, asProposed)]).toStrictEqual([false, true]);
  });
  it('asks why when it deviates from the proposal', () => {
    const other = sending(withLeg(proposed, 1, { unitId: 'water' }));
    expect(faultsOf(other, at)).toStrictEqual(['overruled']);
    expect(faultsOf({ ...other, overruledBecause: 'x' }, at)).toStrictEqual([]);
  });
  it('asks why one leg alone is enough, unless it is so by its nature', () => {
    const single = { ...sending(withoutLeg(proposed, 1)), overruledBecause: 'x' };
    expect(faultsOf(single, at)).toStrictEqual(['single']);
    expect(faultsOf(single, { ...at, isSingleByNature: true })).toStrictEqual([]);
  });
  it('has exactly one leading leg, which acts', () => {
    const moved = withLeg(proposed, 1, { leads: true });
    expect(moved.map((leg) => leg.leads)).toStrictEqual([false, true]);
    expect(faultsOf(sending(withLeg(proposed, 0, { duty: 'guides' })), at)).toStrictEqual(['lead-acts', 'overruled']);
    expect(faultsOf(sending(withLeg(proposed, 0, { leads: false })), at)).toContain('one-leads');
  });
  it('is led by the other leg once the leading one is taken out', () => {
    expect(withoutLeg(proposed, 0)).toStrictEqual([{ ...department, leads: true }]);
  });
  it('takes a further leg on a line that has none, and no more than three', () => {
    const three = withNewLeg(proposed);
    expect(three.map((leg) => leg.legId)).toStrictEqual(['T', 'S', 'O']);
    expect(faultsOf(sending(three), at)).toStrictEqual(['unit-missing', 'overruled']);
    expect(withNewLeg(three)).toBe(three);
  });
  it('forgets the unit with the line', () => {
    expect(withLeg(proposed, 1, { line: 'owner' })[1]).toMatchObject({ legId: 'O', line: 'owner', unitId: '' });
  });
  it('names who is independent where the office itself is responsible', () => {
    const own = { ...sending(withLeg(proposed, 1, { unitId: 'office' })), overruledBecause: 'x' };
    expect(faultsOf(own, at)).toStrictEqual(['independent']);
    const named = { ...own, independent: { unitId: 'i', clearerUnitId: 'i', clearer: 'p', authorisedBy: 'the group' } };
    expect(faultsOf(named, at)).toStrictEqual([]);
    expect(bodyOf(named, at).independent).toStrictEqual({ unitId: 'i', clearer: 'p', authorisedBy: 'the group' });
  });
});
