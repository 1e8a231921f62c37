import { tellings } from './timeline';

describe('A line of the history', () => {
  it('tells results, dates and what was written, and no codes', () => {
    expect(tellings({ legId: 'T', ground: 'not-our-duty', text: '不属本镇职责' })).toStrictEqual(['不属本单位职责', '不属本镇职责']);
    expect(tellings({ legId: 'T', passed: false, reason: '材料不全' })).toStrictEqual(['不通过', '材料不全']);
    expect(tellings({ until: '2020-08-01', reason: '汛期' })).toStrictEqual(['到2020年8月1日', '汛期']);
    expect(tellings({ text: '已开工', basicallyComplete: { remains: '绿化', by: '2020-08-01' } })).toStrictEqual([
      '已开工',
      '基本完成',
      '到2020年8月1日',
      '绿化',
    ]);
  });

  it('says nothing of what it does not know', () => {
    expect(tellings({ legs: [], due: { at: '2020-01-01' }, revision: 3 })).toStrictEqual([]);
  });
});
