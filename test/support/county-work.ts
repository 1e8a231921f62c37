import sharp from 'sharp';
import type { Answer, Client } from './client';
import type { Login } from './county';
import type { Product } from './product';

/** The county's work over HTTP, to bring findings to where a test in a browser begins. */
export const ok = <T = Record<string, unknown>>(answer: Answer<T>): T => {
  if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer.body;
};

export const photoOf = (background = 'green'): Promise<Buffer> =>
  sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .jpeg()
    .toBuffer();
/** A photograph that no scaling makes small: nothing in it is like its neighbour. */
export const largePhoto = (side = 1_400): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 3, background: 'grey', noise: { type: 'gaussian', mean: 128, sigma: 60 } } })
    .jpeg({ quality: 90 })
    .toBuffer();

export const HOUSE = {
  place: { townId: 'dazeshan', villageId: 'dazeshan-beishuyuan' },
  subject: { kind: 'household', name: '周样一' },
  category: 'housing',
  text: '房屋鉴定为 C 级，尚未改造。',
} as const;
type Over = Readonly<Record<string, unknown>>;
type Leg = 'T' | 'S';
const PEOPLE: Readonly<Record<Leg, Readonly<Record<'clerk' | 'deputy' | 'head', Login>>>> = {
  T: { clerk: 'dazeshan-clerk', deputy: 'dazeshan-deputy', head: 'dazeshan-head' },
  S: { clerk: 'housing-clerk', deputy: 'housing-deputy', head: 'housing-head' },
};

export class CountyWork {
  constructor(private readonly product: Product) {}

  async file(over: Over = {}, login: Login = 'inspector'): Promise<string> {
    return String(ok(await (await this.product.as(login)).post('/api/findings', { ...HOUSE, ...over }))['findingId']);
  }

  /** Accepted and handed over to the town, and to the department of its category where it has one. */
  async handOver(id: string, acceptance: Over = {}): Promise<string> {
    const office = await this.product.as('office');
    const accepted = { rectification: 'time-limited', seriousness: 'ordinary', ...acceptance };
    ok(await office.put(`/api/findings/${id}/acceptance`, accepted));
    ok(await office.put(`/api/findings/${id}/transfer`, {}));
    return id;
  }

  /** A town’s own: one leg. */
  async handToTown(id: string): Promise<string> {
    const office = await this.product.as('office');
    ok(await office.put(`/api/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
    const legs = [{ legId: 'T', unitId: 'dazeshan', line: 'territorial', duty: 'acts', leads: true }];
    ok(await office.put(`/api/findings/${id}/transfer`, { legs, singleLegBecause: '镇里的事', overruledBecause: '镇里的事' }));
    return id;
  }

  /** Signed for, proved, reported, reviewed and signed within the unit. */
  async report(id: string, leg: Leg): Promise<void> {
    const [clerk, deputy] = await Promise.all([this.product.as(PEOPLE[leg].clerk), this.product.as(PEOPLE[leg].deputy)]);
    const on = `/api/findings/${id}/legs/${leg}`;
    ok(await clerk.put(`${on}/receipt`));
    const evidence = await this.prove(clerk, id, leg);
    const said = { text: '已建成', measures: '新建', effect: '已入住', completedOn: '2020-07-06', evidence: [evidence] };
    ok(await clerk.put(`${on}/report`, said));
    ok(await deputy.put(`${on}/first-review`, { passed: true }));
    ok(await deputy.put(`${on}/signature`, {}));
  }

  async pass(id: string, legs: readonly Leg[]): Promise<void> {
    for (const leg of legs) await this.decide(id, `legs/${leg}/review`, { result: 'passed', text: '属实' });
  }
  verify(id: string): Promise<void> {
    return this.decide(id, 'verification', { method: 'on-site', text: '现场看过' });
  }
  clear(id: string, over: Over = {}): Promise<void> {
    return this.decide(id, 'clearance', { text: '同意销号', ...over });
  }
  /** From handing over to 销号. */
  async finish(id: string, legs: readonly Leg[]): Promise<void> {
    for (const leg of legs) await this.report(id, leg);
    await this.pass(id, legs);
    await this.verify(id);
    await this.clear(id);
  }

  /** A decision of the office on what it sees now. */
  private async decide(id: string, path: string, body: Over): Promise<void> {
    const office = await this.product.as('office');
    await this.product.settle();
    const seen = String((await office.get(`/api/findings/${id}`)).headers['etag']);
    ok(await office.put(`/api/findings/${id}/${path}`, body, { seen }));
  }

  private async prove(who: Client, id: string, leg: Leg): Promise<string> {
    const photo = { name: '整改后.jpg', type: 'image/jpeg', content: await photoOf() };
    return String(ok(await who.upload(`/api/findings/${id}/evidence`, { phase: 'after', legId: leg }, photo))['evidenceId']);
  }
}
