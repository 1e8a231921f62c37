import { useEffect, useRef } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';

type Keyset = Readonly<{ next: string | null }>;

/**
 * Keyset pages as one growing list: `rows`, `more` (absent at the end), the first page's totals. With `version` the pages that are shown
 * are read anew whenever it changes, and stay where they are meanwhile.
 */
export const usePages = <P extends Keyset, R>(
  key: readonly unknown[],
  load: (cursor: string | undefined) => Promise<P>,
  rowsOf: (page: P) => readonly R[],
  version?: string,
) => {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    ...(version === undefined ? {} : { staleTime: 0 }),
  });
  const { refetch } = query;
  const read = useRef(version);
  useEffect(() => {
    if (read.current === version) return;
    read.current = version;
    void refetch();
  }, [version, refetch]);
  return {
    first: query.data?.pages[0],
    rows: query.data?.pages.flatMap(rowsOf) ?? [],
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    loadingMore: query.isFetchingNextPage,
    isPending: query.isPending,
    error: query.error,
    refetch,
  };
};
