import { Holder } from './children';
import type { BenchDatabase } from './database';
import { sectionOf, withSection, type CaseReport } from './report';
import type { Question } from './role';
import { runCase } from './run';
import { limitVerdictOf, median, percentile, ratiosOf, summaryOf, verdictOf } from './statistics';
import type { BenchCase, Goal, Run } from './types';

const run = (round: number, part: string, rate: number | null): Run => ({ round, measure: 'append', part, rate });
const GOAL: Goal = { text: 'ours to theirs', measure: 'append', part: 'ours', over: 'theirs', atLeast: 2 };
const PART = { driver: { module: 'none' } };
const CASE: BenchCase = {
  name: 'example',
  title: 'Example',
  notes: ['How to read it.'],
  settings: ['one writer'],
  packages: [],
  parts: () => [
    { id: 'ours', title: 'Ours', ...PART },
    { id: 'theirs', title: 'Theirs', ...PART },
  ],
  measures: () => [
    { id: 'append', title: 'append', unit: 'appends/s', work: 'append', params: { seconds: 9 } },
    { id: 'read', title: 'read', unit: 'reads/s', work: 'read', params: { events: 7 }, parts: ['ours'] },
  ],
  goals: [GOAL],
};

describe('Figures', () => {
  it('have a median of the one in the middle, or the mean of the two', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([5])]).toStrictEqual([2, 2.5, 5]);
  });

  it('have percentiles by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([percentile(hundred, 0.5), percentile(hundred, 0.99), percentile([7], 0.99)]).toStrictEqual([50, 99, 7]);
  });

  it('leave out runs that have none, and count them', () => {
    const runs = [run(1, 'ours', 10), run(2, 'ours', null), run(3, 'ours', 30)];
    expect(summaryOf(runs, 'append', 'ours')).toStrictEqual({ median: 20, min: 10, max: 30, runs: 2, failed: 1 });
    expect(summaryOf(runs, 'append', 'theirs')).toBeNull();
  });
});

describe('A goal', () => {
  it('is held round by round, not median against median', () => {
    const runs = [
      run(1, 'ours', 100),
      run(1, 'theirs', 10),
      run(2, 'ours', 30),
      run(2, 'theirs', 20),
      run(3, 'ours', 80),
      run(3, 'theirs', 40),
    ];
    expect(ratiosOf(runs, 'append', 'ours', 'theirs')).toStrictEqual([10, 1.5, 2]);
    expect(verdictOf(runs, GOAL)).toStrictEqual({ goal: GOAL, ratio: { median: 2, worst: 1.5, best: 10 }, inMedian: true, inWorst: false });
  });

  it('is not met without figures, nor when a run had to be thrown away', () => {
    expect(verdictOf([], GOAL)).toStrictEqual({ goal: GOAL, ratio: null, inMedian: false, inWorst: false });
    const thrownAway = [run(1, 'ours', 100), run(1, 'theirs', 10), run(2, 'ours', null), run(2, 'theirs', 10)];
    expect(verdictOf(thrownAway, GOAL)).toMatchObject({ inMedian: false, inWorst: false });
  });
});

describe('The page', () => {
  const report = (runs: readonly Run[]): CaseReport => ({
    benchCase: CASE,
    scale: 'full',
    rounds: 5,
    stopped: true,
    runs,
    notOpened: [],
    date: '2026-03-02',
    machine: ['2 × processor'],
    database: ['PostgreSQL 18: fsync on'],
    versions: ['pg 8'],
    load: { before: '0.10', after: '2.00' },
    minutes: 1,
  });

  it('gets the section of one case in place of the last one, and keeps everything else', () => {
    const first = withSection(withSection('# Page\n\nBy hand.\n', 'a', 'old a'), 'b', 'b');
    const again = withSection(first, 'a', 'new a');
    expect(again).toContain('By hand.');
    expect(again).toContain('new a');
    expect(again).not.toContain('old a');
    expect(again.indexOf('new a')).toBeLessThan(again.indexOf('\nb\n'));
    expect(withSection(again, 'a', 'new a')).toBe(again);
  });

  it('says medians with their spread, the verdict on each goal, and where everything was measured', () => {
    const section = sectionOf(report([run(1, 'ours', 4000), run(1, 'theirs', 1000), run(2, 'ours', 1000), run(2, 'theirs', 1000)]));
    expect(section).toContain('| append, appends/s | 2,500 (1,000–4,000) | 1,000 (1,000–1,000) |');
    expect(section).toContain('| ours to theirs | ≥ 2 | 2.50 | 1.00–4.00 | met | **not met** |');
    expect(section).toContain('2 of 5 rounds, stopped by hand, 2026-03-02');
    expect(section).toContain('load average 0.10 before, 2.00 after');
    for (const line of ['- 2 × processor', '- PostgreSQL 18: fsync on', '- pg 8', '- one writer']) expect(section).toContain(line);
  });

  it('says why a part has no figure', () => {
    const failed: Run = { ...run(1, 'ours', null), failure: 'event 7 came where 6 was due' };
    const section = sectionOf({ ...report([failed]), notOpened: [{ part: 'theirs', why: 'no such module' }] });
    expect(section).toContain('- ours, append: event 7 came where 6 was due');
    expect(section).toContain('- theirs was not there: no such module');
    expect(section).toContain('| append, appends/s | no figure | no figure |');
  });
});

describe('A case', () => {
  const database: BenchDatabase = { create: async () => 'postgres://x', settings: [], close: async () => undefined };

  /** Answers at once and writes down what it was asked. */
  class Fake extends Holder {
    constructor(
      name: string,
      private readonly asked: string[],
      private readonly fails: (question: Question) => boolean,
    ) {
      super(name);
    }
    protected async ask(question: Question): Promise<unknown> {
      if (question.ask === 'work') this.asked.push(`${this.name} ${question.work} ${JSON.stringify(question.params)}`);
      if (this.fails(question)) throw new Error('lost event 3\n    at somewhere');
      return question.ask === 'work' ? { count: 100, seconds: 2 } : 0;
    }
    async close(): Promise<void> {
      this.asked.push(`${this.name} closed`);
    }
  }
  const play = async (fails: (question: Question) => boolean = () => false, signal = new AbortController().signal) => {
    const asked: string[] = [];
    const hold = (name: string): Holder => new Fake(name, asked, fails);
    return { asked, ...(await runCase(CASE, { rounds: 2, scale: 'full', database, signal, say: () => undefined, hold })) };
  };

  it('runs its parts in turn within each measure, there and back, after a round that only warms up', async () => {
    const { asked, runs } = await play();
    const [ours, theirs] = ['ours driver append {"seconds":9}', 'theirs driver append {"seconds":9}'];
    const read = 'ours driver read {"events":7}';
    const warmUp = [theirs, ours, read];
    const closed = ['ours driver closed', 'theirs driver closed'];
    expect(asked).toStrictEqual([...warmUp, ours, theirs, read, theirs, ours, read, ...closed]);
    expect(runs.map(({ round, measure, part, rate }) => [round, measure, part, rate])).toStrictEqual([
      [1, 'append', 'ours', 50],
      [1, 'append', 'theirs', 50],
      [1, 'read', 'ours', 50],
      [2, 'append', 'theirs', 50],
      [2, 'append', 'ours', 50],
      [2, 'read', 'ours', 50],
    ]);
  });

  it('has no figure for a run whose check finds something lost', async () => {
    const { runs } = await play(({ ask }) => ask === 'check');
    expect(runs.map(({ rate, failure }) => ({ rate, failure }))).toStrictEqual(
      Array.from({ length: 6 }, () => ({ rate: null, failure: 'lost event 3' })),
    );
  });

  it('goes on without a part that cannot be opened, and closes what it had started', async () => {
    const { asked, runs, notOpened } = await play(({ ask }) => ask === 'open');
    expect(notOpened).toStrictEqual([
      { part: 'ours', why: 'lost event 3' },
      { part: 'theirs', why: 'lost event 3' },
    ]);
    expect([runs, asked]).toStrictEqual([[], ['ours driver closed', 'theirs driver closed']]);
  });

  it('keeps what was measured when it is told to stop', async () => {
    const stop = new AbortController();
    let works = 0;
    const { runs } = await play(({ ask }) => {
      if (ask === 'work' && (works += 1) === 5) stop.abort();
      return false;
    }, stop.signal);
    expect(runs.map(({ part, rate }) => [part, rate])).toStrictEqual([
      ['ours', 50],
      ['theirs', 50],
    ]);
  });
});

describe('A limit', () => {
  const limit = { text: 'memory of ours', measure: 'append', part: 'ours', figure: 'peak memory, MB', atMost: 300 };
  const took = (round: number, mb: number): Run => ({ ...run(round, 'ours', 10), figures: { 'peak memory, MB': mb } });

  it('is kept in the median, and in the worst round when every round keeps it', () => {
    expect(limitVerdictOf([took(1, 250), took(2, 260), took(3, 310)], limit)).toStrictEqual({
      limit,
      figure: { median: 260, worst: 310, best: 250 },
      inMedian: true,
      inWorst: false,
    });
  });

  it('is not kept without figures, nor when a run had to be thrown away', () => {
    expect(limitVerdictOf([], limit)).toMatchObject({ figure: null, inMedian: false, inWorst: false });
    expect(limitVerdictOf([took(1, 250), run(2, 'ours', null)], limit)).toMatchObject({ inMedian: false, inWorst: false });
  });
});
