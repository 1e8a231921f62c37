import { Workbook } from 'exceljs';

/**
 * A list as a county office really writes it: titles above, a two-row header, cells merged down and across, several units in one cell,
 * dates in every manner, blank rows, a heading over some rows, a total and a footnote. Made in code, so that no binary is kept.
 */
export const sampleLedger = async (): Promise<Buffer> => {
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('问题清单');
  const put = (row: number, values: readonly (string | number | Date | null | object)[]): void => {
    values.forEach((value, i) => {
      if (value !== null) sheet.getCell(row, i + 1).value = value as string;
    });
  };
  put(1, ['平度市脱贫攻坚收官战问题清单']);
  sheet.mergeCells('A1:L1');
  put(2, ['青督〔2020〕12号', null, null, null, null, null, '2020年4月21日']);
  sheet.mergeCells('A2:F2');
  sheet.mergeCells('G2:L2');
  put(3, [
    '序号',
    '问题类别',
    '所在位置',
    null,
    '户主姓名',
    '存在的问题',
    '责任单位',
    null,
    '配合单位',
    '整改时限',
    '整改情况',
    '联系电话',
  ]);
  put(4, [null, null, '镇街', '村居', null, null, '镇街', '部门']);
  sheet.mergeCells('C3:D3');
  sheet.mergeCells('G3:H3');
  for (const column of ['A', 'B', 'E', 'F', 'I', 'J', 'K', 'L']) sheet.mergeCells(`${column}3:${column}4`);
  put(5, ['一、住房安全方面']);
  sheet.mergeCells('A5:L5');
  const rich = { richText: [{ text: '房屋鉴定为Ｃ级，' }, { text: '未修缮' }] };
  put(6, [
    1,
    '住房安全',
    '大泽山镇',
    '北昌村',
    '王大明',
    rich,
    '大泽山镇',
    '住建局',
    '民政局',
    new Date(Date.UTC(2020, 5, 30)),
    '已完成',
    '13800001111',
  ]);
  put(7, [2, null, null, '南昌村', '李四', '建新未拆旧 ', '大泽山镇人民政府'.slice(0, 4), '市住建局', null, '6月底前', '正在整改']);
  sheet.mergeCells('B6:B7');
  sheet.mergeCells('C6:C7');
  put(9, [
    '3-(2)①',
    '饮水安全',
    '李园街道',
    null,
    null,
    '水质化验报告超过一年，联系人电话13912345678',
    '李园街道办事处',
    '水利局、民政局',
    null,
    '立即',
    '未启动',
  ]);
  put(10, [4, '兜底保障', '旧店镇', '东关村', null, '低保转特困政策宣传不到位', '旧店镇\n大泽山镇', '民政局', null, '长期坚持']);
  put(11, [5, '住房安全', '旧店镇', null, null, '危房改造台账不全', '旧店镇', null, null, '4月21日']);
  sheet.getCell('H12').value = '住建局';
  put(12, [6, '住房安全', '大泽山镇', '北昌村', null, '同一问题两家单位', '大泽山镇', '住建局']);
  put(13, [null, null, null, null, null, null, null, '水利局']);
  for (const column of ['A', 'B', 'C', 'D', 'E', 'F', 'G']) sheet.mergeCells(`${column}12:${column}13`);
  put(14, ['合计', null, null, null, null, '6个']);
  put(15, ['填表人：督查办']);
  sheet.mergeCells('A15:L15');
  return Buffer.from(await workbook.xlsx.writeBuffer());
};
