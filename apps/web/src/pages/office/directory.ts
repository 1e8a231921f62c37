import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { categoriesList, unitsList, unitsPosts } from '../../api/generated/sdk.gen';
import type { UnitsListResponse } from '../../api/generated/types.gen';
import type { Option } from '../../ui/fields';

export type Unit = UnitsListResponse['units'][number];
export type UnitKind = Unit['kind'];

const RARELY_CHANGES = { staleTime: 5 * 60_000 };

/** The county's units: those that may be chosen by kind, and the name of any of them. */
export const useUnits = () => {
  const { data } = useQuery({ queryKey: ['units'], queryFn: () => read(unitsList()), ...RARELY_CHANGES });
  const units = data?.units ?? [];
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return {
    isReady: data !== undefined,
    nameOf: (id: string): string => byId.get(id)?.name ?? id,
    options: (kinds: readonly UnitKind[], within?: string): readonly Option[] =>
      units
        .filter((unit) => unit.status === 'active' && kinds.includes(unit.kind) && (within === undefined || unit.parentId === within))
        .map(({ id, name }) => ({ value: id, label: name })),
  };
};

/** Categories that a finding may have today, as options, and the name of any of them. */
export const useCategories = () => {
  const { data } = useQuery({ queryKey: ['categories'], queryFn: () => read(categoriesList()), ...RARELY_CHANGES });
  const categories = data?.categories ?? [];
  const names = new Map(categories.map(({ code, name }) => [code, name]));
  return {
    nameOf: (code: string): string => names.get(code) ?? code,
    options: categories.filter((one) => one.retiredAfter === null).map(({ code, name }): Option => ({ value: code, label: name })),
  };
};

/** Who holds a post of the unit today, once each. */
export const useHolders = (unitId: string): readonly Option[] => {
  const { data } = useQuery({
    queryKey: ['units', unitId, 'posts'],
    queryFn: () => read(unitsPosts({ path: { unitId } })),
    enabled: unitId !== '',
    ...RARELY_CHANGES,
  });
  const people = (data?.posts ?? []).flatMap(({ holders, title }) => holders.map(({ id, name }) => [id, `${name} ${title}`] as const));
  return [...new Map(people)].map(([value, label]) => ({ value, label }));
};
