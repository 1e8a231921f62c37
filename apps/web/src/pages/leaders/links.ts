import type { BoardScope } from '../../api/generated/types.gen';

export const SCOPES = ['county', 'town', 'department', 'category', 'list', 'source'] as const satisfies readonly BoardScope[];
export const BASES = ['recorded', 'business'] as const;
export type Basis = (typeof BASES)[number];

/** Which number of which row, on which day: what lies in the address, so that every view can be kept and handed on. */
export type Place = Readonly<{
  scope: BoardScope;
  id: string;
  figure: string;
  asOf?: string | null;
  from?: string | null;
  basis?: Basis;
  /** Units with everything below them. */
  subtree?: boolean;
}>;

type Given = Readonly<Record<string, string | null | undefined>>;
export const search = (given: Given): string => {
  const params = new URLSearchParams(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return params.size === 0 ? '' : `?${params.toString()}`;
};

export const listLink = ({ scope, id, figure, asOf, from, basis, subtree }: Place): string =>
  `/clearance/list${search({ scope, id, figure, asOf, from, basis: basis === 'business' ? basis : null, subtree: subtree === false ? 'false' : null })}`;
export const compareLink = ({ scope, id, figure, asOf, from, basis }: Place): string =>
  `/clearance/compare${search({ scope, id, figure, to: asOf, from, basis: basis === 'business' ? basis : null })}`;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const dayIn = (params: URLSearchParams, name: string): string | null => {
  const value = params.get(name) ?? '';
  return DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
};
export const oneOf = <T extends string>(values: readonly T[], value: string | null, otherwise: T): T =>
  values.find((one) => one === value) ?? otherwise;

export const scopeIn = (params: URLSearchParams, otherwise: BoardScope): BoardScope => oneOf(SCOPES, params.get('scope'), otherwise);
export const basisIn = (params: URLSearchParams): Basis => oneOf(BASES, params.get('basis'), 'recorded');

/** Plain arithmetic on `YYYY-MM-DD`, whatever the device's zone. */
export const addDays = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
export const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

const CARRIED_BY: Readonly<Partial<Record<BoardScope, string>>> = { town: 'town', department: 'department', source: 'source' };
/** The list of what was carried over, as far as it can be narrowed to a row of the board; null where it cannot. */
export const carryOverLink = (scope: BoardScope, id: string): string | null => {
  const by = CARRIED_BY[scope];
  if (scope === 'county') return '/carry-overs?withdrawn=false';
  return by === undefined ? null : `/carry-overs?${new URLSearchParams({ [by]: id, withdrawn: 'false' }).toString()}`;
};
