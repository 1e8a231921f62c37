import { ROLES, type Role } from '@app/kernel';

/**
 * Who may do what: every route of the api stands here once. A line says which roles pass the door, and whether what lies behind
 * is a finding or a list that must also be within sight (else 404, as if it did not exist).
 * The body is one that the route accepts, so that the question of sight is reached.
 */
export type Line = Readonly<{
  roles: readonly Role[] | 'everybody' | 'public';
  object: 'finding' | 'list' | null;
  body?: unknown;
  /** The answer does not end. */
  stream?: true;
}>;

export const PEOPLE = ROLES.filter((role) => role !== 'system');
export type Person = Exclude<Role, 'system'>;

/** Where somebody stands towards the finding's town: in it, above it, beside it, or in a unit that has no part in it. */
export const RELATIONS = ['own', 'parent', 'sibling', 'foreign'] as const;
export type Relation = (typeof RELATIONS)[number];
export const UNIT_OF: Readonly<Record<Relation, string>> = { own: 'dazeshan', parent: 'pd', sibling: 'jiudian', foreign: 'water' };

type Sight = Readonly<Record<Relation, boolean>>;
const BY_UNIT: Sight = { own: true, parent: true, sibling: false, foreign: false };
const EVERYTHING: Sight = { own: true, parent: true, sibling: true, foreign: true };
/** A leader's post gives no sight; answering for the town does, and only the first one does. */
const BY_CHARGE: Sight = { own: true, parent: false, sibling: false, foreign: false };
const NOTHING: Sight = { own: false, parent: false, sibling: false, foreign: false };
export const SEES: Readonly<Record<Person, Sight>> = {
  inspector: BY_UNIT,
  'team-head': BY_UNIT,
  office: EVERYTHING,
  'office-head': EVERYTHING,
  clerk: BY_UNIT,
  deputy: BY_UNIT,
  head: BY_UNIT,
  leader: BY_CHARGE,
  'independent-verifier': EVERYTHING,
  auditor: EVERYTHING,
  admin: NOTHING,
};

export const OFFICE = ['office', 'office-head'] as const;
export const UNIT = ['clerk', 'deputy', 'head'] as const;
export const FILERS = ['inspector', 'team-head', ...OFFICE, ...UNIT] as const;
export const READERS = [...FILERS, 'leader', 'independent-verifier', 'auditor'] as const;
export const REVIEWERS = [...OFFICE, 'independent-verifier'] as const;

export const open: Line = { roles: 'public', object: null };
export const everybody: Line = { roles: 'everybody', object: null };
export const admin: Line = { roles: ['admin'], object: null };
export const only = (roles: readonly Role[]): Line => ({ roles, object: null });
export const finding = (roles: Line['roles'], body?: unknown): Line => ({ roles, object: 'finding', body });
export const list = (roles: Line['roles'], body?: unknown): Line => ({ roles, object: 'list', body });

export const text = '依据现场核查';
export const reason = { reason: text };
export const said = { text };
export const plain = {};
export const missedDue = { dueAt: '2020-07-06T09:30:00.000Z' };
export const subject = { kind: 'household', name: '周样一' };
export const later = '2020-07-31';
