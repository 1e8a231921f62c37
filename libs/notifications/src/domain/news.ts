import type { PersonId, Role, UnitId } from '@app/kernel';
import type { NotificationKind, NotificationParams } from './kinds';

/** Whom something is for; who that is on the day is looked up in the organisation. */
export type Audience =
  | Readonly<{ kind: 'posts'; unitId: UnitId; roles: readonly Role[] }>
  /** Posts that sign for deliveries, and whoever works on them. */
  | Readonly<{ kind: 'receivers'; unitId: UnitId }>
  /** Leaders who answer for a town. */
  | Readonly<{ kind: 'leaders'; townId: UnitId }>
  /** Leaders who answer for one of the units; every leader where nobody does. */
  | Readonly<{ kind: 'answering'; unitIds: readonly UnitId[] }>
  | Readonly<{ kind: 'person'; personId: PersonId }>
  /** Whoever has the role, in whatever unit. */
  | Readonly<{ kind: 'role'; role: Role }>;

/** What one stored event tells people. */
export type News = Readonly<{
  kind: NotificationKind;
  to: readonly Audience[];
  params: NotificationParams;
  /** Page of the application that shows it. */
  path: string;
  /** A clock in hours is behind it. */
  urgent: boolean;
}>;
