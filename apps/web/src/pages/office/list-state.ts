import type { ListWithZeros } from '../../api/generated/types.gen';

/** Issued, and some of its rows are not filed yet. */
export const isBeingIssued = ({ status, counts }: Pick<ListWithZeros, 'status' | 'counts'>): boolean =>
  status === 'issued' && counts.filed < counts.issued;
