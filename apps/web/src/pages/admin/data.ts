import { useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { adminCategoriesList, adminPeopleList, adminPostsList, adminUnitsList, calendarYears } from '../../api/generated/sdk.gen';
import type { AdminCategory, AdminPerson, AdminPost, AdminUnitsListResponse } from '../../api/generated/types.gen';
import type { Pick } from './fields';

export type Unit = AdminUnitsListResponse['units'][number];
export type { AdminCategory as Category, AdminPerson as Person, AdminPost as Post };

const NONE: readonly never[] = [];

/** All units, merged and dissolved ones too, ordered by path. */
export const useUnits = () => {
  const query = useQuery({ queryKey: ['admin', 'units'], queryFn: () => read(adminUnitsList()) });
  const units: readonly Unit[] = query.data?.units ?? NONE;
  const byId = useMemo(() => new Map(units.map((unit) => [unit.id, unit])), [units]);
  const nameOf = (id: string): string => byId.get(id)?.name ?? id;
  /** Active ones to choose from, with the unit above where that tells villages of one name apart. */
  const picks = (fits: (unit: Unit) => boolean): readonly Pick[] =>
    units.flatMap((unit) =>
      unit.status === 'active' && fits(unit)
        ? [
            {
              value: unit.id,
              label:
                unit.parentId !== null && ['village', 'section'].includes(unit.kind)
                  ? `${unit.name} · ${nameOf(unit.parentId)}`
                  : unit.name,
              initials: unit.initials,
            },
          ]
        : [],
    );
  return { query, units, byId, nameOf, picks };
};

export const usePeople = () => {
  const query = useQuery({ queryKey: ['admin', 'people'], queryFn: () => read(adminPeopleList()) });
  const people: readonly AdminPerson[] = query.data?.people ?? NONE;
  const byId = useMemo(() => new Map(people.map((person) => [person.id, person])), [people]);
  const nameOf = (id: string): string => byId.get(id)?.name ?? id;
  const picks: readonly Pick[] = people.map(({ id, name, initials }) => ({ value: id, label: name, initials }));
  return { query, people, byId, nameOf, picks };
};

export const usePosts = () => {
  const query = useQuery({ queryKey: ['admin', 'posts'], queryFn: () => read(adminPostsList()) });
  const posts: readonly AdminPost[] = query.data?.posts ?? NONE;
  return { query, posts };
};

export const useCategories = () => {
  const query = useQuery({ queryKey: ['admin', 'categories'], queryFn: () => read(adminCategoriesList()) });
  const categories: readonly AdminCategory[] = query.data?.categories ?? NONE;
  const nameOf = (code: string): string => categories.find((one) => one.code === code)?.name ?? code;
  return { query, categories, nameOf };
};

export const useCalendar = () => useQuery({ queryKey: ['admin', 'calendar'], queryFn: () => read(calendarYears()) });

const PAGE = 50;
/** A long list that is known whole is put on the page piece by piece. */
export const useShown = <T>(rows: readonly T[]): Readonly<{ rows: readonly T[]; more: (() => void) | undefined }> => {
  const [shown, setShown] = useState(PAGE);
  return { rows: rows.slice(0, shown), more: rows.length > shown ? () => setShown(shown + PAGE) : undefined };
};
