import type { CategoryRule } from '../../api/generated/types.gen';
import { phaseOf } from './period';

export const EVIDENCE_KINDS = ['photo', 'document', 'data-screenshot', 'signed-statement'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Of lines that hold on the same day the one set last counts; null where the category above decides. */
export const lineInForce = (lines: readonly CategoryRule[], today: string): CategoryRule | null =>
  lines.reduce<CategoryRule | null>(
    (best, line) => (phaseOf(line, today) === 'now' && (best === null || line.version > best.version) ? line : best),
    null,
  );
