import { columnsOf, grouped, ordered, type Row } from './board-columns';

const share = (numerator: number, denominator: number) => ({
  numerator,
  denominator,
  percent: null,
  of: { numerator: 'passedTimed', denominator: 'owedTimed' },
});
const row = (id: string, over: Partial<Row> = {}): Row => ({
  id,
  name: id,
  figures: {},
  rates: {},
  zeros: [],
  nothingFiled: false,
  ...over,
});
const nameOf = ({ id }: Row): string => id;

describe('The board', () => {
  it('shows both rates of R34 where they belong, and what stands beside on every view', () => {
    const keys = (scope: 'town' | 'county') => columnsOf(scope, 'main').map(({ key }) => key);
    expect(keys('town').slice(0, 2)).toStrictEqual(['passing', 'passingWithImmediate']);
    expect(keys('county').slice(0, 2)).toStrictEqual(['clearance', 'clearanceWithImmediate']);
    for (const key of [
      'onTime',
      'onTimeByOriginal',
      'extension',
      'carriedOver',
      'underReturn',
      'placeholders',
      'lateEntries',
      'offlineCaptures',
    ]) {
      expect([key, keys('town').includes(key), keys('county').includes(key)]).toStrictEqual([key, true, true]);
    }
  });
  it('sorts by any column, by overdue counts too, and by name without one', () => {
    const rows = [row('b', { figures: { overdue: 1 } }), row('a', { figures: { overdue: 3 } }), row('c', { figures: { overdue: 3 } })];
    const ids = (by: string | null, descending: boolean) => ordered(rows, { by, descending }, columnsOf('town', 'all'), nameOf).map(nameOf);
    expect(ids('overdue', true)).toStrictEqual(['a', 'c', 'b']);
    expect(ids('overdue', false)).toStrictEqual(['b', 'a', 'c']);
    expect(ids(null, true)).toStrictEqual(['a', 'b', 'c']);
    expect(ids('unheardOf', true)).toStrictEqual(['a', 'b', 'c']);
  });
  it('gives rates below ten no place (R36)', () => {
    const rows = [row('few', { rates: { passing: share(9, 9) } }), row('many', { rates: { passing: share(1, 20) } })];
    const ids = (descending: boolean) => ordered(rows, { by: 'passing', descending }, columnsOf('town', 'main'), nameOf).map(nameOf);
    expect([ids(true), ids(false)]).toStrictEqual([
      ['many', 'few'],
      ['many', 'few'],
    ]);
  });
  it('groups units with their like', () => {
    const rows = [row('a', { peerGroup: 'town' }), row('b', { peerGroup: 'subdistrict' })];
    const groups = (peer: string) => grouped(rows, peer).map(({ group, rows: own }) => [group, own.map(nameOf)]);
    expect(groups('grouped')).toStrictEqual([
      ['subdistrict', ['b']],
      ['town', ['a']],
    ]);
    expect(groups('town')).toStrictEqual([[null, ['a']]]);
    expect(groups('all')).toStrictEqual([[null, ['a', 'b']]]);
  });
});
