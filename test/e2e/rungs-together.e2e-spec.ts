import { ESCALATION_POLICIES, LadderSweep } from '@app/escalation';
import { EventStore, StoreUnavailable } from '@app/event-store';
import { DeadlineCommands } from '@app/findings';
import type { FindingId, Instant } from '@app/kernel';
import { byAppendAlone } from '../support/by-append-alone';
import type { Answer, Client } from '../support/client';
import { PASSWORD, type Login } from '../support/county';
import { CountyWork, ok } from '../support/county-work';
import { startProduct, type Product } from '../support/product';

/** Delivered on Monday, 6 July 2020: fifteen working days are up on the 27th. */
const DUE = '2020-07-27T09:30:00.000Z' as Instant;
const NOBODYS = '7b1c9f0e-1111-4222-8333-444455556666';
type Written = { issued: number; position: string; rungs: readonly { findingId: string; refusal: { code: string } | null }[] };
type Notice = { noticeId: string; kind: string; number: string; findings: number };

describe('Several rungs of one unit, issued together', () => {
  let product: Product;
  let findings: readonly string[] = [];
  let elsewhere = '';
  beforeAll(async () => {
    product = await startProduct();
    const work = new CountyWork(product);
    const texts = ['屋顶漏雨。', '院墙未修。', '灶台未修。', '门窗破损。', '水管冻裂。'];
    findings = await Promise.all(texts.map(async (text) => work.handToTown(await work.file({ text }))));
    elsewhere = await work.file({ text: '厕所未修。', place: { townId: 'jiudian', villageId: null, text: '村东头' } });
    const office = await product.as('office');
    const legs = [{ legId: 'T', unitId: 'jiudian', line: 'territorial', duty: 'acts', leads: true }];
    ok(await office.put(`/api/findings/${elsewhere}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
    ok(await office.put(`/api/findings/${elsewhere}/transfer`, { legs, singleLegBecause: '镇里的事', overruledBecause: '镇里的事' }));
    product.clock.set('2020-07-28T01:00:00Z');
    for (const id of [...findings, elsewhere]) {
      await product.app.get(DeadlineCommands, { strict: false }).reach(id as FindingId, 'rectify/T', DUE, 0);
    }
    await product.settle();
    expect(await product.app.get(LadderSweep, { strict: false }).sweep()).toBe(6);
    await product.settle();
  });
  afterAll(() => product?.close());

  const as = async (login: Login): Promise<Client> => {
    const client = await product.as(login);
    await client.signIn(login, PASSWORD);
    return client;
  };
  const of = (...ids: readonly string[]) => ids.map((findingId) => ({ findingId, legId: 'T', dueAt: DUE }));
  const issue = async (login: Login, body: object): Promise<Answer<Written>> =>
    (await as(login)).post<Written>('/api/escalation/rungs/issue', { rung: 'urging', unitId: 'dazeshan', replyBy: '2020-08-03', ...body });
  const urgings = async (): Promise<readonly Notice[]> => {
    await product.settle();
    return ok(await (await as('office')).get<{ notices: readonly Notice[] }>('/api/notices?kind=urging-notice')).notices;
  };

  it('go out as one notice, and each one that cannot is refused for itself', async () => {
    const [roof = '', wall = '', stove = ''] = findings;
    ok(await (await as('office')).put(`/api/findings/${stove}/legs/T/rungs/urging/decline`, { dueAt: DUE, reason: '今天报完成' }));
    const answer = ok(await issue('office', { rungs: of(roof, wall, stove, elsewhere, NOBODYS), text: '请逐项说明。' }));
    expect([answer.issued, answer.rungs.map(({ findingId, refusal }) => [findingId, refusal?.code ?? null])]).toStrictEqual([
      2,
      [
        [roof, null],
        [wall, null],
        [stove, 'rung-decided'],
        [elsewhere, 'rung-of-another-unit'],
        [NOBODYS, 'rung-not-found'],
      ],
    ]);
    const [notice, ...more] = await urgings();
    expect(more).toStrictEqual([]);
    expect(notice).toMatchObject({ findings: 2, number: '催办〔2020〕0001号' });
    const { content } = ok(
      await (
        await as('office')
      ).get<{ content: { text: string; feedbackBy: string; copies: string[]; rows: { findingId: string }[] } }>(
        `/api/notices/${notice?.noticeId ?? ''}`,
      ),
    );
    expect(content).toMatchObject({ text: '请逐项说明。', feedbackBy: '2020-08-03', copies: ['大泽山镇主要负责人大泽山镇长'] });
    expect(content.rows.map(({ findingId }) => findingId)).toStrictEqual([roof, wall]);
  });

  it('are refused as each alone would be: nobody else’s rung, none twice, none without a choice', async () => {
    const [, , , door = ''] = findings;
    expect((await issue('dazeshan-clerk', { rungs: of(door) })).status).toBe(403);
    expect((await issue('office', { rungs: [] })).status).toBe(400);
    expect((await issue('office', { rungs: of(door, door) })).body).toMatchObject({ code: 'rung-chosen-twice' });
    const leaders = ok(await issue('leader-dazeshan', { rungs: of(door) }));
    expect([leaders.issued, leaders.rungs[0]?.refusal?.code]).toStrictEqual([0, 'rung-not-yours']);
    expect(await urgings()).toHaveLength(1);
  });

  it('go out on one notice also where the machine broke down between two of them, and nothing twice', async () => {
    const [, , , door = '', pipe = ''] = findings;
    const store = byAppendAlone(product.app.get(EventStore, { strict: false }));
    const append = store.append.bind(store);
    const breaking = jest.spyOn(store, 'append').mockImplementation((stream, ...rest) => {
      if (stream !== `escalation-${pipe}-T`) return append(stream, ...rest);
      breaking.mockRestore();
      return Promise.reject(new StoreUnavailable('cut'));
    });
    expect((await issue('office', { rungs: of(door, pipe) })).status).toBe(503);
    const [notice, ...more] = await urgings();
    expect([more.length, notice?.number, notice?.findings]).toStrictEqual([1, '催办〔2020〕0002号', 2]);
    const chosen = await store.readAll(0n, 10_000, { eventTypes: ['RungsChosen'] });
    expect(chosen).toHaveLength(3);
    for (const policy of ESCALATION_POLICIES) {
      const reacting = product.app.get(policy, { strict: false });
      for (const event of chosen) if (reacting.handles.includes(event.type)) await reacting.react(event);
    }
    expect(await urgings()).toHaveLength(2);
  });
});
