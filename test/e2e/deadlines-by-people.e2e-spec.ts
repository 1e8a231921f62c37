import { CountyWork, ok } from '../support/county-work';
import type { Answer } from '../support/client';
import { startProduct, type Product } from '../support/product';

type Calendar = {
  editions: readonly { year: number; version: number; proposedBy: string | null; loadedBy: string; alone: boolean }[];
  proposals: readonly { year: number; reference: string; proposedBy: string; revision: number }[];
  people: Record<string, string>;
};
type Leg = { pause: { granted: boolean; until: string } | null; running: boolean; due: { day: string; account: readonly string[] } };

const codeOf = (answer: Answer): unknown => [answer.status, answer.body['code']];
const days = (name: string, ...all: readonly string[]) => all.map((day) => ({ day: `2021-${day}`, name }));
const YEAR = {
  holidays: [...days('元旦', '01-01'), ...days('劳动节', '05-01'), ...days('国庆节', '10-01', '10-02', '10-03')],
  swappedWorkdays: [],
  reference: '国办发明电〔2020〕27号',
};

describe('What people decide on deadlines, over HTTP', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.close());

  it('a year’s calendar holds when a second person has confirmed it', async () => {
    const [admin, head] = [await product.as('admin'), await product.as('office-head')];
    const shown = async (): Promise<Calendar> => ok(await head.get<Calendar>('/api/calendar'));
    ok(await admin.put('/api/admin/calendar/2021', YEAR));
    await product.settle();
    const waiting = await shown();
    expect([waiting.editions, waiting.proposals.map(({ year, reference }) => [year, reference])]).toStrictEqual([
      [],
      [[2021, YEAR.reference]],
    ]);
    const seen = `"${String(waiting.proposals[0]?.revision)}"`;
    expect(codeOf(await admin.put('/api/admin/calendar/2021/confirmation'))).toStrictEqual([409, 'calendar-second-person']);
    ok(await head.put('/api/admin/calendar/2021/confirmation', {}, { seen }));
    await product.settle();
    const { editions, proposals, people } = await shown();
    const [edition] = editions;
    expect([editions.length, edition?.version, edition?.alone, proposals]).toStrictEqual([1, 2, false, []]);
    expect([people[edition?.proposedBy ?? ''], people[edition?.loadedBy ?? '']]).toStrictEqual([
      people[waiting.proposals[0]?.proposedBy ?? ''],
      expect.any(String),
    ]);
    expect(edition?.proposedBy).not.toBe(edition?.loadedBy);
  });

  it('a preview of a year names the findings whose due times would move', async () => {
    const work = new CountyWork(product);
    const id = await work.handToTown(await work.file());
    await product.settle();
    const admin = await product.as('admin');
    const { number } = ok(await (await product.as('office')).get<{ number: string }>(`/api/findings/${id}`));
    type Preview = Readonly<{ moved: number; first: readonly Readonly<{ findingId: string; number: string; key: string }>[] }>;
    const holidays = ['2020-07-14', '2020-07-15'].map((day) => ({ day, name: '试验' }));
    const asked = { holidays, swappedWorkdays: [], reference: '试验' };
    const { moved, first } = ok(await admin.post<Preview>('/api/admin/calendar/2020/previews', asked));
    expect([moved, first.filter(({ key }) => key.startsWith('rectify/')).map((one) => [one.findingId, one.number])]).toStrictEqual([
      first.length,
      [[id, number]],
    ]);
  });

  it('a paused leg stands until it is resumed, and says in its account why', async () => {
    const work = new CountyWork(product);
    const id = await work.handToTown(await work.file());
    const [clerk, office] = [await product.as('dazeshan-clerk'), await product.as('office')];
    const leg = async (): Promise<Leg | undefined> => {
      await product.settle();
      return ok(await office.get<{ legs: readonly Leg[] }>(`/api/findings/${id}`)).legs[0];
    };
    const due = (await leg())?.due.day;
    ok(await clerk.put(`/api/findings/${id}/legs/T/pause`, { reason: 'litigation', text: '已立案', until: '2020-07-20' }));
    await product.settle();
    const inbox = ok(await office.get<{ entries: readonly { work: string; findingId: string }[] }>('/api/inbox?work=pause'));
    expect(inbox.entries.map(({ findingId }) => findingId)).toStrictEqual([id]);
    const { revision } = ok(await office.get<{ revision: number }>(`/api/findings/${id}`));
    const seen = `"${String(revision)}"`;
    ok(await office.put(`/api/findings/${id}/legs/T/pause/ruling`, { granted: true, until: '2020-07-20', text: '鲁民初1号' }, { seen }));
    const standing = await leg();
    expect([standing?.pause?.granted, standing?.running]).toStrictEqual([true, false]);
    const asked = { reason: '雨', progress: '半', until: '2020-08-10' };
    expect(codeOf(await clerk.put(`/api/findings/${id}/legs/T/extension`, asked))).toStrictEqual([409, 'leg-paused']);
    ok(await clerk.put(`/api/findings/${id}/legs/T/pause/end`));
    const after = await leg();
    expect([after?.pause, after?.running, after?.due.day]).toStrictEqual([null, true, due]);
    expect(after?.due.account.some((line) => line.includes('经批准停表（诉讼：鲁民初1号），顺延 0 个工作日'))).toBe(true);
  });
});
