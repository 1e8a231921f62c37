import { Workbook } from 'exceljs';
import type { ImportJob, ImportRow } from './import-job';

/** Cells that a spreadsheet would take for a formula once they are typed or saved as CSV are kept as text. */
export const neutralised = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

export type RejectedRow = Readonly<{ cells: readonly string[]; remarks: ImportRow['remarks'] }>;

/** The rows with errors as a sheet: the columns as they were, and the reasons in a last column, Chinese and English. */
export const rejectedSheet = async (job: ImportJob, rows: AsyncIterable<RejectedRow>): Promise<Buffer> => {
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('未导入的行');
  const columns = job.understood?.columns ?? [];
  const titles = columns.map((c) => neutralised(c.title.split(' / ').at(-1) ?? c.title));
  sheet.addRow([...titles, '未导入原因']);
  sheet.getRow(1).font = { bold: true };
  for await (const row of rows) {
    const cells = columns.map((_, i) => neutralised(row.cells[i] ?? ''));
    const reasons = row.remarks.filter((r) => r.level === 'error').map((r) => `${r.address}：${r.text.zh}（${r.text.en}）`);
    sheet.addRow([...cells, neutralised(reasons.join('\n'))]);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
};
