import { useQuery } from '@tanstack/react-query';
import { read } from '../api/calls';
import { categoriesList, unitsList } from '../api/generated/sdk.gen';
import type { UnitsListResponse } from '../api/generated/types.gen';

export type Unit = UnitsListResponse['units'][number];
export type UnitKind = Unit['kind'];
const AN_HOUR = 3_600_000;

/** Units of some kinds that exist today; the organisation changes rarely, so they are read once an hour. */
export const useUnits = (kind?: UnitKind, within?: string) =>
  useQuery({
    queryKey: ['units', kind ?? '', within ?? ''],
    queryFn: () => read(unitsList({ query: { ...(kind === undefined ? {} : { kind }), ...(within === undefined ? {} : { within }) } })),
    select: ({ units }) => units.filter(({ status }) => status === 'active'),
    staleTime: AN_HOUR,
  });

/** Categories that findings are filed under today. */
export const useCategories = () =>
  useQuery({
    queryKey: ['categories'],
    queryFn: () => read(categoriesList()),
    select: ({ categories }) => categories.filter(({ retiredAfter }) => retiredAfter === null),
    staleTime: AN_HOUR,
  });
