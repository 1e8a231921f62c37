import type { CategoryCode, LocalDate, PersonId, PostId, Role, UnitId } from '@app/kernel';
import type { Duty, EvidenceKind, Period, UnitKind } from '../domain/vocabulary';

export type UnitStatus = 'active' | 'merged' | 'dissolved';

export type Unit = Readonly<{
  id: UnitId;
  name: string;
  /** Short names and other spellings, for imports and search. */
  synonyms: readonly string[];
  /** Pinyin initials of the name, lower case. */
  initials: string;
  kind: UnitKind;
  parentId: UnitId | null;
  /** Ids from the root, joined by '/': `pd/town-dazeshan`. */
  path: string;
  status: UnitStatus;
  mergedInto: UnitId | null;
  from: LocalDate;
  to: LocalDate | null;
}>;

export type Person = Readonly<{ id: PersonId; name: string; initials: string; phoneMasked: string | null }>;

export type Post = Readonly<{
  id: PostId;
  unitId: UnitId;
  title: string;
  roles: readonly Role[];
  /** May sign for deliveries (R17). */
  receives: boolean;
  /** Last day of the post; null while it exists. */
  closedAfter: LocalDate | null;
}>;

export type Holding = Period & Readonly<{ postId: PostId; personId: PersonId }>;
/** B 角: may act from the post in place of its holder. */
export type Substitute = Period & Readonly<{ postId: PostId; personId: PersonId }>;
export type Secondment = Period & Readonly<{ personId: PersonId; fromUnit: UnitId; toUnit: UnitId }>;
/** 包镇: which leader answers for which town. */
export type Responsibility = Period & Readonly<{ personId: PersonId; unitId: UnitId }>;

export type Category = Readonly<{
  code: CategoryCode;
  name: string;
  initials: string;
  parent: CategoryCode | null;
  evidenceKinds: readonly EvidenceKind[];
  retiredAfter: LocalDate | null;
}>;
/** One dated line of the table "which department is responsible"; the highest version in force on a day holds. */
export type CategoryRule = Period &
  Readonly<{
    code: CategoryCode;
    version: number;
    /** Null: by decision no department is responsible (R3). */
    unitId: UnitId | null;
    duty: Duty;
    leads: 'territorial' | 'sectoral';
  }>;

export type DirectoryRows = Readonly<{
  /** Position of the last event in these rows. */
  position: bigint;
  units: readonly Unit[];
  persons: readonly Person[];
  posts: readonly Post[];
  holdings: readonly Holding[];
  substitutes: readonly Substitute[];
  secondments: readonly Secondment[];
  responsibilities: readonly Responsibility[];
  categories: readonly Category[];
  categoryRules: readonly CategoryRule[];
}>;

export const NO_ROWS: DirectoryRows = {
  position: 0n,
  units: [],
  persons: [],
  posts: [],
  holdings: [],
  substitutes: [],
  secondments: [],
  responsibilities: [],
  categories: [],
  categoryRules: [],
};
