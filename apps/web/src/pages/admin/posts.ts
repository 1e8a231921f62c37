import type { Role } from '../../app/session';
import type { Post } from './data';
import { t } from './texts';

export const ROLES: readonly Role[] = [
  'clerk',
  'deputy',
  'head',
  'inspector',
  'team-head',
  'office',
  'office-head',
  'independent-verifier',
  'leader',
  'auditor',
  'admin',
];

export const isClosed = ({ closedAfter }: Pick<Post, 'closedAfter'>, today: string): boolean => closedAfter !== null && closedAfter < today;

/** Administration and audit stay apart from everything else; said while the form is filled in, decided by the server. */
export const rolesFault = (roles: readonly Role[]): string | null =>
  roles.length > 1 && roles.some((role) => role === 'admin' || role === 'auditor') ? t('rolesApart') : null;
