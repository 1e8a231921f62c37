import type { UnitId } from '@app/kernel';
import type { Tx } from '@app/read-store';
import { UNIT_EVENTS, type UnitTold } from '../finding-list/unit.rows';

export { isUnitTold, UNIT_EVENTS, type UnitTold } from '../finding-list/unit.rows';
export const HANDLED_UNIT_EVENTS: readonly string[] = Object.keys(UNIT_EVENTS);

/** The successors of units up to this point of the log, loaded as they are asked for. */
export class Successors {
  private readonly known = new Map<UnitId, UnitId>();

  constructor(private readonly tx: Tx) {}

  async load(units: readonly UnitId[]): Promise<void> {
    const missing = units.filter((unit) => !this.known.has(unit));
    if (missing.length === 0) return;
    const rows = await this.tx.query<{ unit_id: UnitId; today_id: UnitId }[]>(
      'select unit_id, today_id from figure_unit where unit_id = any($1)',
      [missing],
    );
    for (const unit of missing) this.known.set(unit, unit);
    for (const { unit_id, today_id } of rows) this.known.set(unit_id, today_id);
  }

  forget(): void {
    this.known.clear();
  }

  /** A unit nobody told of stands for itself. */
  readonly today = (unit: UnitId): UnitId => this.known.get(unit) ?? unit;
}

/** Takes a unit's event into the own picture; answers with the units that stand under another from now on. */
export const takeFigureUnit = async (tx: Tx, told: UnitTold, revision: number): Promise<readonly UnitId[]> => {
  const { unitId } = told.data;
  const touched = async (sql: string, params: readonly unknown[]): Promise<readonly UnitId[]> =>
    (
      await tx.query<{ unit_id: UnitId }[]>(`with changed as (${sql} returning unit_id) select unit_id from changed order by 1`, [
        ...params,
      ])
    ).map((row) => row.unit_id);
  switch (told.type) {
    case 'UnitEstablished': {
      const { name, kind, path } = told.data;
      await tx.query(
        `insert into figure_unit (unit_id, name, kind, path, today_id, revision) values ($1, $2, $3, $4, $1, $5) on conflict do nothing`,
        [unitId, name, kind, path, revision],
      );
      return [];
    }
    case 'UnitRenamed':
      await tx.query('update figure_unit set name = $2, revision = $3 where unit_id = $1 and revision < $3', [
        unitId,
        told.data.name,
        revision,
      ]);
      return [];
    case 'UnitMoved': {
      const { path, formerPath } = told.data;
      const moved = await touched('update figure_unit set path = $2, revision = $3 where unit_id = $1 and revision < $3', [
        unitId,
        path,
        revision,
      ]);
      if (moved.length > 0) {
        await tx.query(`update figure_unit set path = $2 || substr(path, length($1) + 1) where starts_with(path, $1 || '/')`, [
          formerPath,
          path,
        ]);
      }
      return [];
    }
    case 'UnitMerged': {
      const seen = await touched('update figure_unit set revision = $2 where unit_id = $1 and revision < $2', [unitId, revision]);
      if (seen.length === 0) return [];
      return touched(
        `update figure_unit set today_id = coalesce((select i.today_id from figure_unit i where i.unit_id = $2), $2) where today_id = $1`,
        [unitId, told.data.into],
      );
    }
  }
};
