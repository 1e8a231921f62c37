import type { Act, LocalDate, Message, UnitId } from '@app/kernel';
import type { UnitKind } from './vocabulary';

/** What can happen to a unit (stream `unit-<id>`). Paths are as of the event; a move carries the old one, so that subtrees follow. */
export type UnitEstablished = Message<
  'UnitEstablished',
  Act & {
    unitId: UnitId;
    name: string;
    synonyms: readonly string[];
    kind: UnitKind;
    parentId: UnitId | null;
    path: string;
    from: LocalDate;
  }
>;
export type UnitRenamed = Message<'UnitRenamed', Act & { unitId: UnitId; name: string; formerName: string; from: LocalDate }>;
export type UnitSynonymsGiven = Message<'UnitSynonymsGiven', Act & { unitId: UnitId; synonyms: readonly string[] }>;
export type UnitMoved = Message<'UnitMoved', Act & { unitId: UnitId; parentId: UnitId; path: string; formerPath: string; from: LocalDate }>;
/** The one batch event with which all open legs of a unit pass to its successor, deadlines unchanged (R14). */
export type UnitMerged = Message<'UnitMerged', Act & { unitId: UnitId; path: string; into: UnitId; intoPath: string; from: LocalDate }>;
export type UnitDissolved = Message<'UnitDissolved', Act & { unitId: UnitId; path: string; from: LocalDate }>;

export type UnitEvent = UnitEstablished | UnitRenamed | UnitSynonymsGiven | UnitMoved | UnitMerged | UnitDissolved;
