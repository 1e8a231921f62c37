import { peerGroupOf } from './peer-groups';

describe('The units that a unit is compared with', () => {
  it.each([
    ['town', '大泽山镇', 'town'],
    ['town', '东阁街道', 'subdistrict'],
    ['town', '凤台街道办事处', 'subdistrict'],
    ['town', '云山乡', 'township'],
    ['town', '平度经济开发区', 'zone'],
    ['town', '新河生态化工科技产业基地管委会', 'zone'],
    ['town', '旧店', 'town'],
    ['department', '市住建局', 'department'],
    ['department', '高新区分局', 'department'],
    ['office', '市督查办', 'managing'],
    ['independent', '政府督查室', 'managing'],
    ['company', '水务集团', 'company'],
  ])('are its like by kind and by the ending of its name: %s %s → %s', (kind, name, group) => {
    expect(peerGroupOf({ kind, name })).toBe(group);
  });
});
