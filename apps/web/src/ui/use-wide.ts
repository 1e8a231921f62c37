import { useSyncExternalStore } from 'react';

const WIDE = '(min-width: 48rem)';
const follow = (tell: () => void): (() => void) => {
  const query = window.matchMedia(WIDE);
  query.addEventListener('change', tell);
  return () => query.removeEventListener('change', tell);
};
/** Whether there is room for a desk's layout; text at 200 % leaves as little as a phone does. */
export const useWide = (): boolean => useSyncExternalStore(follow, () => window.matchMedia(WIDE).matches);
