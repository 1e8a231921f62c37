import { CODEC } from '@app/core';
import { ESCALATION_PROJECTIONS, LadderSweep } from '@app/escalation';
import { EventStore } from '@app/event-store';
import { DeadlineCommands } from '@app/findings';
import type { FindingId, Instant } from '@app/kernel';
import { compareWithRebuild } from '@app/read-store';
import { DataSource } from 'typeorm';
import type { Answer, Client } from '../support/client';
import { PASSWORD, type Login } from '../support/county';
import { CountyWork, ok } from '../support/county-work';
import { START, startProduct, type Product } from '../support/product';

type Named = { id: string; name: string };
type Rung = Record<string, unknown> & {
  rung: string;
  state: string;
  dueAt: string;
  draft: string;
  proposedReplyBy: string | null;
  addressees: readonly { kind: string; unit: Named; person: Named | null }[];
  may: { decide: boolean; answer: boolean; record: boolean };
};
type Page = { rungs: readonly Rung[]; next: string | null };
type Ladder = {
  ladders: readonly (Record<string, unknown> & { steps: readonly Record<string, unknown>[]; next: Record<string, unknown> | null })[];
  rungs: readonly Rung[];
};
const codeOf = ({ status, body }: Answer): unknown => [status, body['code']];

/** Delivered on Monday, 6 July 2020: fifteen working days are up on the 27th. */
const DUE = '2020-07-27T09:30:00.000Z' as Instant;

describe('The ladder, over HTTP', () => {
  let product: Product;
  let work: CountyWork;
  let finding: string;
  beforeAll(async () => {
    product = await startProduct();
    work = new CountyWork(product);
    finding = await work.handToTown(await work.file());
  });
  afterAll(() => product?.close());

  /** Sessions end sooner than ladders climb: whoever acts at another time signs in again. */
  const signedIn = new Map<Login, string>();
  const as = async (login: Login): Promise<Client> => {
    const client = await product.as(login);
    const now = product.clock.now();
    if ((signedIn.get(login) ?? START) !== now) await client.signIn(login, PASSWORD);
    signedIn.set(login, now);
    return client;
  };

  /** Turns the clock, lets the due time pass if it has, and looks at the ladders until nothing more is reached. */
  const at = async (time: string): Promise<number> => {
    product.clock.set(time);
    await product.app.get(DeadlineCommands, { strict: false }).reach(finding as FindingId, 'rectify/T', DUE, 0);
    let proposed = 0;
    for (;;) {
      await product.settle();
      const more = await product.app.get(LadderSweep, { strict: false }).sweep();
      if (more === 0) return proposed;
      proposed += more;
    }
  };
  const rungs = async (login: Login, query = ''): Promise<readonly Rung[]> =>
    ok(await (await as(login)).get<Page>(`/api/escalation/rungs${query}`)).rungs;
  const ladder = async (login: Login): Promise<Ladder> => ok(await (await as(login)).get<Ladder>(`/api/findings/${finding}/ladder`));
  const put = async (login: Login, path: string, body: object): Promise<Answer> =>
    (await as(login)).put(`/api/findings/${finding}/legs/T/${path}`, { dueAt: DUE, ...body });
  const states = (all: readonly Rung[]): readonly string[] => all.map(({ rung, state }) => `${rung} ${state}`);

  it('begins with the due time: the next working day an urging is proposed to the office, once', async () => {
    expect(await at('2020-07-27T09:29:00Z')).toBe(0);
    expect(await at('2020-07-27T09:30:00Z')).toBe(0);
    expect((await ladder('office')).ladders).toMatchObject([
      {
        legId: 'T',
        unit: { id: 'dazeshan', name: '大泽山镇' },
        dueAt: DUE,
        dueOn: '2020-07-27',
        halted: null,
        next: { step: 'urging', on: '2020-07-28' },
      },
    ]);
    expect(await at('2020-07-27T16:00:00Z')).toBe(1);
    expect(await at('2020-07-28T01:00:00Z')).toBe(0);
    const [proposal] = await rungs('office', '?mine=true');
    expect(proposal).toMatchObject({
      rung: 'urging',
      state: 'proposed',
      number: 'QL-2020-000001',
      overdueDays: 1,
      ruleId: 'urging',
      ruleVersion: 1,
    });
    expect(proposal?.addressees.map(({ kind, unit, person }) => [kind, unit.name, person?.name])).toStrictEqual([
      ['unit', '大泽山镇', undefined],
      ['unit-head', '大泽山镇', '大泽山镇长'],
    ]);
    expect(proposal?.may).toStrictEqual({ decide: true, answer: false, record: false });
  });

  it('shows a proposal to the office and the leader of the town, and to the unit only what was issued', async () => {
    expect(states(await rungs('office-head'))).toStrictEqual(['urging proposed']);
    expect(states(await rungs('leader-dazeshan'))).toStrictEqual(['urging proposed']);
    expect(states(await rungs('auditor'))).toStrictEqual(['urging proposed']);
    expect(await rungs('dazeshan-clerk')).toStrictEqual([]);
    expect((await ladder('dazeshan-clerk')).ladders[0]?.next).toBe(null);
    expect(await rungs('jiudian-clerk')).toStrictEqual([]);
    expect(codeOf(await (await as('jiudian-clerk')).get(`/api/findings/${finding}/ladder`))).toStrictEqual([404, 'not-found']);
    expect(await rungs('leader-dazeshan', '?mine=true')).toStrictEqual([]);
  });

  it('issues it by a person of the office, changed or as proposed, and the machine never does', async () => {
    expect(codeOf(await put('leader-dazeshan', 'rungs/urging/issue', {}))).toStrictEqual([403, 'rung-not-yours']);
    expect(codeOf(await put('dazeshan-clerk', 'rungs/urging/issue', {}))).toStrictEqual([403, 'forbidden']);
    expect(codeOf(await put('office', 'rungs/interview/issue', {}))).toStrictEqual([404, 'rung-not-found']);
    expect(ok(await put('office', 'rungs/urging/issue', { text: '请于周五前报送进展', replyBy: '2020-07-31' }))).toMatchObject({
      changed: true,
    });
    expect(codeOf(await put('office', 'rungs/urging/issue', {}))).toStrictEqual([409, 'rung-decided']);
    await product.settle();
    const [issued] = await rungs('dazeshan-clerk');
    expect(issued).toMatchObject({
      rung: 'urging',
      state: 'issued',
      text: '请于周五前报送进展',
      replyBy: '2020-07-31',
      changed: true,
      decidedBy: { name: '督查办科员' },
      may: { decide: false, answer: true, record: false },
    });
  });

  it('is answered by the unit, so that the office sees what is unanswered', async () => {
    expect(await rungs('office', '?unanswered=true')).toHaveLength(1);
    ok(await put('dazeshan-clerk', 'rungs/urging/answer', { text: '已进场施工，8月10日前完成' }));
    await product.settle();
    expect(await rungs('office', '?unanswered=true')).toStrictEqual([]);
    expect((await rungs('office', '?rung=urging'))[0]).toMatchObject({ answer: '已进场施工，8月10日前完成', answerLate: false });
  });

  it('climbs by the rules: the letter on the seventh working day, interview and listing on the fifteenth', async () => {
    expect(await at('2020-08-05T12:00:00Z')).toBe(1);
    const [letter] = await rungs('office-head', '?mine=true');
    expect([letter?.rung, letter?.proposedReplyBy, letter?.addressees.map(({ kind, person }) => [kind, person?.name])]).toStrictEqual([
      'supervision-letter',
      '2020-08-12',
      [
        ['unit-head', '大泽山镇长'],
        ['leader', '包镇领导'],
      ],
    ]);
    expect(codeOf(await put('office', 'rungs/supervision-letter/issue', {}))).toStrictEqual([403, 'rung-not-yours']);
    ok(await put('office-head', 'rungs/supervision-letter/issue', {}));
    await product.settle();
    expect((await rungs('office', '?rung=supervision-letter'))[0]).toMatchObject({
      text: letter?.draft,
      replyBy: '2020-08-12',
      changed: false,
    });
    expect(await at('2020-08-17T01:00:00Z')).toBe(2);
    expect(states(await rungs('leader-dazeshan', '?mine=true'))).toStrictEqual(['listing proposed', 'interview proposed']);
  });

  it('lets a leader decline with a reason or ask for an interview, of which a record is kept', async () => {
    expect(codeOf(await put('leader-dazeshan', 'rungs/listing/decline', { reason: ' ' }))).toStrictEqual([400, 'invalid']);
    ok(await put('leader-dazeshan', 'rungs/listing/decline', { reason: '镇里已列入专班' }));
    ok(await put('leader-dazeshan', 'rungs/interview/issue', {}));
    const record = {
      metOn: '2020-08-17',
      heldBy: ['p-leader-dazeshan'],
      met: ['p-dazeshan-head'],
      agreed: '8月底前完成',
      nextOn: '2020-08-31',
    };
    ok(await put('office', 'interview', record));
    expect(codeOf(await put('office', 'interview', record))).toStrictEqual([409, 'interview-recorded']);
    await product.settle();
    expect((await rungs('dazeshan-head', '?rung=interview'))[0]?.['interview']).toMatchObject({
      metOn: '2020-08-17',
      heldBy: [{ name: '包镇领导' }],
      met: [{ name: '大泽山镇长' }],
      agreed: '8月底前完成',
      nextOn: '2020-08-31',
    });
    expect(await at('2020-08-18T01:00:00Z')).toBe(0);
    const shown = await ladder('office');
    expect(shown.ladders[0]?.steps.map(({ step, reachedOn }) => [step, reachedOn])).toStrictEqual([
      ['urging', '2020-07-28'],
      ['warning', '2020-07-30'],
      ['supervision-letter', '2020-08-05'],
      ['interview', '2020-08-17'],
      ['listing', '2020-08-17'],
    ]);
  });

  it('stands while the work is under review, and has no ground left once it is handed in', async () => {
    await Promise.all((['inspector', 'office', 'dazeshan-clerk', 'dazeshan-deputy'] as const).map(as));
    const other = await work.handToTown(await work.file({ text: '院墙未修。' }));
    const due = '2020-09-08T09:30:00.000Z' as Instant;
    product.clock.set('2020-09-09T01:00:00Z');
    await product.app.get(DeadlineCommands, { strict: false }).reach(other as FindingId, 'rectify/T', due, 0);
    await product.settle();
    expect(await product.app.get(LadderSweep, { strict: false }).sweep()).toBe(1);
    await Promise.all((['dazeshan-clerk', 'dazeshan-deputy'] as const).map(as));
    await work.report(other, 'T');
    await product.settle();
    expect(states(await rungs('office', `?findingId=${other}`))).toStrictEqual(['urging lapsed']);
    const office = await as('office');
    expect(codeOf(await office.put(`/api/findings/${other}/legs/T/rungs/urging/issue`, { dueAt: due }))).toStrictEqual([
      409,
      'rung-lapsed',
    ]);
    expect(await at('2020-10-20T01:00:00Z')).toBe(0);
  });

  it('has proposed every rung once, whoever looks and however the clock steps, and its rows are those of a rebuild', async () => {
    for (const time of ['2020-10-20T00:00:00Z', '2020-11-19T00:00:00Z', '2020-10-20T01:00:00Z']) {
      product.clock.set(time);
      const sweeps = [1, 2, 3].map(() => product.app.get(LadderSweep, { strict: false }).sweep());
      await Promise.all(sweeps);
      await product.settle();
    }
    const store = product.app.get(EventStore, { strict: false });
    const told = (await store.readStream(`escalation-${finding}-T`)).map(({ type, data }) =>
      `${type} ${String((data as { rung?: string }).rung ?? '')}`.trim(),
    );
    expect(told).toStrictEqual([
      'LadderStarted',
      'RungProposed urging',
      'RungIssued urging',
      'RungAnswered urging',
      'RungProposed supervision-letter',
      'RungIssued supervision-letter',
      'RungProposed interview',
      'RungProposed listing',
      'RungDeclined listing',
      'RungIssued interview',
      'InterviewRecorded interview',
    ]);
    const dataSource = product.app.get(DataSource, { strict: false });
    const compared = await compareWithRebuild({ store, dataSource, codec: CODEC, projections: ESCALATION_PROJECTIONS });
    expect(compared.map(({ table, rows, onlyLive, onlyRebuilt }) => [table, rows, onlyLive, onlyRebuilt])).toStrictEqual([
      ['ladder_clock', 2, [], []],
      ['ladder_rung', 5, [], []],
      ['ladder_rule', 0, [], []],
    ]);
  });

  it('follows rules that an administrator sets, from tomorrow at the earliest', async () => {
    const admin = await as('admin');
    const rule = {
      step: 'urging',
      days: 2,
      addressees: ['unit'],
      scope: { seriousness: 'ordinary' },
      from: '2020-10-20',
      reason: '会议纪要',
    };
    expect(codeOf(await admin.put('/api/admin/ladder-rules/urging-ordinary', rule))).toStrictEqual([409, 'ladder-rule-starts-too-early']);
    ok(await admin.put('/api/admin/ladder-rules/urging-ordinary', { ...rule, from: '2020-10-21' }));
    ok(await admin.put('/api/admin/ladder-rules/listing/end', { to: '2020-10-31', reason: '另行规定' }));
    await product.settle();
    const { versions } = ok(await admin.get<{ versions: readonly Record<string, unknown>[] }>('/api/escalation/rules'));
    expect(versions.map(({ id, version, days, from, to }) => [id, version, days, from, to])).toStrictEqual([
      ['urging', 1, 1, '2000-01-01', null],
      ['warning', 1, 3, '2000-01-01', null],
      ['supervision-letter', 1, 7, '2000-01-01', null],
      ['interview', 1, 15, '2000-01-01', null],
      ['listing', 1, 15, '2000-01-01', '2020-10-31'],
      ['urging-ordinary', 1, 2, '2020-10-21', null],
    ]);
    expect(
      codeOf(await (await as('office-head')).put('/api/admin/ladder-rules/urging/end', { to: '2020-10-31', reason: '不再催办' })),
    ).toStrictEqual([403, 'forbidden']);
  });
});
