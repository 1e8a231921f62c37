import { idFrom } from '@app/kernel';
import type { DraftRow } from './draft-row';
import { bare, tidy } from './text';

/** Who reported and in which batch: the frame in which a row's own number is unique (R23). */
export type Provenance = Readonly<{ authority: string; batch: string }>;
/** `３－（２）①` and `3-(2)①` are one number. */
export const sameNumber = (number: string): string => tidy(number).replace(/\s+/g, '');

/** Hash of all that was understood; differs when the row was changed since. */
export const fingerprintOf = (row: DraftRow): string =>
  idFrom(
    'fingerprint',
    bare(row.text),
    row.category ?? '',
    bare(row.subject?.name ?? ''),
    [...row.townIds].join(','),
    row.villageId ?? '',
    row.foundOn ?? '',
    row.basis ?? '',
    row.seriousness,
    row.rectification ?? '',
    bare(row.measure ?? ''),
    row.dueOn ?? '',
    row.legs.map((l) => `${l.unitId}${l.line}${String(l.leads)}`).join(','),
    [...row.assisting].sort().join(','),
    row.projectOwnerId ?? '',
  );

/** The parts of a row's identity that the frame does not change. */
export type Cores = Readonly<{
  /** Null for a row without a number of its own. */
  numberCore: string | null;
  contentCore: string;
}>;
export const coresOf = (draft: Pick<DraftRow, 'number' | 'category' | 'subject' | 'placeText' | 'text'>): Cores => ({
  numberCore: draft.number === null ? null : idFrom('number', sameNumber(draft.number)),
  contentCore: idFrom('content', draft.category ?? '', bare(draft.subject?.name ?? ''), bare(draft.placeText), bare(draft.text)),
});

export type Framed = Cores & Readonly<{ source: string | null; batch: string | null }>;

/**
 * Source authority + batch + its number; without a number a hash of category, subject, place and text. A number says nothing where
 * no batch is known: every list has a row 1. The n-th row with the same identity in one sheet gets the occurrence number n, so that
 * two equal households are two rows, every time. Authority and batch written in the row go before those of the list.
 */
export class IdentityGiver {
  private readonly seen = new Map<string, number>();
  private readonly authority: string;
  private readonly batch: string;

  constructor(provenance: Provenance) {
    this.authority = bare(provenance.authority);
    this.batch = bare(provenance.batch);
  }

  /** The identity of the next row of the sheet. */
  next({ numberCore, contentCore, source, batch }: Framed): string {
    const inBatch = batch === null ? this.batch : bare(batch);
    const core = numberCore === null || inBatch === '' ? contentCore : numberCore;
    const framed = idFrom('framed', source === null ? this.authority : bare(source), inBatch, core);
    const occurrence = (this.seen.get(framed) ?? 0) + 1;
    this.seen.set(framed, occurrence);
    return idFrom('row', framed, occurrence);
  }
}

/** The identities of all rows of a sheet. */
export const identities = (rows: readonly Framed[], provenance: Provenance): readonly string[] => {
  const giver = new IdentityGiver(provenance);
  return rows.map((row) => giver.next(row));
};
