import type { BulletinKind } from '@app/bulletins';
import { localDate } from '@app/kernel';
import type { Scenario } from '../kit/scenario';
import { personOf } from './organisation';
import type { Stage } from './stories';

type Told = Readonly<{ day: string; kind: BulletinKind; from: string; to: string; next: string | null }>;

const ISSUES: readonly Told[] = [
  {
    day: '2020-06-29',
    kind: 'bulletin',
    from: '2020-06-22',
    to: '2020-06-28',
    next: '各镇街要在七月上旬完成住房、饮水安全问题的整改，逐户核对。',
  },
  { day: '2020-07-02', kind: 'monthly', from: '2020-06-01', to: '2020-06-30', next: null },
  { day: '2020-07-06', kind: 'bulletin', from: '2020-06-29', to: '2020-07-05', next: null },
  {
    day: '2020-07-13',
    kind: 'bulletin',
    from: '2020-07-06',
    to: '2020-07-12',
    next: '超期的责任单位要说明原因，明确完成时间，由包镇领导督促到位。',
  },
];

/** 脱贫攻坚月: a bulletin every week, and the table of June. */
export const bulletinsOfTheMonth = ({ scenario, timeline }: Stage<Scenario>): void => {
  for (const { day, kind, from, to, next } of ISSUES) {
    const period = { from: localDate(from), to: localDate(to) };
    const texts = next === null ? {} : { next };
    timeline.first(localDate(day), '08:45', () =>
      scenario.bulletin(
        { kind, period, title: null, texts, copies: ['市委办公室', '市政府办公室'], ranked: false },
        personOf('office.head'),
      ),
    );
  }
};
