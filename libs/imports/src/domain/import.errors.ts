import { rejecterFor, type Bilingual } from '@app/kernel';

export type ImportErrorCode =
  | 'file-empty'
  | 'file-too-large'
  | 'file-name-unfit'
  | 'file-type-unsupported'
  | 'file-old-excel'
  | 'file-encrypted'
  | 'file-with-macros'
  | 'file-not-what-it-says'
  | 'file-damaged'
  | 'file-too-much-inside'
  | 'file-secret'
  | 'file-unreadable-text'
  | 'sheet-without-header'
  | 'sheet-too-many-rows'
  | 'import-unknown'
  | 'import-not-ready'
  | 'import-already-committed'
  | 'import-cancelled'
  | 'import-needs-confirmation'
  | 'import-nothing-to-add'
  | 'import-target-missing'
  | 'import-choice-invalid';

export const IMPORT_ERRORS: Readonly<Record<ImportErrorCode, Bilingual>> = {
  'file-empty': { zh: '文件是空的', en: 'The file is empty' },
  'file-too-large': { zh: '文件超过 {max} MB', en: 'The file is larger than {max} MB' },
  'file-name-unfit': { zh: '文件名不可用', en: 'The file name cannot be used' },
  'file-type-unsupported': { zh: '只接收 .xlsx 和 .csv 文件', en: 'Only .xlsx and .csv files are taken' },
  'file-old-excel': {
    zh: '旧版 Excel（.xls）不能导入，请在 Excel 或 WPS 中“另存为 .xlsx”后重试',
    en: 'Old Excel files (.xls) cannot be imported: open the file, save it as .xlsx and try again',
  },
  'file-encrypted': { zh: '文件已加密，请去除密码后重试', en: 'The file is encrypted: remove the password and try again' },
  'file-with-macros': {
    zh: '文件含有宏，请另存为不含宏的 .xlsx 后重试',
    en: 'The file contains macros: save it as a plain .xlsx and try again',
  },
  'file-not-what-it-says': {
    zh: '文件内容与文件名不符（{name} 实为 {actual}）',
    en: 'The file is not what its name says ({name} is {actual})',
  },
  'file-damaged': { zh: '文件已损坏，无法读取', en: 'The file is damaged and cannot be read' },
  'file-too-much-inside': { zh: '文件解开后超出限度，拒绝读取', en: 'The file unpacks beyond the limit and is refused' },
  'file-secret': {
    zh: '文件带有密级标志，不得上传；本系统未保留该文件，请按保密规定线下办理',
    en: 'The file bears a mark of secrecy and may not be uploaded; it was not kept. Handle it offline by the rules of secrecy',
  },
  'file-unreadable-text': { zh: '文本编码无法识别，请存为 UTF-8 或 GB18030', en: 'The text encoding is unknown: save as UTF-8 or GB18030' },
  'sheet-without-header': {
    zh: '未找到表头：至少要有“问题表述”和另一列',
    en: 'No header found: a column for the problem and one more are needed',
  },
  'sheet-too-many-rows': { zh: '超过 {max} 行，请分批导入', en: 'More than {max} rows: import it in parts' },
  'import-unknown': { zh: '没有这个导入任务', en: 'There is no such import' },
  'import-not-ready': { zh: '导入任务当前状态（{state}）不能这样操作', en: 'The import is {state}; this cannot be done now' },
  'import-already-committed': { zh: '该文件已导入，没有新的内容', en: 'This file has been imported; there is nothing new in it' },
  'import-cancelled': { zh: '导入任务已取消', en: 'The import was cancelled' },
  'import-needs-confirmation': {
    zh: '有 {count} 行含个人号码，请确认以脱敏内容代替后再提交',
    en: '{count} rows contain personal numbers: confirm their replacement before committing',
  },
  'import-nothing-to-add': { zh: '没有可以加入清单的行', en: 'There is no row to add to a list' },
  'import-choice-invalid': { zh: '选定的单位或类别不存在', en: 'A chosen unit or category does not exist' },
  'import-target-missing': {
    zh: '请指定清单，或给出新清单的标题和发出单位',
    en: 'Name a list, or give the title and issuing unit of a new one',
  },
};
export const rejectImport = rejecterFor<ImportErrorCode>(IMPORT_ERRORS);
