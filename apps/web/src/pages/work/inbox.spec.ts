import { askedOf } from './inbox';

describe('The inbox an address asks for', () => {
  it('is that of the post, everything, unless it says otherwise', () => {
    expect(askedOf(new URLSearchParams(''))).toStrictEqual({ of: 'post', work: null, overdue: false });
    expect(askedOf(new URLSearchParams('of=unit&work=sign&overdue=true'))).toStrictEqual({ of: 'unit', work: 'sign', overdue: true });
  });

  it('leaves out what it does not know', () => {
    expect(askedOf(new URLSearchParams('of=all&work=luck&overdue=1'))).toStrictEqual({ of: 'post', work: null, overdue: false });
  });
});
