import type { DeadlineRule } from '../../api/generated/types.gen';
import { ruleGroups } from './rules';

const rule = (id: string, version: number, from: string, to: string | null, kind: DeadlineRule['kind'] = 'rectify'): DeadlineRule => ({
  id,
  version,
  kind,
  days: 15,
  unit: 'working',
  from,
  to,
});

describe('The deadline rules', () => {
  const rules = [
    rule('verify', 1, '2000-01-01', null, 'verify'),
    rule('rectify', 1, '2000-01-01', '2020-07-31'),
    rule('rectify', 2, '2020-08-01', null),
    rule('triage', 1, '2000-01-01', '2019-12-31', 'triage'),
  ];
  it('stand in the order of the work, the version in force today apart from the one to come', () => {
    const groups = ruleGroups(rules, '2020-07-06');
    expect(groups.map(({ id, current }) => [id, current?.version ?? null])).toStrictEqual([
      ['triage', null],
      ['rectify', 1],
      ['verify', 1],
    ]);
    expect(groups[1]?.versions.map(({ version }) => version)).toStrictEqual([2, 1]);
  });
});
