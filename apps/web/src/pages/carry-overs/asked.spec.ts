import { carryOversAsked } from './asked';

describe('The address of the list of carry-overs', () => {
  it('narrows by town, department, source, import and whether they stand', () => {
    const params = new URLSearchParams('town=dazeshan&department=housing&source=upper&withdrawn=false');
    expect(carryOversAsked(params)).toStrictEqual({ town: 'dazeshan', department: 'housing', source: 'upper', withdrawn: 'false' });
  });
  it('leaves out what it does not know', () => {
    expect(carryOversAsked(new URLSearchParams('town=<b>&source=rumour&import=1&withdrawn=maybe'))).toStrictEqual({});
  });
});
