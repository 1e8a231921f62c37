import type { SimilarFindings, Twins } from '../../apps/api/src/reading/neighbours.controller';
import type { TransferPreview } from '../../apps/api/src/findings/transfer-previews.controller';
import type { Answer, Client } from '../support/client';
import { tablesWith } from '../support/plaintext';
import { startProduct, type Product } from '../support/product';

type Filing = Readonly<{ name?: string; text?: string; town?: string; village?: string | null; category?: string }>;
const finding = ({ name = '王大海', text = '房屋鉴定为 C 级，尚未改造。', category = 'housing', ...where }: Filing = {}) => ({
  place: { townId: where.town ?? 'dazeshan', villageId: where.village === undefined ? 'dazeshan-beishuyuan' : where.village },
  subject: { kind: 'household', name, phone: '13800005678' },
  category,
  text,
});
type Detail = Readonly<{ legs: readonly { legId: string; due: unknown }[]; deadlines: readonly { key: string; due: unknown }[] }>;

describe('Triage and filing', () => {
  let product: Product;
  let inspector: Client, otherTeam: Client, office: Client, teamHead: Client, town: Client;
  beforeAll(async () => {
    product = await startProduct();
    [inspector, otherTeam, office, teamHead, town] = (await Promise.all(
      (['inspector', 'inspector-2', 'office', 'team-head', 'dazeshan-clerk'] as const).map(product.as),
    )) as [Client, Client, Client, Client, Client];
  });
  afterAll(() => product?.close());

  const ok = <T = Record<string, unknown>>(answer: Answer<T>): Answer<T> => {
    if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
    return answer;
  };
  const file = async (filing: Filing = {}): Promise<string> =>
    String(ok(await inspector.post('/api/findings', finding(filing))).body['findingId']);
  const preview = (id: string, body: object = {}, by = office): Promise<Answer<TransferPreview>> =>
    by.post<TransferPreview>(`/api/findings/${id}/transfer-previews`, body, { headers: { 'idempotency-key': '' } });
  const limited = { rectification: 'time-limited', seriousness: 'ordinary' };

  it('shows legs, due times and how they come about before the transfer, and adds nothing to the finding', async () => {
    const id = await file();
    ok(await office.put(`/api/findings/${id}/acceptance`, limited));
    const shown = ok(await preview(id)).body;
    expect(shown.legs.map(({ unit, line, duty, leads }) => [unit.name, line, duty, leads])).toStrictEqual([
      ['大泽山镇', 'territorial', 'acts', true],
      ['市住建局', 'sectoral', 'acts', false],
    ]);
    expect(shown.legs.every(({ due }) => due.steps.length > 0)).toBe(true);
    const moved = ok(await office.put(`/api/findings/${id}/transfer`, {}));
    expect(moved.body['revision']).toBe(String(shown.revision + 3));
    const detail = ok(await office.get<Detail>(`/api/findings/${id}`, { 'x-read-position': String(moved.body['position']) })).body;
    expect(detail.legs.map(({ due }) => due)).toStrictEqual(shown.legs.map(({ due }) => due));
    const signing = detail.deadlines.filter(({ key }) => key.startsWith('sign/')).map(({ due }) => due);
    expect(signing).toStrictEqual(shown.legs.map(({ signDue }) => signDue));
  });

  it('shows them before triage as well, with the acceptance that is meant', async () => {
    const id = await file();
    const codeOf = ({ status, body }: Answer<unknown>): unknown => [status, (body as { code?: string }).code];
    expect(codeOf(await preview(id))).toStrictEqual([409, 'not-triaged']);
    const [soon, late] = [
      ok(await preview(id, { acceptance: { ...limited, rectification: 'immediate' } })).body,
      ok(await preview(id, { acceptance: limited })).body,
    ];
    const day = (shown: TransferPreview): string => shown.legs[0]?.due.day ?? '';
    expect([day(soon) < day(late), soon.revision]).toStrictEqual([true, 0]);
    // The head of the team that found it, for its own part only.
    const own = { acceptance: { ...limited, rectification: 'immediate' } };
    expect(codeOf(await preview(id, own, teamHead))).toStrictEqual([403, 'not-yours']);
    const territorial = [{ legId: 'T', unitId: 'dazeshan', line: 'territorial', duty: 'acts', leads: true }];
    expect((await preview(id, { ...own, legs: territorial, overruledBecause: '当场能改' }, teamHead)).status).toBe(200);
  });

  it('refuses the preview as it would the transfer', async () => {
    const id = await file();
    ok(await office.put(`/api/findings/${id}/acceptance`, limited));
    const one = { legs: [{ legId: 'T', unitId: 'dazeshan', line: 'territorial', duty: 'acts', leads: true }] };
    const bodies = [one, { ...one, singleLegBecause: '镇里的事' }, { legs: [] }];
    for (const body of bodies) {
      const [shown, sent] = [await preview(id, body), await office.put(`/api/findings/${id}/transfer`, body)];
      expect([shown.status, shown.text]).toStrictEqual([sent.status, sent.text]);
    }
    expect(ok(await office.get(`/api/findings/${id}/offers`)).body['revision']).toBe(1);
  });

  it('puts similar findings beside, open ones first, with why, and only those one may see', async () => {
    const text = '自来水管道冬季冻裂，二十户停水。';
    const id = await file({ text, category: 'water', name: '李小山' });
    const expected = {
      subject: await file({ text: '院墙开裂', category: 'archives', name: '李大山' }),
      village: await file({ text: '水质浑浊', category: 'water', name: '张三' }),
      text: await file({ text: '自来水管道冬季冻裂，三十户停水。', category: 'archives', village: null, name: '赵四' }),
      town: await file({ text: '水表未装', category: 'water', village: null, name: '钱五' }),
      closed: await file({ text, category: 'water', name: '李小山' }),
      otherTown: await file({ text: '水表未装', category: 'water', town: 'jiudian', village: null, name: '钱五' }),
    };
    ok(await inspector.put(`/api/findings/${expected.closed}/withdrawal`, { reason: '重复' }));
    await product.settle();
    const similar = async (by: Client) =>
      ok(await by.get<SimilarFindings>(`/api/findings/${id}/similar`)).body.findings.filter(({ findingId }) =>
        Object.values(expected).includes(findingId),
      );
    const found = await similar(office);
    expect(found.map(({ findingId, open, reasons }) => [findingId, open, reasons])).toStrictEqual([
      [expected.subject, true, ['same-subject']],
      [expected.village, true, ['same-village-and-category']],
      [expected.text, true, ['similar-text']],
      [expected.town, true, ['same-town-and-category']],
      [expected.closed, false, ['same-subject', 'same-village-and-category', 'similar-text']],
    ]);
    expect(JSON.stringify(found)).not.toContain('李小山');
    expect((await town.get(`/api/findings/${id}/similar`)).status).toBe(404);
    expect((await otherTeam.get(`/api/findings/${id}/similar`)).status).toBe(404);
  });

  it('says before saving what is open already of the same village, category and masked name', async () => {
    const [open, done, elsewhere] = [
      await file({ name: '孙大圣' }),
      await file({ name: '孙悟空' }),
      await file({ name: '孙行者', town: 'jiudian', village: 'jiudian-dongtaiping' }),
    ];
    ok(await inspector.put(`/api/findings/${done}/withdrawal`, { reason: '重复' }));
    await product.settle();
    const asked = { villageId: 'dazeshan-beishuyuan', category: 'housing', subject: { kind: 'household', name: '孙小圣' } };
    const twins = async (body: object, by = inspector) => ok(await by.post<Twins>('/api/findings/twins', body)).body.findings;
    const found = await twins(asked);
    expect(found.map(({ findingId, subject, stage }) => [findingId, subject, stage])).toStrictEqual([
      [open, { kind: 'household', label: '孙**' }, 'untriaged'],
    ]);
    expect((await twins({ ...asked, villageId: 'jiudian-dongtaiping' })).map(({ findingId }) => findingId)).toStrictEqual([elsewhere]);
    expect(await twins({ ...asked, category: 'water' })).toStrictEqual([]);
    expect(await twins(asked, otherTeam)).toStrictEqual([]);
    expect((await twins({ townId: 'dazeshan', category: 'housing' })).some(({ findingId }) => findingId === open)).toBe(true);
    expect((await inspector.post('/api/findings/twins', { category: 'housing' })).status).toBe(400);
    // The name that was asked about is kept nowhere.
    expect(await tablesWith(product, ['孙小圣'])).toStrictEqual([]);
  });
});
