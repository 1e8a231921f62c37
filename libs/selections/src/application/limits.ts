/** What a selection may cost. */
export const LIMITS = {
  /** Rows named or found by a filter; more is refused before anything is stored. */
  rows: 5_000,
  /** Selections that this process works on at once: each holds a connection while it does. */
  atOnce: 3,
  /** Rows whose results are stored together. */
  chunk: 250,
  /** Findings that one selection works on at once. */
  lanes: 24,
} as const;
