import { findingsAsked, legsAsked, narrowedBy } from './filters';

describe('The lists an address asks for', () => {
  it('take what the api knows and leave out the rest', () => {
    const asked = findingsAsked(
      new URLSearchParams('stage=rectifying,luck&town=jiudian&overdue=true&dueFrom=2020-7-1&sort=filed&name=someone'),
    );
    expect(asked).toStrictEqual({ stage: ['rectifying'], town: 'jiudian', overdue: 'true', sort: 'filed' });
    expect(narrowedBy(asked)).toBe(3);
  });

  it('are everything one may see when nothing is asked', () => {
    expect(findingsAsked(new URLSearchParams(''))).toStrictEqual({});
    expect(legsAsked(new URLSearchParams('unit=jiudian&stage=working,passed&duty=guides'))).toStrictEqual({
      unit: 'jiudian',
      duty: 'guides',
      stage: ['working', 'passed'],
    });
  });
});
