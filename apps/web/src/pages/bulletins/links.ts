import type { Scope } from './words';

type Place = Readonly<{ scope: Scope; id: string; figure: string }>;
type Days = Readonly<{ from: string; to: string }>;

/** The list behind a frozen number, as recorded by the end of its period. */
export const listLink = ({ scope, id, figure }: Place, { from, to }: Days): string =>
  `/clearance/list?${new URLSearchParams({ scope, id, figure, asOf: to, from }).toString()}`;
/** What moved it since the last day of the issue before. */
export const movesLink = ({ scope, id, figure }: Place, since: string, { to }: Days): string =>
  `/clearance/compare?${new URLSearchParams({ scope, id, figure, from: since, to }).toString()}`;

/** `+2`, `-1`, `0`. */
export const signed = (n: number): string => (n > 0 ? `+${String(n)}` : String(n));
