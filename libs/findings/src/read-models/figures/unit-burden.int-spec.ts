import { addDays, localDate, type LocalDate, type UnitId } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import type { FindingEvent } from '../../domain/finding.events';
import { randomLog } from '../../testing/random-logs';
import { twelveFindings } from '../../testing/twelve-findings';
import { clearanceProjection } from './clearance.projection';
import { ClearanceQueries } from './clearance.queries';
import { UnitBurdenQueries, type BurdenMeasure } from './unit-burden.queries';

const KINDS = ['town', 'department', 'office'];
const DAYS = ['2020-07-10', '2020-07-21', '2020-07-23', '2020-08-20', '2020-12-31'].map((day) => localDate(day));
/** Every other finding is one that its town found itself. */
const half = (event: FindingEvent, i: number): FindingEvent =>
  event.type === 'FindingFiled' && i % 2 === 0 ? { ...event, data: { ...event.data, selfFound: true } } : event;

describe('What a unit is held to where its findings are set against what was examined', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let burdens: UnitBurdenQueries;
  let boards: ClearanceQueries;
  beforeEach(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    burdens = new UnitBurdenQueries(dataSource);
    boards = new ClearanceQueries(dataSource);
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  const apply = (events: Parameters<typeof clearanceProjection.apply>[0]): Promise<void> =>
    dataSource.transaction((tx) => clearanceProjection.apply(events, tx));
  const behind = async (unit: UnitId, measure: BurdenMeasure, asOf: LocalDate, since: LocalDate): Promise<number> => {
    const seen = new Set<string>();
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<UnitBurdenQueries['behind']>> = await burdens.behind(
        unit,
        measure,
        { asOf, since },
        { after, limit: 2 },
      );
      for (const { findingId, legId } of page.rows) seen.add(`${findingId}/${legId ?? ''}`);
      after = page.next;
    } while (after !== null);
    return seen.size;
  };

  it('is what the board counts, with what it found itself apart, and opens a list of its own length', async () => {
    const { log } = randomLog(7, half);
    await apply(log.events);
    let [others, selves] = [0, 0];
    for (const asOf of DAYS) {
      const since = addDays(asOf, -30);
      const of = await burdens.ofKinds(KINDS, asOf, since);
      for (const scope of ['town', 'department'] as const) {
        const board = await boards.board(scope, { asOf, from: null }, { subtree: true, seen: null, under: null });
        for (const { id, figures } of board.rows) {
          const burden = of.get(id as UnitId);
          expect(burden).toStrictEqual(await burdens.of(id as UnitId, asOf, since));
          if (burden === undefined) throw new Error(`${id} has no burden`);
          const { open, overdue } = figures as Readonly<Record<string, number>>;
          const sums = [burden.open.byOthers + burden.open.bySelf, burden.overdue.byOthers + burden.overdue.bySelf];
          expect([id, asOf, ...sums]).toStrictEqual([id, asOf, open, overdue]);
          for (const measure of ['open', 'overdue'] as const) {
            const n = burden[measure].byOthers;
            expect([id, asOf, measure, await behind(id as UnitId, measure, asOf, since)]).toStrictEqual([id, asOf, measure, n]);
            others += n;
            selves += burden[measure].bySelf;
          }
        }
      }
    }
    // Both kinds were there, or nothing was compared.
    expect(others > 10 && selves > 10).toBe(true);
  });

  it('counts relapses by the days on which they were seen', async () => {
    await apply(twelveFindings().events);
    const seen = async (since: string, asOf: string): Promise<number> => {
      const of = await burdens.ofKinds(KINDS, localDate(asOf), localDate(since));
      let n = 0;
      for (const [unit, burden] of of) {
        const listed = await behind(unit, 'relapsed', localDate(asOf), localDate(since));
        expect([unit, listed]).toStrictEqual([unit, burden.relapsed.byOthers]);
        n += burden.relapsed.byOthers;
      }
      return n;
    };
    const everywhere = await seen('2020-07-01', '2020-12-31');
    expect(everywhere > 0).toBe(true);
    expect([await seen('2020-01-01', '2020-07-01'), await seen('2020-10-01', '2020-12-31')]).toStrictEqual([0, 0]);
  });
});
