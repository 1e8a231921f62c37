import { idFrom } from '@app/kernel';
import type { DraftRow } from './draft-row';
import { bare, tidy } from './text';

/** Who reported and in which batch: the frame in which a row's own number is unique (R23). */
export type Provenance = Readonly<{ authority: string; batch: string }>;
export type Identified = Readonly<{
  /** UUID; the same row of the same source always has the same one. */
  identity: string;
  /** Hash of all that was understood; differs when the row was changed since. */
  fingerprint: string;
  draft: DraftRow;
}>;

/** `３－（２）①` and `3-(2)①` are one number. */
export const sameNumber = (number: string): string => tidy(number).replace(/\s+/g, '');

const fingerprintOf = (row: DraftRow): string =>
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

/**
 * Source authority + batch + its number; without a number a hash of category, subject, place and text. The n-th row with the
 * same identity in one sheet gets the occurrence number n, so that two equal households are two rows, every time.
 */
export const identify = (rows: readonly DraftRow[], provenance: Provenance): readonly Identified[] => {
  const seen = new Map<string, number>();
  return rows.map((draft) => {
    const frame = [bare(draft.source ?? provenance.authority), bare(draft.batch ?? provenance.batch)];
    const core =
      draft.number === null
        ? idFrom('content', ...frame, draft.category ?? '', bare(draft.subject?.name ?? ''), bare(draft.placeText), bare(draft.text))
        : idFrom('number', ...frame, sameNumber(draft.number));
    const occurrence = (seen.get(core) ?? 0) + 1;
    seen.set(core, occurrence);
    return { identity: idFrom('row', core, occurrence), fingerprint: fingerprintOf(draft), draft };
  });
};
