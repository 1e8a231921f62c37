import type { UnitId } from '@app/kernel';
import type { Tx } from '@app/read-store';
import { UnitBook, type KnownUnit } from './unit-book';

/** What is read of the organisation's published events. */
export type UnitTold =
  | Readonly<{ type: 'UnitEstablished'; data: Readonly<{ unitId: UnitId; name: string; kind: string; path: string }> }>
  | Readonly<{ type: 'UnitRenamed'; data: Readonly<{ unitId: UnitId; name: string }> }>
  | Readonly<{ type: 'UnitMoved'; data: Readonly<{ unitId: UnitId; path: string; formerPath: string }> }>
  | Readonly<{ type: 'UnitMerged'; data: Readonly<{ unitId: UnitId; into: UnitId }> }>;
export const UNIT_EVENTS = {
  UnitEstablished: true,
  UnitRenamed: true,
  UnitMoved: true,
  UnitMerged: true,
} as const satisfies Record<UnitTold['type'], true>;
export const isUnitTold = (event: { readonly type: string; readonly data: unknown }): event is UnitTold => event.type in UNIT_EVENTS;

/** Takes a unit's event into the own picture. Answers with the units whose findings must be looked at again; none when it was seen before. */
export const takeUnit = async (tx: Tx, told: UnitTold, revision: number): Promise<readonly UnitId[]> => {
  const { unitId } = told.data;
  const ids = async (sql: string, params: readonly unknown[]): Promise<readonly UnitId[]> => {
    const rows = await tx.query<{ unit_id: UnitId }[]>(`with changed as (${sql}) select unit_id from changed order by unit_id`, [
      ...params,
    ]);
    return rows.map((row) => row.unit_id);
  };
  switch (told.type) {
    case 'UnitEstablished': {
      const { name, kind, path } = told.data;
      return ids(
        `insert into finding_unit (unit_id, name, kind, path, today_id, revision) values ($1, $2, $3, $4, $1, $5)
         on conflict do nothing returning unit_id`,
        [unitId, name, kind, path, revision],
      );
    }
    case 'UnitRenamed':
      return ids(`update finding_unit set name = $2, revision = $3 where unit_id = $1 and revision < $3 returning unit_id`, [
        unitId,
        told.data.name,
        revision,
      ]);
    case 'UnitMoved': {
      const { path, formerPath } = told.data;
      const [moved] = await ids(`update finding_unit set path = $2, revision = $3 where unit_id = $1 and revision < $3 returning unit_id`, [
        unitId,
        path,
        revision,
      ]);
      if (moved === undefined) return [];
      const below = await ids(
        `update finding_unit set path = $2 || substr(path, length($1) + 1) where starts_with(path, $1 || '/') returning unit_id`,
        [formerPath, path],
      );
      return [moved, ...below];
    }
    case 'UnitMerged': {
      const [merged] = await ids(`update finding_unit set revision = $2 where unit_id = $1 and revision < $2 returning unit_id`, [
        unitId,
        revision,
      ]);
      if (merged === undefined) return [];
      return ids(
        `update finding_unit u set today_id = coalesce((select i.today_id from finding_unit i where i.unit_id = $2), $2)
         where u.today_id = $1 returning u.unit_id`,
        [unitId, told.data.into],
      );
    }
  }
};

type UnitRow = Readonly<{ unit_id: UnitId; name: string; kind: string; path: string; today_id: UnitId }>;
export const unitBook = async (tx: Tx, ids: readonly UnitId[]): Promise<UnitBook> => {
  const rows = await tx.query<UnitRow[]>(
    `select unit_id, name, kind, path, today_id from finding_unit
     where unit_id = any($1) or unit_id in (select today_id from finding_unit where unit_id = any($1)) or kind = 'office'
     order by unit_id`,
    [ids],
  );
  const known = (row: UnitRow): KnownUnit => ({ id: row.unit_id, name: row.name, path: row.path });
  const office = rows.find((row) => row.kind === 'office' && row.today_id === row.unit_id);
  return new UnitBook(
    new Map(rows.map((row) => [row.unit_id, known(row)])),
    new Map(rows.map((row) => [row.unit_id, row.today_id])),
    office === undefined ? null : known(office),
  );
};
