import { addDays, localDateOf } from '@app/kernel';
import { createDataSource, type Projection } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { randomLog, type Logged } from '../../testing/random-logs';
import { recount } from '../../testing/recount';
import { clearanceProjection } from './clearance.projection';
import { evaluateAll, FINDING_FIGURES, LEG_FIGURES } from './figure-definitions';
import { isUnitScope, type BoardScope } from './figure-scopes';
import { FigureSnapshots } from './figure-snapshots';

const { name, tables }: Projection = clearanceProjection;
const SCOPES: readonly BoardScope[] = ['county', 'town', 'department', 'source', 'category'];

describe('Figures frozen at a position', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let snapshots: FigureSnapshots;
  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    snapshots = new FigureSnapshots(dataSource);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  type Events = ReturnType<typeof randomLog>['log']['events'];
  const apply = (events: Events): Promise<unknown> =>
    dataSource.transaction(async (tx) => {
      await clearanceProjection.apply(events, tx);
      await tx.query(
        `insert into checkpoint (name, kind, version, "position") values ($1, 'projection', 1, $2)
         on conflict (name) do update set "position" = excluded."position"`,
        [name, (events.at(-1)?.position ?? 0n).toString()],
      );
    });
  const frozen = (asOf: ReturnType<typeof localDateOf>) =>
    snapshots.at(async (boards) => {
      const read: (readonly [BoardScope, string, Readonly<Record<string, number>>])[] = [];
      for (const scope of SCOPES) {
        const { rows } = await boards.board(scope, { asOf, from: addDays(asOf, -7) }, { subtree: false, seen: null, under: null });
        for (const { id, figures } of rows) read.push([scope, id, figures]);
      }
      return read;
    });

  it('are those of the log up to that position, and stay so whatever is recorded after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0.2, max: 0.95, noNaN: true }), async (seed, share) => {
        const { log, order } = randomLog(seed);
        const cut = Math.floor(log.events.length * share);
        const [before, since] = [log.events.slice(0, cut), log.events.slice(cut)];
        const last = before.at(-1);
        if (last === undefined) return;
        // The day of the last event still runs; the one before it is closed.
        const asOf = addDays(localDateOf(last.metadata.recordedAt), -1);
        await dataSource.query(`truncate ${tables.join(', ')}`);
        await apply(before);
        const { position, read } = await frozen(asOf);
        expect(position).toBe(last.position);
        const units = log.events.findIndex(({ stream }) => stream.startsWith('finding-'));
        const upTo: readonly (Logged | 'merger')[] = order.slice(0, cut - units);
        for (const [scope, id, figures] of read) {
          const scopes = new Set([isUnitScope(scope) ? `unit:${id}` : `${scope}:${id}`]);
          const [end, eve] = [recount(upTo, scopes, asOf), recount(upTo, scopes, addDays(asOf, -8))];
          const told = evaluateAll<string>(
            isUnitScope(scope) ? LEG_FIGURES : FINDING_FIGURES,
            { from: addDays(asOf, -7), to: asOf },
            end,
            eve,
          );
          expect([scope, id, figures]).toStrictEqual([scope, id, told]);
        }
        await apply(since);
        const later = new Map((await frozen(asOf)).read.map(([scope, id, figures]) => [`${scope}/${id}`, figures]));
        for (const [scope, id, figures] of read) expect([scope, id, later.get(`${scope}/${id}`)]).toStrictEqual([scope, id, figures]);
      }),
      { numRuns: 8 },
    );
  });
});
