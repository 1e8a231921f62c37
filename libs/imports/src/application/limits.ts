/** What an import may cost. Refusals at these limits come within a second, before anything is unpacked into memory. */
export const LIMITS = {
  fileBytes: 32 * 1024 * 1024,
  zipEntries: 2_000,
  /** All parts of a workbook together, unpacked. A hundred thousand rows of a dozen columns need about sixty. */
  unpackedBytes: 128 * 1024 * 1024,
  /** Unpacked ÷ packed of one part above a megabyte; honest sheets stay below about fifty. */
  ratio: 250,
  mergedCells: 2_000_000,
  merges: 200_000,
  sheets: 200,
  rows: 100_000,
  /** Filled rows beside those: titles, headers, headings, totals, footnotes. */
  otherRows: 1_000,
  columns: 200,
  cellCharacters: 32_767,
  /** The XML of one row: every cell that is read full. */
  rowCharacters: 8 * 1024 * 1024,
} as const;
