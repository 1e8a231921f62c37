import type { Actor, Bilingual, UnitId } from '@app/kernel';
import type { RoundTripCounts, RoundTripState } from '../domain/round-trip.types';

/** One workbook that came back. */
export type RoundTripJob = Readonly<{
  roundTripId: string;
  unitId: UnitId;
  actor: Actor;
  fileName: string;
  fileHash: string;
  state: RoundTripState;
  /** When the workbook was made; null before it was read. */
  exportedAt: string | null;
  rowsTotal: number;
  rowsDone: number;
  counts: RoundTripCounts | null;
  /** What the rows run as; null before the run. */
  selectionId: string | null;
  failure: (Readonly<{ code: string }> & Bilingual) | null;
  createdAt: string;
  changedAt: string;
}>;
