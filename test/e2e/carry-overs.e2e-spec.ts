import { HandleCarryOver, carryOverIdOf } from '@app/carry-overs';
import type { ImportJob } from '@app/imports';
import { idFrom, localDate, seededRandom, type Actor, type CategoryCode, type CommandId, type UnitId } from '@app/kernel';
import { waitUntil } from '@app/testing';
import { CommandBus } from '@nestjs/cqrs';
import type { Client } from '../support/client';
import { personOf } from '../support/county';
import { CountyWork, ok } from '../support/county-work';
import { startProduct, type Product } from '../support/product';

const SCOPES = ['county', 'source', 'category', 'list', 'town', 'department'] as const;
const HEADER = '编号,问题类别,所在镇街,问题表述,责任单位,涉及户主,是否销号,销号日期';
const ROWS = [
  '1,住房安全,大泽山镇,房屋漏雨未修,大泽山镇、市住建局,王样一,是,2019-12-01',
  '2,饮水安全,旧店镇,水质报告过期,旧店镇,,否,',
  '3,档案管理,旧店镇,扶贫档案缺页,旧店镇,,已销号,',
];
const csvOf = (...rows: readonly string[]): Buffer => Buffer.from([HEADER, ...rows].join('\n'));
type Shown = Readonly<{
  carryOverId: string;
  number: string | null;
  clearedOn: string | null;
  said: string;
  subjectLabel: string;
  withdrawnBecause: string | null;
  revision: string;
}>;
type Board = Readonly<{ rows: unknown; footnote: unknown; carryOvers: readonly Readonly<{ id: string; n: number }>[] }>;

describe('What was cleared before this system 历史结转 (R29)', () => {
  let product: Product;
  let office: Client;
  beforeAll(async () => {
    product = await startProduct();
    office = await product.as('office');
  });
  afterAll(() => product?.close());

  const until = (importId: string, ...states: readonly string[]): Promise<ImportJob> =>
    waitUntil(async () => {
      const job = ok(await office.get<ImportJob>(`/api/imports/${importId}`));
      return states.includes(job.state) ? job : null;
    });
  const bring = async (content: Buffer, commit: unknown, batch = '第一批'): Promise<ImportJob> => {
    const file = { name: '历史台账.csv', type: 'text/csv', content };
    const fields = { sourceKind: 'upper', sourceName: '省督导组', batch };
    const { importId } = ok(await office.upload<ImportJob>('/api/imports', fields, file));
    await until(importId, 'ready');
    ok(await office.post(`/api/imports/${importId}/commit`, commit));
    const done = await until(importId, 'committed', 'ready');
    await product.settle();
    return done;
  };
  const shown = async (who = office, query = ''): Promise<readonly Shown[]> =>
    ok(await who.get<{ carryOvers: readonly Shown[] }>(`/api/carry-overs?${query}`)).carryOvers;
  const board = async (scope: string, who = office): Promise<Board> => ok(await who.get<Board>(`/api/clearance/board?scope=${scope}`));
  const beside = async (scope: string, id: string, who = office): Promise<number | undefined> =>
    (await board(scope, who)).carryOvers.find((row) => row.id === id)?.n;
  /** Every figure there is, without what stands beside them. */
  const figures = async (): Promise<unknown> => {
    const boards = await Promise.all(SCOPES.map(async (scope) => board(scope).then(({ rows, footnote }) => ({ scope, rows, footnote }))));
    const { carryOvers: _, ...overview } = ok(await office.get('/api/clearance/overview'));
    const [trend, clocks] = [
      ok(await office.get('/api/clearance/trend?scope=county&id=all')),
      ok(await office.get('/api/clearance/office')),
    ];
    return { boards, overview, trend, clocks };
  };

  it('is carried over only where the office chose it, from rows whose own columns say so; the other rows go into the list', async () => {
    const { importId, counts } = await bring(csvOf(...ROWS), { carryOver: true });
    expect(counts).toMatchObject({ rows: 3, saysCleared: 2, carriedOver: 2, added: 1, known: 0 });
    const rows = await shown(office, `import=${importId}`);
    expect(rows.map(({ number, clearedOn, said }) => [number, clearedOn, said]).sort()).toStrictEqual([
      ['1', '2019-12-01', '是否销号：是；销号日期：2019-12-01'],
      ['3', null, '是否销号：已销号'],
    ]);
    expect(rows.find(({ number }) => number === '1')?.subjectLabel).toBe('王**');
    expect(await beside('county', 'all')).toBe(2);
    expect(await beside('town', 'dazeshan')).toBe(1);
    expect(await beside('department', 'housing')).toBe(1);
    expect(ok(await office.get('/api/clearance/overview'))['carryOvers']).toBe(2);

    const again = await bring(csvOf(...ROWS), { carryOver: true });
    expect(again.counts).toMatchObject({ carriedOver: 0, added: 0, known: 3 });
    expect(await shown(office, `import=${again.importId}`)).toStrictEqual([]);
    const unchosen = await bring(csvOf(...ROWS), {});
    expect(unchosen.counts).toMatchObject({ carriedOver: 0, added: 0 });
    expect(await beside('county', 'all')).toBe(2);

    const plain = await bring(csvOf(...ROWS), {}, '第二批');
    expect(plain.counts).toMatchObject({ saysCleared: 2, carriedOver: 0, added: 3 });
  });

  it('is seen by the units that answered for it, and withdrawn by the office with a reason', async () => {
    const { importId } = await bring(csvOf(ROWS[0] ?? ''), { carryOver: true }, '第三批');
    const [clerk, water] = [await product.as('dazeshan-clerk'), await product.as('water-clerk')];
    const [mine] = await shown(clerk, `import=${importId}`);
    expect(mine?.number).toBe('1');
    expect(await shown(water, `import=${importId}`)).toStrictEqual([]);
    const url = `/api/carry-overs/${String(mine?.carryOverId)}/withdrawal`;
    expect((await clerk.put(url, { reason: '误转' })).status).toBe(403);
    const before = (await beside('county', 'all')) ?? 0;
    ok(await office.put(url, { reason: '这一户并未销号' }));
    await product.settle();
    expect(await beside('county', 'all')).toBe(before - 1);
    expect((await shown(office, `import=${importId}&withdrawn=true`)).map(({ withdrawnBecause }) => withdrawnBecause)).toStrictEqual([
      '这一户并未销号',
    ]);
  });

  it('moves no rate and no figure, however much is carried over and withdrawn', async () => {
    const work = new CountyWork(product);
    await work.finish(await work.handOver(await work.file()), ['T', 'S']);
    await work.handOver(await work.file());
    await product.settle();
    const before = await figures();
    const seed = Date.now() % 2 ** 31;
    const random = seededRandom(seed);
    const by: Actor = {
      personId: personOf('office'),
      unitId: 'office' as UnitId,
      postId: null,
      roles: ['office'],
      inPlaceOf: null,
      ownUnits: ['office' as UnitId],
    };
    const bus = product.app.get(CommandBus);
    for (let n = 20 + random.below(40); n > 0; n--) {
      const rowId = `property-${String(seed)}-${String(n)}`;
      const town = random.pick(['dazeshan', 'jiudian']) as UnitId;
      const data = {
        rowId,
        importId: null,
        source: { kind: random.pick(['upper', 'self', 'data'] as const), name: '旧台账', batch: null, documentNumber: null },
        number: null,
        text: '旧台账中的一项',
        category: random.pick(['housing', 'water']) as CategoryCode,
        subject: { kind: 'other', subjectId: null, label: '未列明', sealed: null, sensitive: false },
        place: { townId: town, villageId: null, text: '' },
        unitIds: [town, random.pick(['housing', 'water']) as UnitId],
        foundOn: null,
        clearedOn: random.chance(0.5) ? localDate('2019-12-01') : null,
        said: '是否销号：是',
      };
      const send = (what: string, intent: HandleCarryOver['intent']): Promise<unknown> =>
        bus.execute(new HandleCarryOver(carryOverIdOf(rowId), intent, { commandId: idFrom(rowId, what) as CommandId, by }));
      await send('carry', { type: 'CarryOver', data });
      if (random.chance(0.2)) await send('withdraw', { type: 'WithdrawCarryOver', data: { reason: '误转' } });
    }
    await product.settle();
    expect(await beside('county', 'all')).toBeGreaterThan(10);
    expect({ seed, figures: await figures() }).toStrictEqual({ seed, figures: before });
  });
});
