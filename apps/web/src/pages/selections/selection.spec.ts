import { asked, exceptionsOf, isEnded, isMoving, offeredSteps, otherExceptions, probes, shareOf, shownTabs } from './selection';

jest.mock('../../api/generated/sdk.gen', () => ({}), { virtual: true });

const row = (findingId: string, legId: string | null = 'T') => ({ findingId, legId, name: findingId });
const COUNTS = { rows: 30, looked: 30, waiting: 20, done: 8, unchanged: 1, refused: 1, leftOut: 0, sample: 0, sampleOpen: 0 };

describe('A selection', () => {
  it('asks a few findings what may be done, the first and the last among them, none twice', () => {
    const chosen = Array.from({ length: 30 }, (_, n) => row(String(n)));
    expect(probes(chosen).map(({ findingId }) => findingId)).toStrictEqual(['0', '10', '19', '29']);
    expect(probes([row('a', 'T'), row('a', 'S')])).toHaveLength(1);
  });
  it('offers each step once, in the order of the work, and one of a leg only where that leg is meant', () => {
    const offers = [
      { command: 'PassLeg', legId: 'S', allowed: true },
      { command: 'SignForLeg', legId: 'T', allowed: true },
      { command: 'ClearFinding', legId: null, allowed: true },
      { command: 'VerifyFinding', legId: null, allowed: false },
      { command: 'AddItems', legId: null, allowed: true },
    ] as const;
    expect(offeredSteps([{ row: row('a'), offers }])).toStrictEqual(['SignForLeg', 'ClearFinding']);
    expect(offeredSteps([{ row: row('a', null), offers }])).toStrictEqual(['SignForLeg', 'PassLeg', 'ClearFinding']);
    expect(
      offeredSteps([
        { row: row('a'), offers },
        { row: row('b'), offers },
      ]),
    ).toStrictEqual(['SignForLeg', 'ClearFinding']);
  });
  it('names the rows that were ticked, or the filter where everything was meant', () => {
    const filter = { of: 'inbox' as const, whose: 'post' as const, work: ['sign' as const] };
    expect(asked('SignForLeg', [row('a')], null)).toStrictEqual({ step: 'SignForLeg', rows: [{ findingId: 'a', legId: 'T' }] });
    expect(asked('SignForLeg', [row('a')], filter)).toStrictEqual({ step: 'SignForLeg', filter });
  });
  it('shows only the kinds of rows there are', () => {
    expect(shownTabs(COUNTS).map(({ only, count }) => `${only} ${String(count)}`)).toStrictEqual([
      'all 30',
      'waiting 20',
      'refused 1',
      'done 8',
      'unchanged 1',
    ]);
  });
  it('says how far it is: of the preview what was looked at, of the run what is no longer waiting', () => {
    expect(shareOf({ state: 'preparing', counts: { ...COUNTS, looked: 15 } })).toBe(0.5);
    expect(shareOf({ state: 'running', counts: { ...COUNTS, waiting: 10, refused: 10 } })).toBe(0.5);
    expect(shareOf({ state: 'preparing', counts: { ...COUNTS, rows: 0 } })).toBeNull();
  });
  it('gives all exceptions together: rows left out and rows with words of their own, one of them changed', () => {
    const rows = [
      { ...row('a'), leftOut: true, own: null },
      { ...row('b'), leftOut: false, own: { text: '另说' } },
      { ...row('b', 'S'), leftOut: false, own: null },
    ];
    const known = exceptionsOf(rows);
    expect(known).toStrictEqual([
      { findingId: 'a', legId: 'T', leaveOut: true },
      { findingId: 'b', legId: 'T', data: { text: '另说' } },
    ]);
    expect(otherExceptions(known, row('a'))).toStrictEqual([{ findingId: 'b', legId: 'T', data: { text: '另说' } }]);
    expect(otherExceptions(known, row('b', 'S'))).toStrictEqual(known);
  });
  it('moves by itself while it is prepared and run, and has ended when it is done, blocked or cancelled', () => {
    const states = ['preparing', 'ready', 'sampling', 'running', 'done', 'blocked', 'cancelled'] as const;
    expect(states.filter((state) => isMoving({ state }))).toStrictEqual(['preparing', 'running']);
    expect(states.filter((state) => isEnded({ state }))).toStrictEqual(['done', 'blocked', 'cancelled']);
  });
});
