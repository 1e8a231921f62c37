import { useQueries, useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { unitsList, unitsPosts } from '../../api/generated/sdk.gen';
import type { Option } from '../../ui/fields';

const RARELY_CHANGES = { staleTime: 5 * 60_000 };

/** Teams, towns and villages that stand today. */
export const useUnits = () => {
  const { data } = useQuery({ queryKey: ['units'], queryFn: () => read(unitsList()), ...RARELY_CHANGES });
  const units = (data?.units ?? []).filter(({ status }) => status === 'active');
  const options = (fits: (unit: (typeof units)[number]) => boolean): readonly Option[] =>
    units.filter(fits).map(({ id, name }) => ({ value: id, label: name }));
  return {
    isReady: data !== undefined,
    teams: options(({ kind }) => kind === 'team' || kind === 'independent' || kind === 'office'),
    /** Where further inspectors may come from. */
    outgoing: units.flatMap(({ id, kind }) => (['team', 'independent', 'office'].includes(kind) ? [id] : [])),
    towns: options(({ kind }) => kind === 'town'),
    villagesOf: (townId: string): readonly Option[] => options(({ kind, parentId }) => kind === 'village' && parentId === townId),
    villages: units.filter(({ kind }) => kind === 'village'),
    nameOf: (id: string): string => units.find((unit) => unit.id === id)?.name ?? id,
  };
};

/** Who holds a post of these units today, once each, with the title of the post. */
export const useHolders = (unitIds: readonly string[]): readonly Option[] => {
  const found = useQueries({
    queries: unitIds.map((unitId) => ({
      queryKey: ['units', unitId, 'posts'],
      queryFn: () => read(unitsPosts({ path: { unitId } })),
      ...RARELY_CHANGES,
    })),
  });
  const people = found.flatMap(({ data }) =>
    (data?.posts ?? []).flatMap(({ holders, substitutes, title }) =>
      [...holders, ...substitutes].map(({ id, name }) => [id, `${name} ${title}`] as const),
    ),
  );
  // The first post named is the one shown.
  const once = new Map([...people].reverse());
  return [...once].reverse().map(([value, label]) => ({ value, label }));
};
