import { useSyncExternalStore } from 'react';

const follow = (tell: () => void): (() => void) => {
  window.addEventListener('online', tell);
  window.addEventListener('offline', tell);
  return () => {
    window.removeEventListener('online', tell);
    window.removeEventListener('offline', tell);
  };
};
/** What the device says of its network; a server that does not answer shows in the calls themselves. */
export const useOnline = (): boolean => useSyncExternalStore(follow, () => navigator.onLine);
