import { useInfiniteQuery } from '@tanstack/react-query';

type Keyset = Readonly<{ next: string | null }>;

/** Keyset pages as one growing list: `rows`, `more` (absent at the end), the first page's totals. */
export const usePages = <P extends Keyset, R>(
  key: readonly unknown[],
  load: (cursor: string | undefined) => Promise<P>,
  rowsOf: (page: P) => readonly R[],
) => {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return {
    first: query.data?.pages[0],
    rows: query.data?.pages.flatMap(rowsOf) ?? [],
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    loadingMore: query.isFetchingNextPage,
    isPending: query.isPending,
    error: query.error,
    refetch: query.refetch,
  };
};
