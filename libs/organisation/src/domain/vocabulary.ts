import type { LocalDate, UnitId } from '@app/kernel';

/**
 * county 县 · office 督查办（管理方） · town 镇街 · village 村居 · department 部门 · section 科室/站所 ·
 * team 检查组 · independent 政府督查室或交叉组 · company 业主公司
 */
export const UNIT_KINDS = ['county', 'office', 'town', 'village', 'department', 'section', 'team', 'independent', 'company'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

/** Kinds that stand for themselves: rights, rates and avoidance look at these; villages and sections are looked at through the unit above. */
const DEPARTMENT_LEVEL: Readonly<Record<UnitKind, boolean>> = {
  county: true,
  office: true,
  town: true,
  village: false,
  department: true,
  section: false,
  team: true,
  independent: true,
  company: true,
};
export const isDepartmentLevel = (kind: UnitKind): boolean => DEPARTMENT_LEVEL[kind];

/** The line a leg runs on (条线, R1). */
export type Line = 'territorial' | 'sectoral' | 'owner';
/** acts 主办 · guides 指导 (R1, R2). */
export const DUTIES = ['acts', 'guides'] as const;
export type Duty = (typeof DUTIES)[number];

/** What may prove a result; a photo is never the only way (R41). */
export const EVIDENCE_KINDS = ['photo', 'document', 'data-screenshot', 'signed-statement'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** First and last day, both included; `to: null` = until further notice. */
export type Period = Readonly<{ from: LocalDate; to: LocalDate | null }>;
export const holdsOn = (period: Period, day: LocalDate): boolean => period.from <= day && (period.to === null || day <= period.to);
export const overlaps = (a: Period, b: Period): boolean => (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to);

/** Ids are parts of paths and of prefix filters, so they hold no separator and no wildcard. */
export const UNIT_ID = /^[a-z0-9][a-z0-9-]{0,79}$/;
export const CATEGORY_CODE = /^[a-z0-9][a-z0-9.-]{0,79}$/;

/** `unit` itself or below it. */
export const isWithin = (path: string, above: string): boolean => path === above || path.startsWith(`${above}/`);
export const pathUnder = (parentPath: string | null, id: UnitId): string => (parentPath === null ? id : `${parentPath}/${id}`);
