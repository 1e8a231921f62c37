import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { selectionsExcept, selectionsRows } from '../../api/generated/sdk.gen';
import { exceptionsOf, otherExceptions, type Exceptions, type Row } from './selection';

type Place = Pick<Row, 'findingId' | 'legId'>;
type Data = Readonly<Record<string, unknown>>;
/** Left out, or with a text of its own; null takes the exception back. */
export type Exception = Readonly<{ leaveOut: true }> | Readonly<{ data: Data }> | null;

const PAGE_ROWS = 200;
const pageAfter = (id: string, after: number, only: 'all' | 'refused') =>
  read(selectionsRows({ path: { id }, query: { only, limit: PAGE_ROWS, after } }));

/** All rows of a kind; for what needs each of them. */
export const everyRow = async (id: string, only: 'all' | 'refused'): Promise<readonly Row[]> => {
  const found: Row[] = [];
  for (let after: number | null = -1; after !== null;) {
    const page: Awaited<ReturnType<typeof pageAfter>> = await pageAfter(id, after, only);
    found.push(...page.rows);
    after = page.next;
  }
  return found;
};

/**
 * Exceptions by row, before the selection runs. They are given all together, so those that are there are read once, and the page keeps
 * them from then on.
 */
export const useExceptions = (id: string) => {
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const queryKey = ['exceptions', id];
  const change = async (row: Place, exception: Exception, redact = false): Promise<void> => {
    const known = await queries.fetchQuery({
      queryKey,
      queryFn: async (): Promise<Exceptions> => exceptionsOf(await everyRow(id, 'all')),
      staleTime: Infinity,
    });
    const { findingId, legId } = row;
    const exceptions = [...otherExceptions(known, row), ...(exception === null ? [] : [{ findingId, legId, ...exception }])];
    await write((headers) => selectionsExcept({ path: { id }, body: { exceptions }, headers }), { redact });
    queries.setQueryData(queryKey, exceptions);
    await queries.invalidateQueries({ queryKey: ['selections'] });
  };
  return {
    error,
    change,
    set: (row: Place, exception: Exception): void => {
      setError(null);
      change(row, exception).catch(setError);
    },
  };
};
