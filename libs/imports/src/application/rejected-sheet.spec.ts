import { Workbook } from 'exceljs';
import { remark } from '../domain/remarks';
import type { ImportJob } from './import-job';
import { rejectedSheet, type RejectedRow } from './rejected-sheet';

const column = (title: string) => ({ title, field: null, confidence: 0, index: 1, letters: 'A', use: 'quoted' as const });
const job = { understood: { columns: [column('编号'), column('责任单位 / 镇街')] } } as unknown as ImportJob;
async function* rows(): AsyncGenerator<RejectedRow> {
  yield {
    cells: ['=1+1', '大泽山'],
    remarks: [remark('unit-unknown', 'B2', { name: '大泽山' }), remark('due-missing', 'A2')],
  };
}

it('gives back the cells as they were, disarmed, and the reasons in a last column', async () => {
  const workbook = new Workbook();
  await workbook.xlsx.load(new Uint8Array(await rejectedSheet(job, rows())).buffer);
  const cells = (row: number): unknown[] => [1, 2, 3].map((c) => workbook.worksheets[0]?.getCell(row, c).value);
  expect(cells(1)).toStrictEqual(['编号', '镇街', '未导入原因']);
  expect(cells(2)).toStrictEqual(["'=1+1", '大泽山', 'B2：未识别的单位“大泽山”（Unknown unit "大泽山"）']);
});
