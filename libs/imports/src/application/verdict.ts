import { remark } from '../domain/remarks';
import { differences } from './draft-to-content';
import type { ImportRow } from './import-job';

/** A known row is skipped; a changed one is reported and never overwritten. */
export const verdict = (
  row: Pick<ImportRow, 'fingerprint' | 'content' | 'remarks' | 'sheetRows'>,
  filed: Readonly<{ fingerprint: string | null; content: NonNullable<ImportRow['content']> }>,
): Readonly<{ state: 'known' | 'differs'; remarks: ImportRow['remarks'] }> => {
  const address = `A${String(row.sheetRows[0] ?? 1)}`;
  const before = row.remarks.filter((r) => r.code !== 'already-known' && r.code !== 'differs-from-filed');
  if (row.content === null || filed.fingerprint === row.fingerprint)
    return { state: 'known', remarks: [...before, remark('already-known', address)] };
  const fields = differences(row.content, filed.content);
  const said = fields.length === 0 ? '内容' : fields.join('、');
  return { state: 'differs', remarks: [...before, remark('differs-from-filed', address, { fields: said })] };
};
