import type { CategoryCode, LocalDate, UnitId } from '@app/kernel';
import type { Remark } from './remarks';

export type UnitKind = 'county' | 'office' | 'town' | 'village' | 'department' | 'section' | 'team' | 'independent' | 'company';
/** As much of a unit as reading a sheet needs. */
export type KnownUnit = Readonly<{
  id: UnitId;
  name: string;
  kind: UnitKind;
  path: string;
  /** The town, department … that stands for it; itself when it is one. */
  standsFor: UnitId;
}>;
export type UnitMatch = Readonly<{ exact: readonly KnownUnit[]; near: readonly KnownUnit[] }>;

export type PersonalNumber = Readonly<{ kind: 'idNumber' | 'phone' | 'bankCard'; value: string }>;

/** What the reader of a sheet asks about the world. One consistent picture; answers without waiting. */
export type World = Readonly<{
  unit: (id: UnitId) => KnownUnit | undefined;
  unitsByName: (text: string, kind?: UnitKind, within?: UnitId) => UnitMatch;
  /** `大泽山镇北昌村3组`: the village, else the town, whose name the text begins with; undefined when none or several. */
  placeAtStart: (text: string, within?: UnitId) => KnownUnit | undefined;
  categoriesByName: (text: string) => readonly CategoryCode[];
  /** Nearest known category names, best first. */
  nearestCategories: (text: string) => readonly string[];
  /** The unit that stands for the county as a whole: the place of what belongs to no single town. */
  county: UnitId;
  /** Finds personal numbers in free text and says what would stand in their place (R40). */
  hidePersonalNumbers: (text: string) => Readonly<{ text: string; kinds: readonly string[]; numbers: readonly PersonalNumber[] }>;
}>;

/** What a person decided after looking at the preview. */
export type Choices = Readonly<{
  /** Written name → the unit meant; null = not a unit, leave it out. */
  units: Readonly<Record<string, UnitId | null>>;
  categories: Readonly<Record<string, CategoryCode>>;
  defaultCategory: CategoryCode | null;
  defaultTown: UnitId | null;
}>;
export const NO_CHOICES: Choices = { units: {}, categories: {}, defaultCategory: null, defaultTown: null };

export type DraftLeg = Readonly<{ unitId: UnitId; line: 'territorial' | 'sectoral' | 'owner'; leads: boolean }>;
export type DraftSubject = Readonly<{ kind: 'household' | 'person' | 'project' | 'village' | 'unit' | 'other'; name: string }>;
export type Quoted = Readonly<{ title: string; text: string }>;

/** One row of a sheet, understood. Personal numbers are already replaced in every text. */
export type DraftRow = Readonly<{
  /** The row numbers in the sheet it was read from; more than one where cells are merged down. */
  rows: readonly number[];
  /** Their own number, as written: `3-(2)①`. */
  number: string | null;
  text: string;
  category: CategoryCode | null;
  subject: DraftSubject | null;
  townIds: readonly UnitId[];
  villageId: UnitId | null;
  /** The place as written. */
  placeText: string;
  source: string | null;
  batch: string | null;
  foundOn: LocalDate | null;
  manner: 'documents' | 'on-site' | 'household' | 'data' | 'unannounced' | null;
  team: string | null;
  basis: string | null;
  nature: 'single' | 'common' | null;
  seriousness: 'ordinary' | 'serious' | 'major';
  rectification: 'immediate' | 'time-limited' | 'staged' | null;
  measure: string | null;
  dueOn: LocalDate | null;
  legs: readonly DraftLeg[];
  assisting: readonly UnitId[];
  projectOwnerId: UnitId | null;
  /** Everything that decides nothing: status columns, unknown columns, people's names. */
  quoted: readonly Quoted[];
  /** True when a text holds a personal number whose replacement must be confirmed at commit. */
  confirmPersonal: boolean;
  /** What was replaced, for sealing under the subject's key; never stored as it is. */
  personal: readonly PersonalNumber[];
  remarks: readonly Remark[];
}>;
export const hasErrors = (row: Pick<DraftRow, 'remarks'>): boolean => row.remarks.some((r) => r.level === 'error');
