import type { Filter } from '../selections/selection';
import type { WorkReadingInboxResponse } from '../../api/generated/types.gen';

export type Work = WorkReadingInboxResponse['entries'][number]['work'];

/** In the order in which a finding goes through them. */
export const WORK: readonly Work[] = [
  'triage',
  'transfer',
  'sign',
  'rectify',
  'came-back',
  'guidance',
  'opinion',
  'first-review',
  'sign-off',
  'rule',
  'extension',
  'pause',
  'review',
  'verify',
  'clear',
  'stage',
  'instruction-reply',
  'upper-clearance',
];

export type Asked = Readonly<{ of: 'post' | 'unit'; work: Work | null; overdue: boolean }>;

/** What an address asks for; anything it does not know is left out. */
export const askedOf = (params: URLSearchParams): Asked => ({
  of: params.get('of') === 'unit' ? 'unit' : 'post',
  work: WORK.find((work) => work === params.get('work')) ?? null,
  overdue: params.get('overdue') === 'true',
});

/** What came back or goes against a decision stands out; the rest is told by its due time. */
export const workTone = (work: Work): 'red' | 'amber' | 'blue' =>
  work === 'came-back'
    ? 'red'
    : work === 'rule' || work === 'extension' || work === 'pause' || work === 'instruction-reply'
      ? 'amber'
      : 'blue';

/** The same, for everything of it at once. */
export const filterOf = ({ of, work, overdue }: Asked): Filter => ({
  of: 'inbox',
  whose: of,
  ...(work === null ? {} : { work: [work] }),
  ...(overdue ? { overdue: 'true' } : {}),
});
