import type { CategoryCode, FindingId, UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addScope } from '../finding-list/finding-list.filter';
import { Conditions } from '../finding-list/sql-parts';
import type { VisibilityScope } from '../finding-list/visibility';
import { likest, type Alike, type Neighbour } from './likeness';

/** The same words as the index has. */
const CLOSED = `f.stage in ('cleared', 'long-term', 'dismissed', 'withdrawn', 'linked')`;
const COLUMNS = `f.finding_id as "findingId", f.number, f.stage, f.town_id as "townId", f.town_name as "townName",
  f.village_id as "villageId", f.village_name as "villageName", f.category, f.subject_kind as "subjectKind",
  f.subject_label as "subjectLabel", f.text, f.filed_at as "filedAt", f.due_at as "dueAt", not (${CLOSED}) as open`;

/** How many are looked at along each index, however many there are. */
const OF_TOWN_AND_CATEGORY = 200;
const OF_VILLAGE = 300;
const OF_TOWN = 200;

/** Where and what would be filed. */
export type TwinQuery = Readonly<{ townId: UnitId | null; villageId: UnitId | null; category: CategoryCode; label: string | null }>;

/** Findings like another one; only those that the reader may see. */
@Injectable()
export class NeighbourQueries {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Null when the finding is not to be seen. What belongs to its own split is no neighbour. */
  async similar(findingId: FindingId, scope: VisibilityScope, limit: number): Promise<readonly Alike[] | null> {
    const one = new Conditions();
    one.add(`f.finding_id = ${one.param(findingId)}`);
    addScope(one, scope);
    type Own = Neighbour & Readonly<{ parentId: string | null }>;
    const [found] = await this.dataSource.query<Own[]>(
      `select ${COLUMNS}, f.parent_id as "parentId" from finding_list f where ${one.where}`,
      [...one.params],
    );
    if (found === undefined) return null;
    const where = new Conditions();
    const [id, town, category] = [where.param(findingId), where.param(found.townId), where.param(found.category)];
    const village = where.param(found.villageId);
    where.add(`f.finding_id <> ${id} and f.parent_id is distinct from ${id}`);
    where.add(`f.finding_id is distinct from ${where.param(found.parentId)}::text`);
    addScope(where, scope);
    // Along each index only so far, and rights afterwards: how long it takes depends neither on the county nor on who asks.
    const others = await this.dataSource.query<Neighbour[]>(
      `with near as (
         (select f.finding_id from finding_list f where f.town_id = ${town} and f.category = ${category}
          order by ${CLOSED}, f.filed_at desc limit ${String(OF_TOWN_AND_CATEGORY)})
         union
         (select f.finding_id from finding_list f where f.village_id = ${village} order by f.due_sort limit ${String(OF_VILLAGE)})
         union
         (select f.finding_id from finding_list f where f.town_id = ${town} order by f.due_sort limit ${String(OF_TOWN)})
       )
       select ${COLUMNS} from near join finding_list f using (finding_id) where ${where.where}`,
      [...where.params],
    );
    return likest(found, others, limit);
  }

  /** Open findings of the village (or town) and category, about the same masked name where one is given; the newest first. */
  async twins({ townId, villageId, category, label }: TwinQuery, scope: VisibilityScope, limit: number): Promise<readonly Neighbour[]> {
    const where = new Conditions();
    where.add(`f.category = ${where.param(category)}`);
    where.add(`not (${CLOSED})`);
    if (villageId !== null) where.add(`f.village_id = ${where.param(villageId)}`);
    if (townId !== null) where.add(`f.town_id = ${where.param(townId)}`);
    if (label !== null) where.add(`f.subject_label = ${where.param(label)}`);
    addScope(where, scope);
    return this.dataSource.query<Neighbour[]>(
      `select ${COLUMNS} from finding_list f where ${where.where} order by f.filed_at desc, f.finding_id limit ${where.param(limit)}`,
      [...where.params],
    );
  }
}
