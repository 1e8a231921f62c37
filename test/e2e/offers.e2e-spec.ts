import { randomUUID } from 'node:crypto';
import type { OfferedCommand } from '@app/findings';
import { EventStore } from '@app/event-store';
import { ROUTE_OF } from '../../apps/api/src/findings/command-routes';
import type { Offer, Offers } from '../../apps/api/src/findings/offers.controller';
import { Routes } from '../../apps/api/src/security/routes';
import type { Answer, Client } from '../support/client';
import type { Login } from '../support/county';
import { PIXEL, sendCommand } from '../support/finding-acts';
import { startProduct, type Product } from '../support/product';

const house = {
  place: { townId: 'dazeshan', villageId: 'dazeshan-beishuyuan' },
  subject: { kind: 'household', name: '周样一' },
  category: 'housing',
  text: '房屋鉴定为 C 级，尚未改造。',
};
const ACTORS = [
  'inspector',
  'team-head',
  'office',
  'office-head',
  'verifier',
  'dazeshan-clerk',
  'dazeshan-deputy',
  'housing-clerk',
  'leader-dazeshan',
  'auditor',
] as const satisfies readonly Login[];
const STAGES = [
  'filed',
  'accepted',
  'transferred',
  'returned',
  'ruled',
  'extension asked',
  'reported',
  'first-reviewed',
  'submitted',
  'passed',
  'verified',
  'cleared',
  'withdrawn',
  'staged',
  'immediate',
] as const;
type Stage = (typeof STAGES)[number];
type Base = Readonly<{ id: string; evidenceId: string }>;

describe('What somebody may do now, on the page of a finding', () => {
  let product: Product;
  const clients = new Map<Login, Client>();
  const bases = new Map<Stage, Base>();
  let other = '';

  const by = (login: Login): Client => {
    const client = clients.get(login);
    if (client === undefined) throw new Error(login);
    return client;
  };
  const ok = <T = Record<string, unknown>>(answer: Answer<T>): Answer<T> => {
    if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
    return answer;
  };
  const offersOf = async (login: Login, id: string): Promise<Readonly<{ tag: string; offers: readonly Offer[] }>> => {
    const answer = ok(await by(login).get<Offers>(`/api/findings/${id}/offers`));
    return { tag: String(answer.headers['etag']), offers: answer.body.offers };
  };
  const upload = async (id: string, phase: string): Promise<string> => {
    const photo = { name: `${phase}.png`, type: 'image/png', content: PIXEL };
    return String(ok(await by('inspector').upload(`/api/findings/${id}/evidence`, { phase }, photo)).body['evidenceId']);
  };
  const act = async (login: Login, base: Base, command: OfferedCommand, leg = 'T'): Promise<void> => {
    const { tag } = await offersOf(login, base.id);
    ok(await sendCommand(by(login), command, { ...base, leg, seen: tag, login, other }));
  };
  const filed = async (): Promise<Base> => {
    const id = String(ok(await by('inspector').post('/api/findings', house)).body['findingId']);
    const evidenceId = await upload(id, 'after');
    return { id, evidenceId };
  };
  const transferred = async (rectification: string, more: object = {}): Promise<Base> => {
    const base = await filed();
    ok(await by('office').put(`/api/findings/${base.id}/acceptance`, { rectification, seriousness: 'ordinary', ...more }));
    ok(await by('office').put(`/api/findings/${base.id}/transfer`, {}));
    return base;
  };
  const reported = async (leg: 'T' | 'S' = 'T', base?: Base): Promise<Base> => {
    const at = base ?? (await transferred('time-limited'));
    await act(leg === 'T' ? 'dazeshan-clerk' : 'housing-clerk', at, 'ReportLeg', leg);
    return at;
  };
  const firstReviewed = async (leg: 'T' | 'S' = 'T', base?: Base): Promise<Base> => {
    const at = await reported(leg, base);
    const town = leg === 'T' ? 'dazeshan' : 'housing';
    ok(await by(`${town}-deputy`).put(`/api/findings/${at.id}/legs/${leg}/first-review`, { passed: true }));
    return at;
  };
  const submitted = async (leg: 'T' | 'S' = 'T', base?: Base): Promise<Base> => {
    const at = await firstReviewed(leg, base);
    await act(leg === 'T' ? 'dazeshan-deputy' : 'housing-deputy', at, 'SignLeg', leg);
    return at;
  };
  const passed = async (): Promise<Base> => {
    const at = await submitted('S', await submitted());
    await act('office', at, 'PassLeg', 'T');
    await act('office', at, 'PassLeg', 'S');
    return at;
  };
  const then = async (base: Promise<Base>, login: Login, ...commands: readonly OfferedCommand[]): Promise<Base> => {
    const at = await base;
    for (const command of commands) await act(login, at, command);
    return at;
  };
  const BUILD: Readonly<Record<Stage, () => Promise<Base>>> = {
    filed,
    accepted: async () => {
      const at = await filed();
      ok(await by('office').put(`/api/findings/${at.id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
      return at;
    },
    transferred: () => transferred('time-limited'),
    returned: () => then(transferred('time-limited'), 'dazeshan-clerk', 'ReturnLeg'),
    ruled: async () => then(then(transferred('time-limited'), 'dazeshan-clerk', 'ReturnLeg'), 'office', 'RuleOnReturn'),
    'extension asked': async () => {
      const at = await then(transferred('time-limited'), 'dazeshan-clerk', 'SignForLeg');
      const asked = { reason: '汛期停工', progress: '已完成一半', until: '2020-08-10' };
      ok(await by('dazeshan-clerk').put(`/api/findings/${at.id}/legs/T/extension`, asked));
      return at;
    },
    reported: () => then(reported(), 'leader-dazeshan', 'GiveInstruction'),
    'first-reviewed': () => firstReviewed(),
    submitted: () => submitted(),
    passed,
    verified: () => then(passed(), 'office', 'VerifyFinding'),
    cleared: () => then(passed(), 'office', 'VerifyFinding', 'ClearFinding'),
    withdrawn: () => then(transferred('time-limited'), 'office', 'WithdrawFinding'),
    staged: () => transferred('staged', { stages: [{ text: '打地基', checkOn: '2020-07-31' }] }),
    immediate: async () => {
      const at = await then(filed(), 'team-head', 'AcceptFinding', 'TransferFinding');
      await upload(at.id, 'before');
      return at;
    },
  };
  /** The same finding once more, for an act that changes it. */
  const copyOf = async ({ id, evidenceId }: Base): Promise<Base> => {
    const store = product.app.get(EventStore);
    const copy = randomUUID();
    const past = await store.readStream(`finding-${id}`);
    await store.append(
      `finding-${copy}`,
      'no-stream',
      past.map(({ type, version, data, metadata }) => ({ id: randomUUID(), type, version, data, metadata })),
    );
    return { id: copy, evidenceId };
  };

  beforeAll(async () => {
    product = await startProduct();
    for (const login of [...ACTORS, 'housing-deputy', 'admin'] as const) clients.set(login, await product.as(login));
    // Of the office, and lent to it by the town: whatever the town did is not theirs to judge.
    const lent = { fromUnit: 'dazeshan', toUnit: 'office', from: '2020-07-06' };
    ok(await by('admin').post('/api/admin/people/p-office-head/secondments', lent));
    other = (await filed()).id;
    for (const stage of STAGES) bases.set(stage, await BUILD[stage]());
  }, 120_000);
  afterAll(() => product?.close());

  it('is given by routes that are there: every write to a finding stands behind a command, and no other', () => {
    const writes = product.app
      .get(Routes)
      .all()
      .filter(({ method, path }) => method !== 'GET' && path.startsWith('/findings/:id'))
      .map(({ method, path }) => `${method} ${path}`);
    const beside = [
      // The same acceptance, with what was witnessed beside it.
      'PUT /findings/:id/on-the-spot/acceptance',
      'POST /findings/:id/evidence/uploads',
      'POST /findings/:id/subjects/:subjectId/reveal',
      'POST /findings/:id/transfer-previews',
      // The ladder beside a leg is offered where its rungs are shown.
      ...['issue', 'decline', 'answer'].map((step) => `PUT /findings/:id/legs/:legId/rungs/:rung/${step}`),
      'PUT /findings/:id/legs/:legId/interview',
    ];
    expect([...new Set([...Object.values(ROUTE_OF), ...beside])].sort()).toStrictEqual([...writes].sort());
  });

  it.each(STAGES)('is accepted where it is offered, and refused for the reason given where it is not: %s', async (stage) => {
    const base = bases.get(stage);
    if (base === undefined) throw new Error(stage);
    const wrong: unknown[] = [];
    for (const login of ACTORS) {
      if ((await by(login).get(`/api/findings/${base.id}/offers`)).status === 404) continue;
      const { tag, offers } = await offersOf(login, base.id);
      const asked = offers.map(async ({ command, legId, allowed, refusal }) => {
        // Told by the same guard for every stage: asked once.
        if (refusal?.code === 'forbidden' && stage !== 'passed') return;
        const on = allowed ? await copyOf(base) : base;
        const { status, body } = await sendCommand(by(login), command, { ...on, leg: legId ?? 'T', seen: tag, login, other });
        const got = status < 300 ? (body['changed'] === true ? 'allowed' : 'nothing-to-do') : body['code'];
        const said = allowed ? 'allowed' : refusal?.code;
        if (got !== said) wrong.push({ login, command, legId, said, got, status });
      });
      await Promise.all(asked);
    }
    expect(wrong).toStrictEqual([]);
  });

  it('shows avoidance instead of the review, the verification and the clearance, and waits for nobody who must avoid (R9)', async () => {
    const reasons = async (stage: Stage, login: Login, ...commands: readonly OfferedCommand[]): Promise<readonly unknown[]> => {
      const { offers } = await offersOf(login, bases.get(stage)?.id ?? '');
      return offers.flatMap(({ command, refusal }) => (commands.includes(command) ? [refusal?.code ?? 'allowed'] : []));
    };
    expect(await reasons('submitted', 'office-head', 'PassLeg', 'SendLegBack')).toStrictEqual(Array(4).fill('avoidance'));
    expect(await reasons('passed', 'office-head', 'VerifyFinding')).toStrictEqual(['avoidance']);
    expect(await reasons('verified', 'office-head', 'ClearFinding')).toStrictEqual(['avoidance']);
    expect(await reasons('verified', 'office', 'ClearFinding')).toStrictEqual(['allowed']);
    await product.settle();
    type Mine = Readonly<{ mine: readonly { work: string }[] }>;
    const mine = async (login: Login): Promise<readonly string[]> =>
      ok(await by(login).get<Mine>(`/api/findings/${bases.get('verified')?.id ?? ''}`)).body.mine.map(({ work }) => work);
    expect([await mine('office'), await mine('office-head')]).toStrictEqual([['clear'], []]);
  });

  it('is not told to who may not see the finding', async () => {
    const stranger = await product.as('jiudian-clerk');
    expect((await stranger.get(`/api/findings/${bases.get('transferred')?.id ?? ''}/offers`)).status).toBe(404);
    expect((await by('admin').get(`/api/findings/${bases.get('transferred')?.id ?? ''}/offers`)).status).toBe(403);
  });
});
