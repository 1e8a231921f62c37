import { tickedAfter } from './ticks';

const SHOWN = ['a', 'b', 'c', 'd', 'e'];

describe('Ticking rows', () => {
  it('ticks and unticks one row, and leaves those of other pages alone', () => {
    expect(tickedAfter(SHOWN, ['z'], { key: 'b', on: true })).toStrictEqual(['z', 'b']);
    expect(tickedAfter(SHOWN, ['z', 'b'], { key: 'b', on: false })).toStrictEqual(['z']);
  });
  it('ticks everything between two rows, in either direction, none twice', () => {
    expect(tickedAfter(SHOWN, ['b'], { key: 'd', on: true, from: 'b' })).toStrictEqual(['b', 'c', 'd']);
    expect(tickedAfter(SHOWN, ['d'], { key: 'b', on: true, from: 'd' })).toStrictEqual(['d', 'b', 'c']);
  });
  it('unticks a range', () => {
    expect(tickedAfter(SHOWN, SHOWN, { key: 'd', on: false, from: 'b' })).toStrictEqual(['a', 'e']);
  });
  it('takes one row where the other end has gone', () => {
    expect(tickedAfter(SHOWN, [], { key: 'd', on: true, from: 'gone' })).toStrictEqual(['d']);
  });
});
