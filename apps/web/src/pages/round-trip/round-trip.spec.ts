import { isEnded, isMoving, shareOf, tabsOf } from './round-trip';

const COUNTS = { rows: 40, changed: 3, unchanged: 36, refused: 1, toConfirm: 0, done: 0, failed: 0, left: 0 };

describe('A workbook that came back', () => {
  it('shows first what would change, then what is refused, and always everything', () => {
    expect(tabsOf(COUNTS).map(({ only, count }) => `${only} ${String(count)}`)).toStrictEqual([
      'changed 3',
      'refused 1',
      'unchanged 36',
      'all 40',
    ]);
    expect(tabsOf({ ...COUNTS, changed: 0, refused: 0 }).map(({ only }) => only)).toStrictEqual(['unchanged', 'all']);
  });
  it('moves by itself while it is read and run', () => {
    const states = ['reading', 'ready', 'running', 'done', 'refused', 'cancelled'] as const;
    expect(states.filter((state) => isMoving({ state }))).toStrictEqual(['reading', 'running']);
    expect(states.filter((state) => isEnded({ state }))).toStrictEqual(['done', 'refused', 'cancelled']);
  });
  it('knows no share before its rows are counted', () => {
    expect([shareOf({ rowsDone: 0, rowsTotal: 0 }), shareOf({ rowsDone: 5, rowsTotal: 10 })]).toStrictEqual([null, 0.5]);
  });
});
