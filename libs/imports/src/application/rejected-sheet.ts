import { sheetText } from '@app/kernel';
import { Workbook } from 'exceljs';
import type { ImportJob, ImportRow } from './import-job';

export type RejectedRow = Readonly<{ cells: readonly string[]; remarks: ImportRow['remarks'] }>;

/** The rows with errors as a sheet: the columns as they were, and the reasons in a last column, Chinese and English. */
export const rejectedSheet = async (job: ImportJob, rows: AsyncIterable<RejectedRow>): Promise<Buffer> => {
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('未导入的行');
  const columns = job.understood?.columns ?? [];
  const titles = columns.map((c) => sheetText(c.title.split(' / ').at(-1) ?? c.title));
  sheet.addRow([...titles, '未导入原因']);
  sheet.getRow(1).font = { bold: true };
  for await (const row of rows) {
    const cells = columns.map((_, i) => sheetText(row.cells[i] ?? ''));
    const reasons = row.remarks.filter((r) => r.level === 'error').map((r) => `${r.address}：${r.text.zh}（${r.text.en}）`);
    sheet.addRow([...cells, sheetText(reasons.join('\n'))]);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
};
