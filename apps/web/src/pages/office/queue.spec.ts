import { nextAfter, placeIn } from './queue-places';

const queue = ['a', 'b', 'b', 'c'].map((findingId) => ({ findingId }));

describe('the queue of the office', () => {
  it('goes on with the finding after the one at hand, past further work on the same finding', () => {
    expect(nextAfter(queue, 'a')).toBe('b');
    expect(nextAfter(queue, 'b')).toBe('c');
  });
  it('starts again at the top after the last one, and after one that has left the queue', () => {
    expect(nextAfter(queue, 'c')).toBe('a');
    expect(nextAfter(queue, 'gone')).toBe('a');
    expect(nextAfter(queue, 'gone', 1)).toBe('b');
    expect(nextAfter(queue, 'gone', 3)).toBe('a');
  });
  it('ends when nothing else waits', () => {
    expect(nextAfter([{ findingId: 'a' }], 'a')).toBeNull();
    expect(nextAfter([], 'a')).toBeNull();
  });
  it('counts each finding once when it says where one stands', () => {
    expect(placeIn(queue, 'c')).toStrictEqual({ n: 3, of: 3 });
    expect(placeIn(queue, 'gone')).toBeNull();
  });
});
