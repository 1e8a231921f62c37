/** More rows than a unit fills in at once; a longer list is narrowed first. */
export const MOST_ROWS = 5_000;
/** With the rows of items. */
export const MOST_SHEET_ROWS = 20_000;
