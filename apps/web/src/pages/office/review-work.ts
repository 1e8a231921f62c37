import type { Role } from '../../app/session';
import type { Work } from './queue';

/** What the office reviews and rules on, in the order of the tabs; 回头看 is no work that waits but what may be looked back at. */
export type ReviewTab =
  Extract<Work, 'review' | 'verify' | 'clear' | 'stage' | 'rule' | 'extension' | 'pause' | 'upper-clearance'> | 'look-back';
const FOR_THE_OFFICE: readonly ReviewTab[] = [
  'review',
  'verify',
  'clear',
  'stage',
  'rule',
  'extension',
  'pause',
  'look-back',
  'upper-clearance',
];
const FOR_THE_INDEPENDENT: readonly ReviewTab[] = ['review', 'verify', 'clear'];

export const tabsFor = (has: (...roles: readonly Role[]) => boolean): readonly ReviewTab[] =>
  has('office', 'office-head') ? FOR_THE_OFFICE : FOR_THE_INDEPENDENT;

const KEY = 'reviews.at';
/** Where one was when the queue was left: the tab and the id of the finding, nothing of its content. */
export const rememberPlace = (tab: ReviewTab, findingId: string): void => sessionStorage.setItem(KEY, `${tab} ${findingId}`);
export const rememberedPlace = (): Readonly<{ tab: string; findingId: string }> | null => {
  const [tab, findingId] = (sessionStorage.getItem(KEY) ?? '').split(' ');
  return tab === undefined || findingId === undefined ? null : { tab, findingId };
};
