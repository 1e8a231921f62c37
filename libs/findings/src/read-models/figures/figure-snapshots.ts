import { positionsOf } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { clearanceProjection } from './clearance.projection';
import { ClearanceQueries } from './clearance.queries';

/** What was read, and the position of the event store up to which the counters had come, not further and not less. */
export type Snapshot<T> = Readonly<{ position: bigint; read: T }>;

/** Several boards as they stand at one position. */
@Injectable()
export class FigureSnapshots {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** `read` sees counters and facts as of one moment, whatever is applied meanwhile; `tx` shows other read models at the same one. */
  at<T>(read: (boards: ClearanceQueries, tx: EntityManager) => Promise<T>): Promise<Snapshot<T>> {
    return this.dataSource.transaction('REPEATABLE READ', async (tx) => {
      const positions = await positionsOf(tx, [clearanceProjection.name]);
      return { position: positions.get(clearanceProjection.name) ?? 0n, read: await read(new ClearanceQueries(tx), tx) };
    });
  }
}
