import { Workbook } from 'exceljs';

/** A list as a town would write it: a title above the header, two units in one cell, dates as people write them. */
export const smallList = async (batch: string): Promise<Uint8Array> => {
  const book = new Workbook();
  const sheet = book.addWorksheet('问题清单');
  sheet.addRow(['李园街道督导检查发现问题清单']);
  sheet.mergeCells('A1:G1');
  sheet.addRow(['序号', '问题类别', '具体问题', '所在镇街', '责任单位', '整改时限', '整改措施']);
  sheet.addRow([1, '住房安全', `${batch}：两户贫困户门窗破损，房屋漏雨`, '李园街道', '李园街道、住建局', '2020.8.14', '维修门窗屋面']);
  sheet.addRow([2, '住房安全', `${batch}：一户院墙倾斜`, '李园街道', '李园街道、住建局', '7月底前', '加固院墙']);
  sheet.addRow(['合计', '', '2', '', '', '', '']);
  return new Uint8Array(await book.xlsx.writeBuffer());
};
