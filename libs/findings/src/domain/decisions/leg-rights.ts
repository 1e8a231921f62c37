import type { Role } from '@app/kernel';
import type { Leg } from '../finding.state';

/** The receiving posts of a unit that holds a leg (R17); the office's own posts where the office holds one. */
export const UNIT_ROLES = ['clerk', 'deputy', 'head', 'office', 'office-head'] as const satisfies readonly Role[];

/** In its unit's hands, signed for or not: signing never blocks work (R17). */
export const isAtWork = (leg: Leg): boolean => leg.stage === 'delivered' || leg.stage === 'working';
