import type { ReactNode } from 'react';
import { Empty, Fault, Loading } from './states';

type Pages<R> = Readonly<{ first: unknown; rows: readonly R[]; isPending: boolean; error: unknown; refetch: () => unknown }>;

/** The states of a growing list (`usePages`): loading, refused, empty, rows. */
export const Paged = <R,>({
  pages,
  empty,
  children,
}: Readonly<{ pages: Pages<R>; empty: ReactNode; children: (rows: readonly R[]) => ReactNode }>): ReactNode => {
  if (pages.first !== undefined) return pages.rows.length === 0 ? <Empty>{empty}</Empty> : children(pages.rows);
  return pages.isPending ? <Loading /> : <Fault error={pages.error} again={() => void pages.refetch()} />;
};
