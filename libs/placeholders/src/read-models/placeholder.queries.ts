import type { Instant, LocalDate, PersonId, UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PlaceholderId, PlaceholderSource, PlaceholderStatus, WithdrawalGround } from '../domain/placeholder.types';

export type PlaceholderRow = Readonly<{
  placeholderId: PlaceholderId;
  number: string;
  unitId: UnitId;
  source: PlaceholderSource;
  status: PlaceholderStatus;
  registeredAt: Instant;
  registeredOn: LocalDate;
  registeredBy: PersonId;
  settledOn: LocalDate | null;
  /** Of the settlement. */
  documentNumber: string | null;
  withdrawnOn: LocalDate | null;
  withdrawalGround: WithdrawalGround | null;
  withdrawalDocument: string | null;
  revision: string;
}>;

@Injectable()
export class PlaceholderQueries {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Newest number first, from below `before`; null units are all of them. */
  page(
    asked: Readonly<{ units: readonly UnitId[] | null; status: PlaceholderStatus | null; before: string | null; limit: number }>,
  ): Promise<readonly PlaceholderRow[]> {
    return this.database.query(
      `select placeholder_id as "placeholderId", number, unit_id as "unitId", source, status, registered_at as "registeredAt",
              registered_on as "registeredOn", registered_by as "registeredBy", settled_on as "settledOn",
              document_number as "documentNumber", withdrawn_on as "withdrawnOn", withdrawal_ground as "withdrawalGround",
              withdrawal_document as "withdrawalDocument", revision::text as revision
       from placeholder
       where ($1::text[] is null or unit_id = any($1)) and ($2::text is null or status = $2) and ($3::text is null or number < $3)
       order by number desc limit $4`,
      [asked.units, asked.status, asked.before, asked.limit],
    );
  }
}
