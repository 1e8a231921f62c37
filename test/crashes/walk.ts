import type { SeededRandom } from '@app/kernel';
import { PIXEL } from '../support/finding-acts';
import { parsed, type Answer, type Client, type Session } from './clients';

export const CAST = [
  'inspector',
  'office',
  'office-review',
  'verifier',
  'office-head',
  'town',
  'town-b',
  'town-deputy',
  'dept',
  'dept-b',
  'dept-deputy',
] as const;
export type Cast = Readonly<Record<(typeof CAST)[number], Session>>;
/** Where the findings lie that walkers alone work on. */
export const WALKED = '走查演示点';
type Step = Readonly<{ who: Session; path: string; sort: string; body: unknown; rests?: boolean }>;

/** The bytes differ each time, so that each finding has evidence of its own. */
const photoOf = (random: SeededRandom): Buffer => Buffer.concat([PIXEL, Buffer.from(Array.from({ length: 64 }, () => random.below(256)))]);

/** One finding from its registration to its clearance, by whoever's turn it is. False when an outcome stayed unknown on the way. */
export class Walk {
  private position = 0n;

  constructor(
    private readonly client: Client,
    private readonly cast: Cast,
    private readonly random: SeededRandom,
    private readonly today: string,
  ) {}

  async once(): Promise<boolean> {
    const { inspector, office, verifier } = this.cast;
    const body = {
      json: {
        place: { townId: 'town-liyuan', text: WALKED },
        subject: { kind: 'household', name: '王演示' },
        category: 'housing',
        text: '贫困户房屋漏雨，存在安全隐患',
        manner: 'household',
      },
    };
    const filed = await this.client.act(inspector, 'POST', '/findings', { sort: 'file', body });
    if (filed === null) return false;
    const id = String(parsed(filed.text)['findingId']);
    this.take(filed);
    if ((await this.prove(id, inspector, 'before', null)) === null) return false;
    const accepted = { rectification: 'time-limited', seriousness: 'ordinary' };
    if (!(await this.steps(id, [{ who: office, path: 'acceptance', sort: 'accept', body: accepted }]))) return false;
    if (!(await this.steps(id, [{ who: office, path: 'transfer', sort: 'transfer', body: {} }]))) return false;
    for (const leg of ['T', 'S'] as const) if (!(await this.workOn(id, leg))) return false;
    const reviewer = this.cast['office-review'];
    return this.steps(id, [
      { who: reviewer, path: 'legs/T/review', sort: 'review', body: { result: 'passed', text: '材料齐全' }, rests: true },
      { who: reviewer, path: 'legs/S/review', sort: 'last review', body: { result: 'passed', text: '材料齐全' }, rests: true },
      { who: verifier, path: 'verification', sort: 'verify', body: { method: 'on-site', text: '现场核查' }, rests: true },
      { who: this.cast['office-head'], path: 'clearance', sort: 'clear', body: { text: '同意销号' }, rests: true },
    ]);
  }

  private async workOn(id: string, leg: 'T' | 'S'): Promise<boolean> {
    const { town, dept } = this.cast;
    const [clerk, second, deputy] =
      leg === 'T' ? [town, this.cast['town-b'], this.cast['town-deputy']] : [dept, this.cast['dept-b'], this.cast['dept-deputy']];
    const on = `legs/${leg}`;
    const plan = { measures: '维修加固', responsible: '分管负责人', targetOn: this.today };
    const begun = await this.steps(id, [
      { who: clerk, path: `${on}/receipt`, sort: 'sign for', body: {} },
      { who: clerk, path: `${on}/plan`, sort: 'plan', body: plan },
    ]);
    const evidence = begun ? await this.prove(id, clerk, 'after', leg) : null;
    if (evidence === null) return false;
    const report = { text: '已完成', measures: '维修加固', effect: '通过验收', completedOn: this.today, evidence: [evidence] };
    return this.steps(id, [
      { who: clerk, path: `${on}/report`, sort: 'report', body: report },
      { who: second, path: `${on}/first-review`, sort: 'first review', body: { passed: true } },
      { who: deputy, path: `${on}/signature`, sort: 'sign', body: {} },
    ]);
  }

  private async steps(id: string, steps: readonly Step[]): Promise<boolean> {
    for (const { who, path, sort, body, rests = false } of steps) {
      const seen = rests ? await this.seenBy(who, id) : undefined;
      if (seen === null) return false;
      const asking = { sort, body: { json: body }, ...(seen === undefined ? {} : { seen }) };
      const answer = await this.client.act(who, 'PUT', `/findings/${id}/${path}`, asking);
      if (answer === null) return false;
      this.take(answer);
      if (this.random.chance(0.3)) await this.client.look(who, id, this.position);
    }
    return true;
  }

  private async prove(id: string, who: Session, phase: string, leg: string | null): Promise<string | null> {
    const fields = { phase, ...(leg === null ? {} : { legId: leg }) };
    const file = { name: '现场.png', type: 'image/png', content: photoOf(this.random) };
    const answer = await this.client.act(who, 'POST', `/findings/${id}/evidence`, { sort: 'prove', body: { fields, file } });
    if (answer === null) return null;
    this.take(answer);
    return String(parsed(answer.text)['evidenceId']);
  }

  /** The revision a decision rests on: only this client works on its finding, so what it waited for is the newest. */
  private async seenBy(who: Session, id: string): Promise<string | null> {
    while (this.client.patient) {
      const look = await this.client.look(who, id, this.position);
      if (look === null || !look.behind) return look?.seen ?? null;
    }
    this.client.complain(`the reading side never came to ${this.position}`);
    return null;
  }

  private take({ text }: Answer): void {
    const position = parsed(text)['position'];
    if (typeof position === 'string' && BigInt(position) > this.position) this.position = BigInt(position);
  }
}
