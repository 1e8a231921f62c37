import { bigramsOf, normalText } from '../search/bigrams';
import type { FindingStage, SubjectKind } from '../../domain/finding.types';

/** Why a finding is like another: same village or town and category 同村同类 同镇同类 · same masked subject 同一对象 · similar text 文字相近. */
export const LIKENESSES = ['same-subject', 'same-village-and-category', 'similar-text', 'same-town-and-category'] as const;
export type Likeness = (typeof LIKENESSES)[number];

export type Neighbour = Readonly<{
  findingId: string;
  number: string;
  stage: FindingStage;
  townId: string;
  townName: string;
  villageId: string | null;
  villageName: string | null;
  category: string;
  subjectKind: SubjectKind;
  subjectLabel: string;
  text: string;
  filedAt: string;
  dueAt: string | null;
  open: boolean;
}>;

/** Half of all pairs of characters in common: beyond that two sentences tell the same. */
const SIMILAR_FROM = 0.5;
/** Of a village or a unit every finding there has the same name. */
const NAMES_NOBODY: ReadonlySet<SubjectKind> = new Set(['village', 'unit']);
const WEIGHT: Readonly<Record<Likeness, number>> = {
  'same-subject': 4,
  'same-village-and-category': 3,
  'similar-text': 2,
  'same-town-and-category': 1,
};

/** Pairs of characters in common, from 0 to 1 (Dice). */
const alike = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  if (a.size === 0 || b.size === 0) return 0;
  return (2 * [...a].filter((gram) => b.has(gram)).length) / (a.size + b.size);
};
const gramsOf = (text: string): ReadonlySet<string> => new Set(bigramsOf(normalText(text)));

export type Alike<N extends Neighbour = Neighbour> = N & Readonly<{ reasons: readonly Likeness[] }>;

/** Those that are like `one` in some way: open ones first, then the most alike, then the newest. */
export const likest = (one: Neighbour, others: readonly Neighbour[], limit: number): readonly Alike[] => {
  const own = gramsOf(one.text);
  return others
    .map((other) => {
      const sameVillage = one.villageId !== null && one.villageId === other.villageId;
      const sameCategory = one.category === other.category;
      const likeness = alike(own, gramsOf(other.text));
      const is: Readonly<Record<Likeness, boolean>> = {
        'same-subject':
          sameVillage &&
          !NAMES_NOBODY.has(one.subjectKind) &&
          one.subjectKind === other.subjectKind &&
          one.subjectLabel === other.subjectLabel,
        'same-village-and-category': sameVillage && sameCategory,
        'similar-text': likeness >= SIMILAR_FROM,
        'same-town-and-category': !sameVillage && one.townId === other.townId && sameCategory,
      };
      const reasons = LIKENESSES.filter((reason) => is[reason]);
      return { other: { ...other, reasons }, weight: reasons.reduce((sum, reason) => sum + WEIGHT[reason], likeness) };
    })
    .filter(({ other }) => other.reasons.length > 0)
    .sort(
      (a, b) =>
        Number(b.other.open) - Number(a.other.open) ||
        b.weight - a.weight ||
        (a.other.filedAt === b.other.filedAt
          ? a.other.findingId < b.other.findingId
            ? -1
            : 1
          : a.other.filedAt < b.other.filedAt
            ? 1
            : -1),
    )
    .slice(0, limit)
    .map(({ other }) => other);
};
