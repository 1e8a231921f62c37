import { periodOf } from './period';
import { addDays, carryOverLink, compareLink, dayIn, listLink, mondayOf, scopeIn } from './links';

describe('The addresses of the leaders’ pages', () => {
  it('say which number of which row on which day, and nothing that goes without saying', () => {
    const place = { scope: 'town', id: 't1', figure: 'open', asOf: '2020-07-17' } as const;
    expect(listLink(place)).toBe('/clearance/list?scope=town&id=t1&figure=open&asOf=2020-07-17');
    expect(listLink({ ...place, from: '2020-07-01', basis: 'business', subtree: false })).toBe(
      '/clearance/list?scope=town&id=t1&figure=open&asOf=2020-07-17&from=2020-07-01&basis=business&subtree=false',
    );
    expect(compareLink({ ...place, from: '2020-07-12' })).toBe(
      '/clearance/compare?scope=town&id=t1&figure=open&to=2020-07-17&from=2020-07-12',
    );
  });
  it('are read with care: what is no day and no board is left out', () => {
    const params = new URLSearchParams('asOf=2020-13-40&from=2020-07-01&scope=nothing');
    expect([dayIn(params, 'asOf'), dayIn(params, 'from'), dayIn(params, 'to'), scopeIn(params, 'town')]).toStrictEqual([
      null,
      '2020-07-01',
      null,
      'town',
    ]);
  });
  it('count days whatever the zone of the device', () => {
    expect([addDays('2020-03-01', -1), mondayOf('2020-07-19'), mondayOf('2020-07-13')]).toStrictEqual([
      '2020-02-29',
      '2020-07-13',
      '2020-07-13',
    ]);
  });
  it('take the month for the period unless another is asked for, and never one that begins after its end', () => {
    const day = '2020-07-17';
    expect([null, 'week', 'all', '2020-06-15', '2020-08-01', 'nonsense'].map((from) => periodOf(from, day))).toStrictEqual([
      '2020-07-01',
      '2020-07-13',
      null,
      '2020-06-15',
      '2020-07-01',
      '2020-07-01',
    ]);
  });
  it('open what was carried over of a row, where the list of it can be narrowed so', () => {
    expect(
      (['county', 'town', 'department', 'source', 'list', 'category'] as const).map((scope) => carryOverLink(scope, 'x')),
    ).toStrictEqual([
      '/carry-overs?withdrawn=false',
      '/carry-overs?town=x&withdrawn=false',
      '/carry-overs?department=x&withdrawn=false',
      '/carry-overs?source=x&withdrawn=false',
      null,
      null,
    ]);
  });
});
