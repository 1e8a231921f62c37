import type { CategoryCode, Instant, LocalDate, PersonId, UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CarryOverId, CarryOverSource } from '../domain/carry-over.types';
import { categoryScope, COUNTY, holdersOf, isHeld, sourceScope, unitScope } from './carry-over-scopes';

export type CarryOverRow = Readonly<{
  carryOverId: CarryOverId;
  /** Decimal digits; newest first. */
  position: string;
  importId: string | null;
  sourceKind: CarryOverSource['kind'];
  sourceName: string;
  sourceBatch: string | null;
  sourceDocument: string | null;
  number: string | null;
  text: string;
  category: CategoryCode;
  subjectKind: string;
  subjectLabel: string;
  townId: UnitId;
  villageId: UnitId | null;
  placeText: string;
  /** The town of the place among them. */
  unitIds: readonly UnitId[];
  foundOn: LocalDate | null;
  clearedOn: LocalDate | null;
  said: string;
  carriedAt: Instant;
  carriedOn: LocalDate;
  carriedBy: PersonId;
  withdrawnOn: LocalDate | null;
  withdrawnBy: PersonId | null;
  withdrawnBecause: string | null;
  revision: string;
}>;

export type CarryOverFilter = Readonly<{
  /** Null: all of them. */
  units: readonly UnitId[] | null;
  town?: UnitId | undefined;
  department?: UnitId | undefined;
  source?: CarryOverSource['kind'] | undefined;
  importId?: string | undefined;
  /** Of the clearance, both included. */
  clearedFrom?: LocalDate | undefined;
  clearedTo?: LocalDate | undefined;
  withdrawn?: boolean | undefined;
}>;

/** Counts by unit, source and category as of a day, and of the county; units are those stated, whoever stands for them today. */
export type CarryOverCounts = Readonly<{
  of: (scope: 'county' | 'source' | 'category' | 'unit', id: string) => number;
  /** Records of which at least one unit is among these, each once. */
  ofAny: (units: ReadonlySet<UnitId>) => number;
}>;

@Injectable()
export class CarryOverQueries {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Newest first, from below `before`. */
  page(filter: CarryOverFilter, before: string | null, limit: number): Promise<readonly CarryOverRow[]> {
    return this.database.query<CarryOverRow[]>(
      `select carry_over_id as "carryOverId", "position"::text as position, import_id as "importId", source_kind as "sourceKind",
              source_name as "sourceName", source_batch as "sourceBatch", source_document as "sourceDocument", number, text, category,
              subject_kind as "subjectKind", subject_label as "subjectLabel", town_id as "townId", village_id as "villageId",
              place_text as "placeText", unit_ids as "unitIds", found_on as "foundOn", cleared_on as "clearedOn", said,
              carried_at as "carriedAt", carried_on as "carriedOn", carried_by as "carriedBy", withdrawn_on as "withdrawnOn",
              withdrawn_by as "withdrawnBy", withdrawn_because as "withdrawnBecause", revision::text as revision
       from carry_over
       where ($1::text[] is null or unit_ids && $1) and ($2::text is null or town_id = $2) and ($3::text is null or unit_ids @> array[$3])
         and ($4::text is null or source_kind = $4) and ($5::text is null or import_id = $5)
         and ($6::text is null or cleared_on >= $6) and ($7::text is null or cleared_on <= $7)
         and ($8::boolean is null or (withdrawn_at is not null) = $8) and ($9::bigint is null or "position" < $9)
       order by carry_over."position" desc limit $10`,
      [
        filter.units,
        filter.town ?? null,
        filter.department ?? null,
        filter.source ?? null,
        filter.importId ?? null,
        filter.clearedFrom ?? null,
        filter.clearedTo ?? null,
        filter.withdrawn ?? null,
        before,
        limit,
      ],
    );
  }

  /** Of the rows given those that were carried over, withdrawn since or not. */
  async known(rowIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ row_id: string }[]>('select row_id from carry_over where row_id = any($1)', [rowIds]);
    return new Set(rows.map(({ row_id }) => row_id));
  }

  /** As recorded by the end of that day. Grows with days and units, never with records. */
  async counts(asOf: LocalDate): Promise<CarryOverCounts> {
    const rows = await this.database.query<{ scope: string; n: number }[]>(
      'select scope, sum(n)::int as n from carry_over_count where day <= $1 group by scope',
      [asOf],
    );
    const n = new Map(rows.map((row) => [row.scope, row.n]));
    const name = { county: () => COUNTY, source: sourceScope, category: categoryScope, unit: (id: string) => unitScope(id as UnitId) };
    return {
      of: (scope, id) => n.get(name[scope](id)) ?? 0,
      ofAny: (units) =>
        rows.reduce((sum, row) => (isHeld(row.scope) && holdersOf(row.scope).some((unit) => units.has(unit)) ? sum + row.n : sum), 0),
    };
  }
}
