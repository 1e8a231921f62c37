/**
 * What a spreadsheet would take for a formula: = + - @ at the start, also in the wide forms of the Chinese keyboard, also behind blanks or
 * invisible characters, which are dropped on the way through a CSV file; and a tab or a line break, which would begin another cell.
 */
const BEHIND = String.raw`[\s\p{Cf}\p{Cc}]*[=+\-@]`;
const RISKY = new RegExp(String.raw`^'*(?:${BEHIND}|[\t\r\n])`, 'u');
const MARKED = new RegExp(String.raw`^''*(?:${BEHIND}|[\t\r\n])`, 'u');

/** `_x003D_` in a text would be read as the character it numbers, `=`. */
const NUMBERED = /_x(?=[0-9a-f]{4}_)/gi;

/** The text as a cell of a workbook may hold it: never computed and never decoded, whatever somebody typed. */
export const sheetText = (text: string): string => {
  const cell = RISKY.test(text.normalize('NFKC')) ? `'${text}` : text;
  return cell.replace(NUMBERED, '_x005F_x');
};

/** What `sheetText` was given, from the cell as programs show it. A text that it never changes stays as it is. */
export const textOfSheet = (cell: string): string => (cell.startsWith("'") && MARKED.test(cell.normalize('NFKC')) ? cell.slice(1) : cell);
