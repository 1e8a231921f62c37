import { shareOf, sizeWords } from './backups';

describe('What the page of backups says', () => {
  it.each([
    [0, '0 B'],
    [1_023, '1023 B'],
    [1_536, '1.5 KB'],
    [52_428_800, '50 MB'],
    [1_610_612_736, '1.5 GB'],
  ])('shows %d bytes as %s', (bytes, words) => expect(sizeWords(bytes)).toBe(words));

  it('knows how far the work is only where there is an end to count to', () => {
    const work = { kind: 'taking', name: 'one', startedAt: '2020-07-06T01:00:00.000Z' } as const;
    expect(shareOf({ ...work, progress: null })).toBe(null);
    expect(shareOf({ ...work, progress: { phase: 'events', done: 5, total: null } })).toBe(null);
    expect(shareOf({ ...work, progress: { phase: 'files', done: 5, total: 20 } })).toBe(0.25);
  });
});
