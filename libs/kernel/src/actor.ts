import type { Instant, LocalDate, PersonId, PostId, UnitId } from './brand';

/**
 * What a post allows. A role counts for the unit of the post that carries it.
 * inspector 督查员 · team-head 检查组长 · office 督查办 · office-head 督查办主任 ·
 * clerk 经办 · deputy 分管负责人 · head 主要负责人 (of a town or department) ·
 * leader 包镇/分管领导 · independent-verifier 政府督查室或交叉组 · auditor 审计只读 ·
 * admin 系统管理员 · system: the product itself (knocks and policies), never a person.
 */
export const ROLES = [
  'inspector',
  'team-head',
  'office',
  'office-head',
  'clerk',
  'deputy',
  'head',
  'leader',
  'independent-verifier',
  'auditor',
  'admin',
  'system',
] as const;
export type Role = (typeof ROLES)[number];

/** Who acts, for which unit, from which post: resolved at the moment of acting and stamped into the event. */
export type Actor = Readonly<{
  personId: PersonId;
  /** The unit acted for, at department level (a town, a department, the office, a team). */
  unitId: UnitId;
  postId: PostId | null;
  roles: readonly Role[];
  /** 乙代甲: the person whose post is being filled in for. */
  inPlaceOf: PersonId | null;
  /**
   * For avoidance (R9): every department-level unit the person belongs to at this moment, the units that
   * seconded them, and the successors of all of these after mergers. Always contains `unitId`.
   */
  ownUnits: readonly UnitId[];
}>;

/** The part of an actor that events keep. */
export type Stamp = Readonly<Pick<Actor, 'personId' | 'unitId' | 'postId' | 'inPlaceOf' | 'ownUnits'>>;

export const stampOf = ({ personId, unitId, postId, inPlaceOf, ownUnits }: Actor): Stamp => ({
  personId,
  unitId,
  postId,
  inPlaceOf,
  ownUnits,
});

/** Every command and every event says when the server took it, which day somebody claims for it, and who acted (R15). */
export type Act = Readonly<{
  /** Server time (入库时刻). */
  at: Instant;
  /** Business date (发生日). */
  on: LocalDate;
  by: Stamp;
}>;

export const SYSTEM: Actor = {
  personId: 'system' as PersonId,
  unitId: 'system' as UnitId,
  postId: null,
  roles: ['system'],
  inPlaceOf: null,
  ownUnits: ['system' as UnitId],
};
