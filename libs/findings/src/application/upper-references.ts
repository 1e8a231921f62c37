import type { FindingId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { reject } from '../domain/finding.errors';
import type { UpperReference } from '../domain/finding.types';

/** Authority, batch and number of an upper-level finding belong to one finding for ever (R23). The token is the class. */
export abstract class UpperReferences {
  /** Claims before the event is stored; the same finding may claim again. Rejects with `upper-reference-taken`. */
  abstract claim(reference: UpperReference, findingId: FindingId): Promise<void>;
  /** Gives back what a refused filing had claimed. */
  abstract release(reference: UpperReference, findingId: FindingId): Promise<void>;
}

@Injectable()
export class StoredUpperReferences extends UpperReferences {
  constructor(@Inject(DataSource) private readonly database: DataSource) {
    super();
  }

  async claim({ authority, batch, number }: UpperReference, findingId: FindingId): Promise<void> {
    const key = [authority, batch, number];
    await this.database.query(
      'INSERT INTO upper_reference (authority, batch, number, finding_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [...key, findingId],
    );
    const rows: { finding_id: string }[] = await this.database.query(
      'SELECT finding_id FROM upper_reference WHERE authority = $1 AND batch = $2 AND number = $3',
      key,
    );
    if (rows[0]?.finding_id !== findingId) reject('upper-reference-taken');
  }

  async release({ authority, batch, number }: UpperReference, findingId: FindingId): Promise<void> {
    await this.database.query('DELETE FROM upper_reference WHERE authority = $1 AND batch = $2 AND number = $3 AND finding_id = $4', [
      authority,
      batch,
      number,
      findingId,
    ]);
  }
}
