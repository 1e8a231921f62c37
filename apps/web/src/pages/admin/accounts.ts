import type { AdminAccountsListResponse } from '../../api/generated/types.gen';

export type Account = AdminAccountsListResponse['accounts'][number];

/** withdrawn, locked for now, waiting for its first own password, or in use. */
export const stateOf = ({ status, lockedUntil, mustChangePassword }: Account): 'active' | 'first' | 'locked' | 'withdrawn' => {
  if (status === 'withdrawn') return 'withdrawn';
  if (lockedUntil !== null) return 'locked';
  return mustChangePassword ? 'first' : 'active';
};
