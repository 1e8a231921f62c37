import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { workReadingInbox } from '../../api/generated/sdk.gen';
import type { WorkReadingInboxResponse } from '../../api/generated/types.gen';

export type Entry = WorkReadingInboxResponse['entries'][number];
export type Work = Entry['work'];

const MOST = 200;

/** What waits for the office of one kind of work, most pressing first. */
export const useQueue = (work: readonly Work[]) =>
  useQuery({
    queryKey: ['findings', 'queue', ...work],
    queryFn: () => read(workReadingInbox({ query: { work: [...work], limit: MOST } })),
  });
