import type { Writable } from 'node:stream';
import { localDateOf, localTimeOf, sheetText, type Instant } from '@app/kernel';
import { stream } from 'exceljs';
import type { FindingStage, Seriousness, SourceKind } from '../domain/finding.types';
import type { ShownRow } from '../read-models/finding-list/finding.queries';

/** Who reads it, when and what for: stands above the rows, so that the file itself says so wherever it goes (R40). */
export type SheetHead = Readonly<{ reader: string; unit: string; at: Instant; purpose: string; categoryName: (code: string) => string }>;

const STAGE_NAMES: Readonly<Record<FindingStage, string>> = {
  untriaged: '待研判',
  accepted: '待交办',
  unsigned: '待签收',
  rectifying: '整改中',
  returned: '退单待裁定',
  'in-review': '已报完成（待复核）',
  'to-verify': '待核查',
  'to-clear': '待销号',
  cleared: '已销号',
  'long-term': '转长效',
  dismissed: '查否',
  withdrawn: '撤销',
  linked: '并案',
};
const SOURCE_NAMES: Readonly<Record<SourceKind, string>> = {
  upper: '上级反馈',
  inspection: '督导检查',
  self: '自查',
  data: '数据比对',
  leader: '领导批示',
  other: '其他',
};
const SERIOUSNESS_NAMES: Readonly<Record<Seriousness, string>> = { ordinary: '一般', serious: '较重', major: '重大' };
const nameIn = (names: Readonly<Record<string, string>>, key: string): string => names[key] ?? key;

const day = (at: string | null): string => (at === null ? '' : localDateOf(at as Instant));
const moment = (at: string | null): string => (at === null ? '' : `${localDateOf(at as Instant)} ${localTimeOf(at as Instant)}`);

type Column = Readonly<{ title: string; width: number; of: (row: ShownRow, head: SheetHead) => string | number }>;
const COLUMNS: readonly Column[] = [
  { title: '问题编号', width: 18, of: (r) => r.number },
  { title: '来源', width: 12, of: (r) => nameIn(SOURCE_NAMES, r.source_kind) },
  { title: '来源名称', width: 20, of: (r) => r.source_name },
  { title: '镇街', width: 14, of: (r) => r.town_name },
  { title: '村居', width: 14, of: (r) => r.village_name ?? '' },
  { title: '责任部门', width: 18, of: (r) => r.department_name ?? '' },
  { title: '类别', width: 18, of: (r, head) => head.categoryName(r.category) },
  { title: '对象', width: 14, of: (r) => r.subject_label },
  { title: '问题描述', width: 50, of: (r) => r.text },
  { title: '程度', width: 8, of: (r) => nameIn(SERIOUSNESS_NAMES, r.seriousness) },
  { title: '状态', width: 16, of: (r) => nameIn(STAGE_NAMES, r.stage) },
  { title: '发现日期', width: 12, of: (r) => r.found_on },
  { title: '交办时间', width: 17, of: (r) => moment(r.transferred_at) },
  { title: '整改期限', width: 17, of: (r) => moment(r.due_at) },
  { title: '是否逾期', width: 9, of: (r) => (r.overdue ? '是' : '') },
  { title: '明细总数', width: 9, of: (r) => r.items_total },
  { title: '明细未答', width: 9, of: (r) => r.items_open },
  { title: '销号日期', width: 12, of: (r) => day(r.cleared_at) },
];

/** Writes rows as they come, so that a long list needs no room. Answers with how many there were. */
export const writeFindingsSheet = async (to: Writable, rows: AsyncIterable<ShownRow>, head: SheetHead): Promise<number> => {
  const book = new stream.xlsx.WorkbookWriter({ stream: to, useStyles: true, useSharedStrings: false });
  const sheet = book.addWorksheet('问题清单', { views: [{ state: 'frozen', ySplit: 3 }] });
  sheet.columns = COLUMNS.map(({ width }) => ({ width }));
  sheet.addRow([sheetText(`查阅人：${head.reader}（${head.unit}）　导出时间：${moment(head.at)}`)]).commit();
  sheet.addRow([sheetText(`用途：${head.purpose}`)]).commit();
  const titles = sheet.addRow(COLUMNS.map(({ title }) => title));
  titles.font = { bold: true };
  titles.commit();
  let count = 0;
  for await (const row of rows) {
    const cells = COLUMNS.map(({ of }) => of(row, head));
    sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? sheetText(cell) : cell))).commit();
    count += 1;
  }
  sheet.commit();
  await book.commit();
  return count;
};
