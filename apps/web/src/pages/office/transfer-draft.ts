import type { Duty, Line, OfficeProposalResponse, OfficeTransferData } from '../../api/generated/types.gen';

type Body = OfficeTransferData['body'];
export type LegPlan = OfficeProposalResponse['legs'][number];
export type Independent = Readonly<{ unitId: string; clearerUnitId: string; clearer: string; authorisedBy: string }>;

/** What the office is about to send out, as typed. */
export type TransferDraft = Readonly<{
  legs: readonly LegPlan[];
  assisting: readonly string[];
  copies: readonly string[];
  overruledBecause: string;
  singleLegBecause: string;
  independent: Independent;
}>;
export type TransferFault = 'no-legs' | 'unit-missing' | 'line-twice' | 'one-leads' | 'lead-acts' | 'overruled' | 'single' | 'independent';

export const LINES: readonly Line[] = ['territorial', 'sectoral', 'owner'];
export const DUTIES: readonly Duty[] = ['acts', 'guides'];
const LEG_IDS: Readonly<Record<Line, string>> = { territorial: 'T', sectoral: 'S', owner: 'O' };
/** The line that an id of a leg names; null for one that is not known. */
export const lineOf = (legId: string): Line | null => LINES.find((line) => LEG_IDS[line] === legId) ?? null;
const NOBODY: Independent = { unitId: '', clearerUnitId: '', clearer: '', authorisedBy: '' };

type Proposed = Readonly<{ legs: readonly LegPlan[]; single: string | null }>;
/**
 * What is sent out unless the office changes it: the proposal of the category's rule; of an immediate rectification the town alone,
 * the department gets a copy without a clock (R5), for the reason given as `immediate`.
 */
export const draftOf = ({ legs, single }: Proposed, immediate: string | null = null): TransferDraft => {
  const own = legs.filter((leg) => leg.line === 'territorial').map((leg) => ({ ...leg, duty: 'acts' as const, leads: true }));
  const isCut = immediate !== null && own.length > 0 && own.length < legs.length;
  return {
    legs: isCut ? own : legs,
    assisting: [],
    copies: isCut ? legs.filter((leg) => leg.line !== 'territorial').map((leg) => leg.unitId) : [],
    overruledBecause: isCut ? immediate : '',
    singleLegBecause: legs.length === 1 ? (single ?? '') : '',
    independent: NOBODY,
  };
};

/** A leg of the first line that has none yet; the first leg leads. */
export const withNewLeg = (legs: readonly LegPlan[]): readonly LegPlan[] => {
  const line = LINES.find((one) => !legs.some((leg) => leg.line === one));
  return line === undefined ? legs : [...legs, { legId: LEG_IDS[line], unitId: '', line, duty: 'acts', leads: legs.length === 0 }];
};
/** Without the leading leg the first of the others leads. */
export const withoutLeg = (legs: readonly LegPlan[], at: number): readonly LegPlan[] => {
  const kept = legs.filter((_, i) => i !== at);
  return kept.some((leg) => leg.leads) ? kept : kept.map((leg, i) => ({ ...leg, leads: i === 0 }));
};
/** One leg changed; when it begins to lead, the others stop; another line makes another id and forgets the unit. */
export const withLeg = (legs: readonly LegPlan[], at: number, changes: Partial<LegPlan>): readonly LegPlan[] =>
  legs.map((leg, i) => {
    if (i !== at) return changes.leads === true ? { ...leg, leads: false } : leg;
    const line = changes.line ?? leg.line;
    const moved = line === leg.line ? {} : { legId: LEG_IDS[line], unitId: '' };
    return { ...leg, ...changes, ...moved };
  });
/** Legs of a list's row, which come without ids. */
export const asPlans = (legs: readonly Omit<LegPlan, 'legId'>[]): readonly LegPlan[] =>
  legs.map((leg) => ({ ...leg, legId: LEG_IDS[leg.line] }));

const shapeOf = (legs: readonly LegPlan[]): string =>
  legs
    .map(({ unitId, line, duty, leads }) => [unitId, line, duty, leads].join('|'))
    .sort()
    .join('\n');
/** Whether the office left the legs as they were offered. */
export const isAsOffered = (draft: TransferDraft, offered: TransferDraft): boolean => shapeOf(draft.legs) === shapeOf(offered.legs);
/** Other legs than the category's rule proposes need a reason (R1). */
export const isOverruled = (draft: TransferDraft, proposed: readonly LegPlan[]): boolean =>
  proposed.length > 0 && shapeOf(proposed) !== shapeOf(draft.legs);
/** One leg alone needs a reason (R3), unless it is so by its nature. */
export const needsSingleReason = (draft: TransferDraft, isSingleByNature: boolean): boolean => draft.legs.length === 1 && !isSingleByNature;
/** Where the managing office itself is responsible, somebody independent verifies and clears (R9). */
export const needsIndependent = (draft: TransferDraft, office: string): boolean => draft.legs.some(({ unitId }) => unitId === office);

type Circumstances = Readonly<{ proposed: readonly LegPlan[]; isSingleByNature: boolean; isParent: boolean; office: string }>;
const blank = (text: string): boolean => text.trim() === '';

/** What keeps the transfer from being previewed; the server has the last word. */
export const faultsOf = (
  draft: TransferDraft,
  { proposed, isSingleByNature, isParent, office }: Circumstances,
): readonly TransferFault[] => {
  const { legs, independent } = draft;
  const leading = legs.filter((leg) => leg.leads);
  const checks: readonly (readonly [TransferFault, boolean])[] = [
    ['no-legs', legs.length === 0 && !isParent],
    ['unit-missing', legs.some((leg) => leg.unitId === '')],
    ['line-twice', new Set(legs.map((leg) => leg.line)).size < legs.length],
    ['one-leads', legs.length > 0 && leading.length !== 1],
    ['lead-acts', leading.some((leg) => leg.duty === 'guides')],
    ['overruled', isOverruled(draft, proposed) && blank(draft.overruledBecause)],
    ['single', needsSingleReason(draft, isSingleByNature) && blank(draft.singleLegBecause)],
    ['independent', needsIndependent(draft, office) && [independent.unitId, independent.clearer, independent.authorisedBy].some(blank)],
  ];
  return checks.flatMap(([fault, holds]) => (holds ? [fault] : []));
};

const orNull = (text: string): string | null => (blank(text) ? null : text.trim());
export const bodyOf = (draft: TransferDraft, { proposed, isSingleByNature, office }: Circumstances): Body => ({
  legs: [...draft.legs],
  assisting: [...draft.assisting],
  copies: [...draft.copies],
  overruledBecause: isOverruled(draft, proposed) ? orNull(draft.overruledBecause) : null,
  singleLegBecause: needsSingleReason(draft, isSingleByNature) || draft.legs.length === 1 ? orNull(draft.singleLegBecause) : null,
  independent: needsIndependent(draft, office)
    ? { unitId: draft.independent.unitId, clearer: draft.independent.clearer, authorisedBy: draft.independent.authorisedBy.trim() }
    : null,
});
