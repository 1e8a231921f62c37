import type { GivenRow } from '../domain/given-row';
import { reason } from '../domain/round-trip.errors';
import type { Reason } from '../domain/round-trip.types';
import type { SentWorkbook } from './read-filled';
import type { RowCodes, RowIdentity } from './row-codes';

/** A leg's row with its rows of items; `foreign` where what it says of itself is not true of this workbook. */
export type GatheredRow = Readonly<{
  sheetRow: number | null;
  number: string;
  identity: RowIdentity | null;
  foreign: Reason | null;
  given: GivenRow;
}>;

const NOTHING: GivenRow = { filled: {}, locked: {}, others: [], items: [] };
const keyOf = ({ number, legId, revision }: RowIdentity): string => `${number} ${legId} ${String(revision)}`;

/** Puts together what belongs to one leg, in the order of the first sheet; what cannot be believed stays apart, with the reason. */
export const gathered = (sent: SentWorkbook, codes: RowCodes): readonly GatheredRow[] => {
  const rows: GatheredRow[] = [];
  const at = new Map<string, number>();
  const foreign = (sheetRow: number | null, number: string, why: Reason): void =>
    void rows.push({ sheetRow, number: number.slice(0, 60), identity: null, foreign: why, given: NOTHING });
  for (const { sheetRow, number, version, given } of sent.rows) {
    const identity = codes.read(number, version, sent.identity);
    if (identity?.item !== null) foreign(sheetRow, number, reason('code-does-not-fit'));
    else if (at.has(keyOf(identity))) foreign(sheetRow, number, reason('row-twice'));
    else {
      at.set(keyOf(identity), rows.length);
      rows.push({ sheetRow, number, identity, foreign: null, given });
    }
  }
  const seen = new Set<string>();
  for (const { number, version, given } of sent.items) {
    const identity = codes.read(number, version, sent.identity);
    if (identity === null || identity.item === null) {
      foreign(null, number, reason('code-does-not-fit'));
      continue;
    }
    if (seen.has(version)) {
      foreign(null, number, reason('row-twice'));
      continue;
    }
    seen.add(version);
    const key = keyOf(identity);
    const index =
      at.get(key) ?? rows.push({ sheetRow: null, number, identity: { ...identity, item: null }, foreign: null, given: NOTHING }) - 1;
    at.set(key, index);
    const row = rows[index];
    if (row !== undefined)
      rows[index] = { ...row, given: { ...row.given, items: [...row.given.items, { ...given, order: identity.item }] } };
  }
  return rows;
};
