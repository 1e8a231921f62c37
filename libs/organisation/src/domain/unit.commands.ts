import type { Act, LocalDate, Message, UnitId } from '@app/kernel';
import type { UnitKind } from './vocabulary';

/** What the handler found out about another unit; null: not active. */
export type UnitPlace = Readonly<{ path: string; kind: UnitKind }> | null;

export type EstablishUnit = Message<
  'EstablishUnit',
  Act & {
    unitId: UnitId;
    name: string;
    synonyms: readonly string[];
    kind: UnitKind;
    parentId: UnitId | null;
    parent: UnitPlace;
    from: LocalDate;
  }
>;
export type RenameUnit = Message<'RenameUnit', Act & { name: string; from: LocalDate }>;
export type GiveSynonyms = Message<'GiveSynonyms', Act & { synonyms: readonly string[] }>;
/** `path` in the commands below: where the unit stands today, which follows the units above it. */
export type MoveUnit = Message<'MoveUnit', Act & { path: string; parentId: UnitId; parent: UnitPlace; from: LocalDate }>;
export type MergeUnit = Message<'MergeUnit', Act & { path: string; into: UnitId; successor: UnitPlace; from: LocalDate }>;
export type DissolveUnit = Message<'DissolveUnit', Act & { path: string; from: LocalDate }>;

export type UnitCommand = EstablishUnit | RenameUnit | GiveSynonyms | MoveUnit | MergeUnit | DissolveUnit;
