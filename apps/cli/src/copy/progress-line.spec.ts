import { ProgressLine } from './progress-line';

describe('The progress of a copy', () => {
  it('says how many, how fast and how long still, anew for each phase', () => {
    const line = new ProgressLine();
    expect(line.of({ phase: 'comparing', done: 500, share: 0.1 }, 1_000)).toBe('核对已有 comparing 500 · 10 %');
    expect(line.of({ phase: 'copying', done: 1_000, share: 0.2 }, 5_000)).toBe('复制 copying 1,000 · 20 %');
    expect(line.of({ phase: 'copying', done: 4_000, share: 0.8 }, 8_000)).toBe(
      '复制 copying 4,000 · 80 % · 1,000/s · 剩余约 about 1 s left',
    );
    expect(line.of({ phase: 'verifying', done: 4_500, share: 0.9 }, 9_000)).toBe('读回核对 verifying 4,500 · 90 %');
  });

  it('counts long times in minutes and hours', () => {
    const after = (share: number): string => {
      const line = new ProgressLine();
      line.of({ phase: 'copying', done: 0, share: 0 }, 0);
      return line.of({ phase: 'copying', done: 100, share }, 10_000).replace(/.*about /, '');
    };
    expect([after(0.05), after(0.0005), after(1)]).toStrictEqual(['4 min left', '5.6 h left', '0 s left']);
  });
});
