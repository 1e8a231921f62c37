import type { QueryClient } from '@tanstack/react-query';

/**
 * What somebody else did, within a second: each change of a finding one may see marks what was read of it as stale. Keys of queries:
 * `['finding', findingId, …]` for one finding, `['findings', …]` for everything that is made of many (lists, inbox, figures).
 */
export const followChanges = (queries: QueryClient): (() => void) => {
  const source = new EventSource('/api/events/stream');
  let timer: ReturnType<typeof setTimeout> | null = null;
  const heard = new Set<string>();
  const tell = (): void => {
    timer = null;
    for (const findingId of heard) void queries.invalidateQueries({ queryKey: ['finding', findingId] });
    void queries.invalidateQueries({ queryKey: ['findings'] });
    heard.clear();
  };
  source.addEventListener('finding', (event) => {
    const { findingId } = JSON.parse((event as MessageEvent<string>).data) as { findingId: string };
    heard.add(findingId);
    // A list that is issued changes hundreds at once; they are read anew together.
    timer ??= setTimeout(tell, 250);
  });
  return () => {
    if (timer !== null) clearTimeout(timer);
    source.close();
  };
};
