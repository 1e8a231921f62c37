import { useState } from 'react';

/** A row that a step can be taken on; `name` is what people call it. */
export type Selectable = Readonly<{ findingId: string; legId: string | null; name: string }>;
export type Ticks = Readonly<{
  /** For the table. */
  selection: Readonly<{ keys: readonly string[]; onChange: (keys: readonly string[]) => void }>;
  /** The ticked rows, each once, in the order of the table; with `everything`, those of them that are on the page. */
  chosen: readonly Selectable[];
  everything: boolean;
  /** All rows on the page: a phone shows no head of the table to tick. */
  takePage: () => void;
  takeEverything: () => void;
  clear: () => void;
}>;

type State = Readonly<{ view: string; keys: readonly string[]; everything: boolean }>;

/**
 * What is ticked in a list. Another view of it (another filter, another tab) begins with nothing; a row that has left the list, since
 * somebody was faster, is ticked no more.
 */
export const useTicks = <T>(view: string, rows: readonly T[], keyOf: (row: T) => string, meant: (row: T) => Selectable): Ticks => {
  const [state, setState] = useState<State>({ view, keys: [], everything: false });
  const { keys, everything } = state.view === view ? state : { keys: [], everything: false };
  const ticked = new Set(keys);
  const chosen = new Map(rows.filter((row) => everything || ticked.has(keyOf(row))).map((row) => [keyOf(row), meant(row)]));
  return {
    selection: { keys: [...chosen.keys()], onChange: (next) => setState({ view, keys: next, everything: false }) },
    chosen: [...chosen.values()],
    everything,
    takePage: () => setState({ view, keys: rows.map(keyOf), everything: false }),
    takeEverything: () => setState({ view, keys, everything: true }),
    clear: () => setState({ view, keys: [], everything: false }),
  };
};
