import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { deadlinesReadingClocks, findingsReadingDetail, findingsReadingTimeline, offersOffers } from '../../api/generated/sdk.gen';
import type { FindingsReadingDetailResponse, FindingsReadingTimelineResponse } from '../../api/generated/types.gen';

export type Detail = FindingsReadingDetailResponse;
export type Leg = Detail['legs'][number];
export type Turn = Detail['turns'][number];
export type Line = FindingsReadingTimelineResponse['lines'][number];

export const useDetail = (id: string) =>
  useQuery({ queryKey: ['finding', id, 'detail'], queryFn: () => read(findingsReadingDetail({ path: { id } })) });

/** Every clock, with the account of its due time. */
export const useDeadlines = (id: string) =>
  useQuery({ queryKey: ['finding', id, 'deadlines'], queryFn: () => read(deadlinesReadingClocks({ path: { id } })) });

/** What the reader may do now, and why not the rest; decided by the server's own rules. */
export const useOffers = (id: string) =>
  useQuery({ queryKey: ['finding', id, 'offers'], queryFn: () => read(offersOffers({ path: { id } })) });

/** Oldest first, by pages of what most findings never fill. */
export const useTimeline = (id: string) => {
  const query = useInfiniteQuery({
    queryKey: ['finding', id, 'timeline'],
    queryFn: ({ pageParam }) => read(findingsReadingTimeline({ path: { id }, query: { after: pageParam, limit: 500 } })),
    initialPageParam: '0',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return { ...query, lines: query.data?.pages.flatMap(({ lines }) => lines) };
};
