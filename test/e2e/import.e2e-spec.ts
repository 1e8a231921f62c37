import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sampleLedger } from '../../libs/imports/src/application/sample-ledger.fixture';
import { Imports, type ImportJob } from '@app/imports';
import { loadSettings } from '@app/settings';
import { waitUntil } from '@app/testing';
import { command as importCommand } from '../../apps/cli/src/commands/import.command';
import type { Answer, Client } from '../support/client';
import { startProduct, type Product } from '../support/product';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv';
type Row = {
  n: number;
  state: string;
  sheetRows: number[];
  errors: number;
  remarks: { code: string; address: string }[];
  content: Record<string, unknown> | null;
  cells: string[] | null;
};
type List = { listId: string; number: string | null; status: string; counts: Record<string, number> };

const ok = <T>(answer: Answer<T>): T => {
  if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer.body;
};
const csvOf = (...rows: readonly string[]): Buffer =>
  Buffer.from(['编号,问题类别,所在镇街,所在村,问题表述,责任单位,整改时限', ...rows].join('\n'));
const ROWS = [
  '1,住房安全,大泽山镇,北树园村,房屋漏雨未修,大泽山镇、市住建局,2020/7/31',
  '2,饮水安全,旧店镇,东太平村,水质报告过期,旧店镇、水利局,立即',
  '3,档案管理,旧店镇,,扶贫档案缺页,旧店镇,长期坚持',
  '4,住房安全,大泽山镇,,不认识的单位,某某局,7月底前',
] as const;

describe('A list goes in', () => {
  let product: Product;
  let office: Client;
  beforeAll(async () => {
    product = await startProduct();
    office = await product.as('office');
  });
  afterAll(() => product?.close());

  const upload = (content: Buffer, name = '问题清单.csv', type = CSV, fields: Record<string, string> = {}) =>
    office.upload<ImportJob>('/api/imports', fields, { name, type, content });
  const until = (importId: string, ...states: readonly string[]): Promise<ImportJob> =>
    waitUntil(async () => {
      const job = ok(await office.get<ImportJob>(`/api/imports/${importId}`));
      return states.includes(job.state) ? job : null;
    });
  const read = async (content: Buffer, fields: Record<string, string> = {}): Promise<ImportJob> =>
    until(
      ok(await upload(content, '问题清单.csv', CSV, { sourceKind: 'upper', sourceName: '省督导组', batch: '第一批', ...fields })).importId,
      'ready',
    );
  const commit = async (importId: string, body: unknown = {}): Promise<ImportJob> => {
    ok(await office.post(`/api/imports/${importId}/commit`, body));
    return until(importId, 'committed', 'ready');
  };
  const rowsOf = async (importId: string, only = 'all'): Promise<Row[]> =>
    ok(await office.get<{ rows: Row[] }>(`/api/imports/${importId}/rows?only=${only}`)).rows;

  it('is looked at, corrected, committed, issued, and every complete row is accepted and transferred', async () => {
    const seen = await read(csvOf(...ROWS));
    expect(seen.counts).toMatchObject({ rows: 4, good: 3, wrong: 1, toConfirm: 0 });
    expect(seen.understood?.columns.map((c) => c.field)).toStrictEqual([
      'number',
      'category',
      'town',
      'village',
      'text',
      'responsible',
      'due',
    ]);
    const [wrong] = await rowsOf(seen.importId, 'wrong');
    expect(wrong?.remarks.filter((r) => r.code === 'unit-unknown').map((r) => r.address)).toStrictEqual(['F5']);
    expect(wrong?.cells).toStrictEqual(['4', '住房安全', '大泽山镇', '', '不认识的单位', '某某局', '7月底前']);
    expect((await rowsOf(seen.importId)).map((r) => r.cells === null)).toStrictEqual([true, true, true, false]);

    const nobody = await office.put(`/api/imports/${seen.importId}/mapping`, { units: { 某某局: 'nowhere' } });
    expect([nobody.status, nobody.body['code']]).toStrictEqual([422, 'import-choice-invalid']);
    ok(await office.put(`/api/imports/${seen.importId}/mapping`, { units: { 某某局: 'housing' } }));
    expect((await until(seen.importId, 'ready')).counts).toMatchObject({ rows: 4, good: 4 });
    const done = await commit(seen.importId, { draft: { title: '省督导反馈问题清单' } });
    expect(done).toMatchObject({ state: 'committed', counts: { added: 4, known: 0, differs: 0 }, failure: null });
    const listId = String(done.target?.listId);
    await product.settle();
    expect(ok(await office.get<List>(`/api/lists/${listId}`))).toMatchObject({ status: 'draft', counts: { waiting: 4, issued: 0 } });

    const issued = ok(await office.put<{ number: string }>(`/api/lists/${listId}/issue`));
    expect(issued.number).toBe('问清〔2020〕1号');
    await product.settle();
    const list = ok(await office.get<List>(`/api/lists/${listId}`));
    expect(list.counts).toMatchObject({ issued: 4, waiting: 0, filed: 4, untriaged: 1, transferred: 3, open: 4, cleared: 0 });
    const rows = ok(await office.get<{ rows: { number: string; stage: string; missing: string[] }[] }>(`/api/lists/${listId}/rows`)).rows;
    expect(rows.map((r) => [r.number, r.stage, r.missing])).toStrictEqual([
      ['1', 'unsigned', []],
      ['2', 'unsigned', []],
      ['3', 'untriaged', ['stages']],
      ['4', 'unsigned', []],
    ]);
    const town = await product.as('dazeshan-clerk');
    expect(ok(await town.get<List>(`/api/lists/${listId}`)).counts).toMatchObject({ issued: 2, filed: 2 });
    const other = await product.as('inspector-2');
    expect((await other.get(`/api/lists/${listId}`)).status).toBe(404);
  });

  it('skips what it knows, reports what differs, and the same file twice changes nothing', async () => {
    const again = await read(csvOf(...ROWS.slice(0, 3)));
    expect(again.counts).toMatchObject({ known: 3, differs: 0 });
    const before = ok(await office.get<{ lists: List[] }>('/api/lists')).lists.length;
    expect(await commit(again.importId, { draft: { title: '再来一次' } })).toMatchObject({
      state: 'committed',
      counts: { added: 0, known: 3 },
    });
    await product.settle();
    expect(ok(await office.get<{ lists: List[] }>('/api/lists')).lists).toHaveLength(before);

    const changed = await read(csvOf(ROWS[0].replace('2020/7/31', '2020/8/31'), ROWS[1]));
    const [first, second] = await rowsOf(changed.importId);
    expect([first?.state, second?.state]).toStrictEqual(['differs', 'known']);
    expect(first?.remarks.map((r) => r.code)).toContain('differs-from-filed');
    expect(await commit(changed.importId)).toMatchObject({ counts: { added: 0, differs: 1, known: 1 } });
  });

  it('adds later rows to an issued list as a numbered supplement', async () => {
    const { lists } = ok(await office.get<{ lists: List[] }>('/api/lists'));
    const listId = String(lists.find((l) => l.number === '问清〔2020〕1号')?.listId);
    const more = await read(csvOf('9,住房安全,旧店镇,,新发现的漏雨,旧店镇、住建局,'), { listId });
    expect(await commit(more.importId, { listId })).toMatchObject({ counts: { added: 1 } });
    const answer = ok(await office.post<{ number: string }>(`/api/lists/${listId}/supplements`));
    expect(answer.number).toBe('问清〔2020〕1号（补1）');
    await product.settle();
    expect(ok(await office.get<List>(`/api/lists/${listId}`)).counts).toMatchObject({ issued: 5, filed: 5, transferred: 4 });
  });

  it('reads the workbook of a county office and wants personal numbers confirmed', async () => {
    const job = ok(await upload(await sampleLedger(), '问题清单.xlsx', XLSX));
    await until(job.importId, 'ready');
    // This county has other units: what is not recognised is settled by hand.
    ok(await office.put(`/api/imports/${job.importId}/mapping`, { units: { 民政局: 'water' } }));
    const seen = await until(job.importId, 'ready');
    expect(seen.understood?.unknownUnits.map((u) => u.name)).toContain('北昌村');
    expect(seen.understood).toMatchObject({
      headerRows: { first: 3, last: 4 },
      titles: { documentNumber: '青督〔2020〕12号' },
      listDate: '2020-04-21',
    });
    expect(seen.counts?.toConfirm).toBeGreaterThan(0);
    const [first] = await rowsOf(job.importId);
    expect(first?.content).toMatchObject({ subject: { kind: 'household', label: '王**' }, dueOn: '2020-06-30' });
    const refused = await office.post(`/api/imports/${job.importId}/commit`);
    expect([refused.status, refused.body['code']]).toStrictEqual([409, 'import-needs-confirmation']);
    const stored = JSON.stringify(await rowsOf(job.importId));
    expect(stored).not.toMatch(/13800001111|13912345678|王大明/);
    expect((await office.delete<ImportJob>(`/api/imports/${job.importId}`)).body.state).toBe('cancelled');
    expect((await office.post(`/api/imports/${job.importId}/commit`, { confirmPersonal: true })).body['code']).toBe('import-cancelled');
  });

  it('gives the rows with errors back as a sheet with the reasons', async () => {
    const job = await read(csvOf('71,不存在的类,大泽山镇,,=1+1,大泽山镇,'));
    const answer = await office.get(`/api/imports/${job.importId}/rejected.xlsx`);
    expect(answer.headers).toMatchObject({
      'content-type': XLSX,
      'content-disposition': `attachment; filename="rejected-${job.importId}.xlsx"`,
    });
    const given = [];
    for await (const row of product.app.get(Imports, { strict: false }).rejected(job.importId)) given.push(row.cells);
    expect(given).toStrictEqual([['71', '不存在的类', '大泽山镇', '', '=1+1', '大泽山镇', '']]);
  });

  it('refuses a place among its rows that no list reaches', async () => {
    const { importId } = await read(csvOf('72,住房安全,大泽山镇,,漏雨,大泽山镇,'));
    const rows = async (after: number) => (await office.get(`/api/imports/${importId}/rows?after=${String(after)}`)).status;
    expect([await rows(0), await rows(2 ** 31), await rows(2 ** 40)]).toStrictEqual([200, 400, 400]);
  });

  it('says in words of each language where an import stands that cannot go on', async () => {
    const { importId } = await until(ok(await upload(Buffer.from('只有一列\n没有表头\n'))).importId, 'refused');
    expect((await office.post(`/api/imports/${importId}/commit`, {})).body).toMatchObject({
      code: 'import-not-ready',
      zh: '导入任务当前状态（未能读取）不能这样操作',
      en: 'The import is refused; this cannot be done now',
      params: { state: 'refused' },
    });
  });

  it('refuses at once what may not go in, and keeps nothing of it', async () => {
    const secret = await upload(Buffer.from('机密★1年\n存在问题,责任单位\n甲,大泽山镇\n'));
    expect([secret.status, (secret.body as unknown as { code: string }).code]).toStrictEqual([422, 'file-secret']);
    expect((await upload(Buffer.from('d0cf11e0a1b11ae1', 'hex'), '清单.xls')).status).toBe(422);
    const noHeader = ok(await upload(Buffer.from('你好,世界\n1,2\n'))).importId;
    expect((await until(noHeader, 'refused')).failure).toMatchObject({ code: 'sheet-without-header' });
  });

  it('goes on after a crash in the middle of a commit, and nothing goes in twice', async () => {
    const many = Array.from({ length: 1_250 }, (_, i) => `m-${String(i)},住房安全,大泽山镇,,第${String(i)}处漏雨,大泽山镇、住建局,`);
    const job = await read(csvOf(...many));
    const imports = product.app.get(Imports, { strict: false });
    // The process dies after the second chunk: what was stored stays, what was running is gone.
    const store = (imports as unknown as { store: { settleRows: (...args: unknown[]) => Promise<boolean> } }).store;
    const settle = store.settleRows.bind(store);
    let chunks = 0;
    store.settleRows = (...args) => {
      chunks += 1;
      return chunks === 2 ? Promise.reject(new Error('killed')) : settle(...args);
    };
    ok(await office.post(`/api/imports/${job.importId}/commit`, { draft: { title: '大清单' } }));
    await waitUntil(() => chunks === 2);
    await imports.idle();
    store.settleRows = settle;
    expect(ok(await office.get<ImportJob>(`/api/imports/${job.importId}`))).toMatchObject({ state: 'committing', rowsDone: 500 });
    await imports.resume();
    const done = await until(job.importId, 'committed');
    expect(done.counts).toMatchObject({ added: 1_250, known: 0 });
    await product.settle();
    expect(ok(await office.get<List>(`/api/lists/${String(done.target?.listId)}`)).counts).toMatchObject({ waiting: 1_250 });
  });

  it('makes a parent with a child for each town of a row', async () => {
    const job = await read(csvOf('31,住房安全,,,两镇交界危房无人管,"大泽山镇、旧店镇、住建局",2020/8/31'));
    const { target } = await commit(job.importId, { draft: { title: '跨镇问题' } });
    ok(await office.put(`/api/lists/${String(target?.listId)}/issue`));
    await product.settle();
    expect(ok(await office.get<List>(`/api/lists/${String(target?.listId)}`)).counts).toMatchObject({
      issued: 1,
      filed: 1,
      transferred: 1,
    });
    for (const login of ['dazeshan-clerk', 'jiudian-clerk', 'housing-clerk'] as const) {
      const page = await (await product.as(login)).get(`/api/findings?text=${encodeURIComponent('两镇交界')}`);
      expect([login, page.text.includes('两镇交界危房无人管')]).toStrictEqual([login, true]);
    }
  });

  it('goes in from the command line', async () => {
    const file = path.join(product.dataDir, '镇街自查.csv');
    await writeFile(file, csvOf('c-1,住房安全,旧店镇,,命令行导入的问题,旧店镇、住建局,2020/8/31', 'c-2,住房安全,旧店镇,,单位写错,旧点镇,'));
    const settings = loadSettings({
      ...product.stores,
      DATA_DIR: product.dataDir,
      QUEUE_BACKEND: 'postgres',
      PORT: '3999',
    });
    const said: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
    try {
      await expect(importCommand.run([file, '--commit'], settings)).rejects.toThrow('--as');
      await importCommand.run([file], settings);
      await importCommand.run([file, '--commit', '--as', 'office', '--title', '命令行清单', '--source', '镇街自查'], settings);
    } finally {
      log.mockRestore();
    }
    expect(said.filter((line) => line.includes('F3')).map((line) => line.trim())).toStrictEqual(
      Array.from({ length: 2 }, () => 'error F3 未识别的单位“旧点镇” · Unknown unit "旧点镇"（旧店镇？）'),
    );
    expect(said.at(-1)).toMatch(/^已加入 added 1，已登记 known 0，有出入未改 differing 0，清单 list: [0-9a-f-]{36}$/);
  });

  it('explains every number of its lists', async () => {
    const { numbers } = ok(await office.get<{ numbers: { n: number; outcome: string }[] }>('/api/lists/numbers/office/2020'));
    expect(numbers.map((n) => [n.n, n.outcome])).toStrictEqual([
      [1, 'used'],
      [2, 'used'],
    ]);
  });

  it('rebuilds the lists to the same rows', async () => {
    await product.settle();
    const differences = await product.readers.compareWithRebuild();
    const ours = differences.filter((d) => d.projection === 'lists');
    expect(ours.map(({ table, onlyLive, onlyRebuilt }) => [table, onlyLive, onlyRebuilt])).toStrictEqual([
      ['list', [], []],
      ['list_row', [], []],
      ['list_supplement', [], []],
    ]);
  });
});
