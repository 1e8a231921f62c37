import { FindingReader } from '@app/findings';
import type { FindingId } from '@app/kernel';
import type { RoundTripJob, RoundTripRow } from '@app/round-trip';
import { waitUntil } from '@app/testing';
import { Workbook, type Worksheet } from 'exceljs';
import { type Client } from '../support/client';
import type { Login } from '../support/county';
import { CountyWork, ok, photoOf } from '../support/county-work';
import { startProduct, type Product } from '../support/product';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const HEAD = 4;

/** A workbook in a person's hands: rows by the number of their finding, columns by their titles. */
class Filled {
  readonly legs: Worksheet;
  constructor(readonly book: Workbook) {
    const [sheet] = book.worksheets;
    if (sheet === undefined) throw new Error('no sheet');
    this.legs = sheet;
  }
  static async of(bytes: Buffer): Promise<Filled> {
    const book = new Workbook();
    await book.xlsx.load(new Uint8Array(bytes).buffer);
    return new Filled(book);
  }
  column(title: string, sheet = this.legs): number {
    const titles = sheet.getRow(HEAD).values as (string | undefined)[];
    return titles.indexOf(title);
  }
  row(number: string, sheet = this.legs): number {
    for (let n = HEAD + 1; n <= sheet.rowCount; n++) if (sheet.getCell(n, 1).value === number) return n;
    throw new Error(`no row of ${number}`);
  }
  cell(number: string, title: string, sheet = this.legs) {
    return sheet.getCell(this.row(number, sheet), this.column(title, sheet));
  }
  fill(number: string, cells: Readonly<Record<string, string | Date>>): this {
    for (const [title, value] of Object.entries(cells)) this.cell(number, title).value = value;
    return this;
  }
  get numbers(): readonly unknown[] {
    return (this.legs.getColumn(1).values as readonly unknown[]).slice(HEAD + 1);
  }
  async bytes(): Promise<Buffer> {
    return Buffer.from(await this.book.xlsx.writeBuffer());
  }
}

describe('The ledger’s round trip (R29)', () => {
  let product: Product;
  let work: CountyWork;
  let clerk: Client;
  beforeAll(async () => {
    product = await startProduct();
    work = new CountyWork(product);
    clerk = await product.as('dazeshan-clerk');
  });
  afterAll(() => product?.close());

  const assigned = async (over: Readonly<Record<string, unknown>> = {}): Promise<{ id: string; number: string }> => {
    const id = await work.handOver(await work.file(over));
    await product.settle();
    const office = await product.as('office');
    return { id, number: String(ok(await office.get(`/api/findings/${id}`))['number']) };
  };
  const takeOut = async (login: Login = 'dazeshan-clerk', asked = ''): Promise<Filled> => {
    await product.settle();
    const { cookieHeader } = await product.as(login);
    const answer = await product.app.inject({
      method: 'GET',
      url: '/api/round-trip/workbook.xlsx?purpose=' + encodeURIComponent('本周填报') + asked,
      headers: { cookie: cookieHeader },
    });
    expect([answer.statusCode, answer.headers['content-type']]).toStrictEqual([200, XLSX]);
    return Filled.of(answer.rawPayload);
  };
  const until = (id: string, states: readonly string[], who = clerk): Promise<RoundTripJob> =>
    waitUntil(async () => {
      const job = ok(await who.get<RoundTripJob>(`/api/round-trip/${id}`));
      return states.includes(job.state) ? job : null;
    });
  const bringBack = async (filled: Filled, who = clerk): Promise<RoundTripJob> => {
    const file = { name: '填报表.xlsx', type: XLSX, content: await filled.bytes() };
    const { roundTripId } = ok(await who.upload<RoundTripJob>('/api/round-trip', {}, file));
    return until(roundTripId, ['ready', 'refused'], who);
  };
  const rowsOf = async (job: RoundTripJob, only = 'all', who = clerk): Promise<readonly RoundTripRow[]> =>
    ok(await who.get<{ rows: readonly RoundTripRow[] }>(`/api/round-trip/${job.roundTripId}/rows?only=${only}&limit=500`)).rows;
  const run = async (job: RoundTripJob, body: unknown = {}): Promise<RoundTripJob> => {
    ok(await clerk.post(`/api/round-trip/${job.roundTripId}/run`, body));
    const done = await until(job.roundTripId, ['done']);
    await product.settle();
    return done;
  };
  const revisionOf = async (id: string): Promise<bigint> => (await product.app.get(FindingReader).load(id as FindingId)).revision;
  const typesOf = async (id: string): Promise<readonly string[]> =>
    ok(await clerk.get<{ lines: { type: string }[] }>(`/api/findings/${id}/timeline`)).lines.map(({ type }) => type);
  const rowOf = (rows: readonly RoundTripRow[], number: string): RoundTripRow => {
    const row = rows.find((one) => one.number === number);
    if (row === undefined) throw new Error(`no row ${number}`);
    return row;
  };

  it('takes the open rows out made for filling in, and what was filled in becomes commands', async () => {
    const [planned, basic, untouched] = [await assigned(), await assigned({ text: '=1+1 是写在墙上的' }), await assigned()];
    const filled = await takeOut();
    expect(filled.cell(planned.number, '整改措施').protection.locked).toBe(false);
    expect(filled.legs.getCell(1, 1).value).toMatch(/^查阅人：大泽山镇经办（大泽山镇）/);
    expect(filled.legs.getCell(2, 1).value).toBe('用途：本周填报');
    expect(filled.cell(basic.number, '问题描述').value).toBe("'=1+1 是写在墙上的");
    expect(filled.cell(planned.number, '完成情况').dataValidation).toMatchObject({ type: 'list', formulae: ['"进行中,基本完成,已完成"'] });
    expect(filled.legs.getCell(HEAD, filled.column('完成情况')).note).toBeDefined();
    filled
      .fill(planned.number, {
        整改措施: '新建房屋',
        整改责任人: '村主任',
        计划完成日期: new Date('2020-07-20T00:00:00Z'),
        进展情况: '已动工',
      })
      .fill(basic.number, {
        进展情况: '主体完工',
        完成情况: '基本完成',
        '未完成原因（剩余事项）': '粉刷',
        剩余事项完成期限: new Date('2020-07-18T00:00:00Z'),
      });
    const job = await bringBack(filled);
    expect(job.counts).toMatchObject({ changed: 2, refused: 0, toConfirm: 0 });
    const rows = await rowsOf(job);
    expect(rowOf(rows, untouched.number)).toMatchObject({ state: 'unchanged', cells: [], reasons: [] });
    const n = filled.row(planned.number);
    const letters = filled.legs.getColumn(filled.column('整改措施')).letter;
    expect(rowOf(rows, planned.number).cells[0]).toStrictEqual({
      address: `${letters}${String(n)}`,
      field: 'measures',
      title: '整改措施',
      before: '',
      after: '新建房屋',
      verdict: 'taken',
      becomes: 'PlanLeg',
      reason: null,
    });
    const before = await revisionOf(untouched.id);
    const done = await run(job);
    expect(done.counts).toMatchObject({ done: 2, failed: 0, left: 0 });
    expect((await typesOf(planned.id)).slice(-2)).toStrictEqual(['LegPlanned', 'ProgressRecorded']);
    expect((await typesOf(basic.id)).slice(-1)).toStrictEqual(['ProgressRecorded']);
    expect(await revisionOf(untouched.id)).toBe(before);
    const detail = ok(await clerk.get<{ legs: { legId: string; progress: unknown }[] }>(`/api/findings/${basic.id}`));
    expect(detail.legs.find(({ legId }) => legId === 'T')?.progress).toStrictEqual({
      on: '2020-07-06',
      text: '主体完工',
      basicallyComplete: { remains: '粉刷', by: '2020-07-18' },
    });

    const again = await bringBack(filled);
    expect(again.counts).toMatchObject({ changed: 0, refused: 0 });
    expect(rowOf(await rowsOf(again), planned.number)).toMatchObject({ state: 'unchanged', cells: [] });
    expect((await clerk.post(`/api/round-trip/${again.roundTripId}/run`, {})).body).toMatchObject({ code: 'round-trip-nothing-to-run' });
  });

  it('claims completion only with evidence, a day that can be, and never the clearance', async () => {
    const [proved, bare, early] = [await assigned(), await assigned(), await assigned()];
    const filled = await takeOut();
    const column = filled.legs.columnCount + 1;
    filled.legs.getCell(HEAD, column).value = '是否销号';
    filled.legs.getCell(filled.row(proved.number), column).value = '是';
    const claim = { 整改措施: '新建房屋', 进展情况: '已建成', 完成情况: '已完成', 完成日期: new Date('2020-07-06T00:00:00Z') };
    filled
      .fill(proved.number, claim)
      .fill(bare.number, claim)
      .fill(early.number, { ...claim, 完成日期: new Date('2020-07-01T00:00:00Z') });
    // Evidence comes after the workbook was taken out, and makes no row stale.
    const photo = { name: '整改后.jpg', type: 'image/jpeg', content: await photoOf() };
    ok(await clerk.upload(`/api/findings/${proved.id}/evidence`, { phase: 'after', legId: 'T' }, photo));
    const job = await bringBack(filled);
    const rows = await rowsOf(job);
    const [good, unproved, before] = [proved, bare, early].map(({ number }) => rowOf(rows, number));
    expect([good?.state, unproved?.state, before?.state]).toStrictEqual(['changed', 'refused', 'refused']);
    expect(good?.cells.find(({ title }) => title === '是否销号')).toMatchObject({
      after: '是',
      verdict: 'ignored',
      becomes: null,
      reason: { code: 'clearance-never-taken' },
    });
    expect(unproved?.cells.map(({ reason }) => reason?.code)).toContain('evidence-required');
    expect(before?.cells.find(({ field }) => field === 'completedOn')?.reason?.code).toBe('before-delivery');
    await run(job);
    expect((await typesOf(proved.id)).slice(-1)).toStrictEqual(['LegReported']);
    const detail = ok(await clerk.get<{ stage: string }>(`/api/findings/${proved.id}`));
    expect(detail.stage).not.toBe('cleared');
    const again = rowOf(await rowsOf(await bringBack(filled)), proved.number);
    expect([again.state, again.reasons.map(({ code }) => code)]).toStrictEqual(['unchanged', ['taken-already']]);
  });

  it('refuses stale and foreign rows with the reason, and reports what was changed in locked cells', async () => {
    const [stale, swapped, closed, fine] = [await assigned(), await assigned(), await assigned(), await assigned()];
    const filled = await takeOut();
    for (const { number } of [stale, swapped, closed, fine]) filled.fill(number, { 进展情况: '已动工' });
    filled.cell(swapped.number, '版本').value = filled.cell(fine.number, '版本').value;
    filled.cell(fine.number, '问题描述').value = '没有问题';
    const unknown = filled.legs.addRow(['QL-2020-999999', 'T-3-000000000000']);
    expect(unknown.number).toBeGreaterThan(HEAD);
    ok(await clerk.post(`/api/findings/${stale.id}/legs/T/progress`, { text: '在网页上说的' }));
    await product.settle();
    const office = await product.as('office');
    ok(await office.put(`/api/findings/${closed.id}/withdrawal`, { reason: '来源撤回', documentNumber: '督〔2020〕9号' }));
    await product.settle();
    const job = await bringBack(filled);
    const rows = await rowsOf(job);
    const codes = (number: string): readonly string[] => rowOf(rows, number).reasons.map(({ code }) => code);
    expect(rowOf(rows, stale.number)).toMatchObject({ state: 'refused', since: [{ label: { zh: '进展' } }] });
    expect(codes(stale.number)).toStrictEqual(['stale']);
    expect(codes(swapped.number)).toStrictEqual(['code-does-not-fit']);
    expect(codes('QL-2020-999999')).toStrictEqual(['code-does-not-fit']);
    expect(codes(closed.number)).toStrictEqual(['finding-closed']);
    expect(rowOf(rows, fine.number).state).toBe('changed');
    expect(rowOf(rows, fine.number).cells.find(({ title }) => title === '问题描述')).toMatchObject({
      after: '没有问题',
      verdict: 'ignored',
      reason: { code: 'locked-cell' },
    });
    await run(job);
    expect((await typesOf(fine.id)).slice(-1)).toStrictEqual(['ProgressRecorded']);
    expect((await typesOf(swapped.id)).slice(-1)).not.toContain('ProgressRecorded');
  });

  it('has a result for each leg where one unit holds both of a finding', async () => {
    const id = await work.file();
    const office = await product.as('office');
    ok(await office.put(`/api/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
    const legs = [
      { legId: 'T', unitId: 'dazeshan', line: 'territorial', duty: 'acts', leads: true },
      { legId: 'S', unitId: 'dazeshan', line: 'sectoral', duty: 'acts', leads: false },
    ];
    ok(await office.put(`/api/findings/${id}/transfer`, { legs, overruledBecause: '镇里自管' }));
    await product.settle();
    const { number } = ok(await office.get<{ number: string }>(`/api/findings/${id}`));
    const filled = await takeOut();
    const both = filled.numbers.flatMap((one, n) => (one === number ? [n + HEAD + 1] : []));
    for (const n of both) filled.legs.getCell(n, filled.column('进展情况')).value = `第${String(n)}行已动工`;
    const job = await bringBack(filled);
    const done = await run(job);
    expect([both.length, done.counts?.done]).toStrictEqual([2, 2]);
    expect((await rowsOf(done)).filter((row) => row.number === number).map(({ state }) => state)).toStrictEqual(['done', 'done']);
    expect((await typesOf(id)).slice(-2)).toStrictEqual(['ProgressRecorded', 'ProgressRecorded']);
  });

  it('is nobody else’s: another unit neither sends it nor sees it', async () => {
    await assigned();
    const filled = await takeOut();
    const housing = await product.as('housing-clerk');
    const job = await bringBack(filled, housing);
    expect(job).toMatchObject({ state: 'refused', failure: { code: 'workbook-foreign' } });
    expect((await clerk.get(`/api/round-trip/${job.roundTripId}`)).status).toBe(404);
    const other = new Workbook();
    other.addWorksheet('表').addRow(['问题编号', '版本']);
    const unknown = await bringBack(await Filled.of(Buffer.from(await other.xlsx.writeBuffer())));
    expect(unknown.failure?.code).toBe('workbook-unknown');
  });

  it('replaces personal numbers in what was filled in only after somebody confirmed it (R40)', async () => {
    const { id, number } = await assigned();
    const filled = (await takeOut()).fill(number, { 进展情况: '户主电话 13864210987，已联系' });
    const job = await bringBack(filled);
    expect(job.counts).toMatchObject({ changed: 1, toConfirm: 1 });
    expect((await clerk.post(`/api/round-trip/${job.roundTripId}/run`, {})).body).toMatchObject({ code: 'round-trip-needs-confirmation' });
    await run(job, { confirmPersonal: true });
    expect(ok(await clerk.get(`/api/findings/${id}`))).not.toMatchObject({ text: expect.stringContaining('13864210987') as string });
    expect(JSON.stringify(ok(await clerk.get(`/api/findings/${id}`)))).not.toContain('13864210987');
  });

  it('can be cancelled before it runs, and then changes nothing', async () => {
    const { id, number } = await assigned();
    const job = await bringBack((await takeOut()).fill(number, { 进展情况: '已动工' }));
    const before = await revisionOf(id);
    expect(ok(await clerk.delete<RoundTripJob>(`/api/round-trip/${job.roundTripId}`)).state).toBe('cancelled');
    expect((await clerk.post(`/api/round-trip/${job.roundTripId}/run`, {})).body).toMatchObject({
      code: 'round-trip-not-ready',
      zh: '当前状态（已取消）不能这样操作。',
      params: { state: 'cancelled' },
    });
    expect(await revisionOf(id)).toBe(before);
  });

  it('leaves out what has ended meanwhile, and takes nothing of it where it is asked for', async () => {
    const [open, ended] = [await assigned(), await assigned()];
    const office = await product.as('office');
    ok(await office.put(`/api/findings/${ended.id}/withdrawal`, { documentNumber: '督〔2020〕9号', reason: '来源撤回' }));
    await product.settle();
    expect((await takeOut()).numbers).toContain(open.number);
    expect((await takeOut()).numbers).not.toContain(ended.number);
    const asked = await takeOut('dazeshan-clerk', '&stage=delivered,working');
    expect(asked.numbers).toStrictEqual(expect.arrayContaining([open.number, ended.number]));
    const locked = ({ number }: typeof open) => asked.cell(number, '进展情况').protection?.locked !== false;
    expect([locked(open), locked(ended)]).toStrictEqual([false, true]);
  });

  it('refuses a place among its rows that no workbook reaches', async () => {
    const { number } = await assigned();
    const job = await bringBack((await takeOut()).fill(number, { 进展情况: '已动工' }));
    const rows = async (after: number) => (await clerk.get(`/api/round-trip/${job.roundTripId}/rows?after=${String(after)}`)).status;
    expect([await rows(0), await rows(2 ** 31), await rows(2 ** 40)]).toStrictEqual([200, 400, 400]);
  });
});
