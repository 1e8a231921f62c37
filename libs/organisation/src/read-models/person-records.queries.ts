import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@app/kernel';
import { DataSource } from 'typeorm';

/** What the directory does not keep in memory about people. */
@Injectable()
export class PersonRecords {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Undefined: no such person. Null: no number is known. */
  async sealedPhone(id: PersonId): Promise<string | null | undefined> {
    const [row] = await this.dataSource.query<{ phone_sealed: string | null }[]>('select phone_sealed from org_person where id = $1', [id]);
    return row?.phone_sealed;
  }
}
