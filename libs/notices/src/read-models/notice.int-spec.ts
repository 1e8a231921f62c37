import type { RecordedEvent } from '@app/event-store';
import { contentHash } from '@app/documents';
import { instant, localDate, seededRandom, type EvidenceId, type FindingId, type LegId, type UnitId } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { EVENT_METADATA, freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { documentOf } from '../document/notice-document';
import type { NoticeEvent } from '../domain/notice.events';
import { DELIVERY_WAYS, NOTICE_KINDS, type NoticeId } from '../domain/notice.types';
import { actOf, actor, AT, noticeOf, OFFICE, referenceTo, row, second, TOWN } from '../testing/issued-notices';
import { noticeProjection } from './notice.projection';
import { NoticeQueries } from './notice.queries';

const act = actOf(actor(OFFICE, 'office'));
const unitId = TOWN;
const NOW = instant('2020-07-06T03:00:00.000Z');
const EVERYTHING = { units: null };

describe('Notices as they are read', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let queries: NoticeQueries;
  let position: bigint;
  const revisions = new Map<string, bigint>();
  beforeEach(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    queries = new NoticeQueries(dataSource);
    position = 0n;
    revisions.clear();
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  const tell = (id: string, ...events: readonly NoticeEvent[]): Promise<void> => {
    const recorded = events.map(({ type, data }): RecordedEvent => {
      position += 1n;
      const revision = (revisions.get(id) ?? -1n) + 1n;
      revisions.set(id, revision);
      return { id: `e${String(position)}`, stream: `notice-${id}`, revision, position, version: 1, metadata: EVENT_METADATA, type, data };
    });
    return dataSource.transaction((tx) => noticeProjection.apply(recorded, tx));
  };
  const issue = (id: string, kind: (typeof NOTICE_KINDS)[number], over: Parameters<typeof noticeOf>[1] = {}): Promise<void> =>
    tell(id, {
      type: 'NoticeIssued',
      data: { ...act, ...noticeOf(kind, { noticeId: id as NoticeId, number: `文〔2020〕${id}号`, opaque: `opaque-${id}`, ...over }) },
    });
  const ids = async (filter: Parameters<NoticeQueries['page']>[0], now = NOW): Promise<readonly string[]> =>
    (await queries.page(filter, now, null, 10)).map(({ noticeId }) => noticeId);

  it('are listed newest first, page by page, by unit, issuer, kind, finding, signature and answer', async () => {
    const jiudian = 'jiudian' as UnitId;
    const team = 'team-1' as UnitId;
    await issue('1', 'assignment');
    await issue('2', 'rectification-notice', { issuerId: team, rows: [second] });
    await issue('3', 'assignment', { unitId: jiudian, rows: [row({ findingId: 'f-3' as FindingId })] });
    await tell('1', { type: 'NoticeSignedFor', data: { ...act, unitId } });
    await tell('2', { type: 'NoticeRefused', data: { ...act, unitId, reason: '拒不签字', witnesses: ['于海', '刘东'] } });
    await tell('3', { type: 'NoticeReplied', data: { ...act, unitId, text: '已整改。', evidence: [] } });
    expect(await ids(EVERYTHING)).toStrictEqual(['3', '2', '1']);
    const [newest] = await queries.page(EVERYTHING, NOW, null, 1);
    expect((await queries.page(EVERYTHING, NOW, newest?.position ?? null, 1)).map(({ noticeId }) => noticeId)).toStrictEqual(['2']);
    expect(await ids({ units: [TOWN] })).toStrictEqual(['2', '1']);
    expect(await ids({ units: [team] })).toStrictEqual(['2']);
    expect(await ids({ ...EVERYTHING, unit: jiudian })).toStrictEqual(['3']);
    expect(await ids({ ...EVERYTHING, kind: 'assignment' })).toStrictEqual(['3', '1']);
    expect(await ids({ ...EVERYTHING, findingId: second.findingId })).toStrictEqual(['2', '1']);
    expect(await ids({ units: [jiudian], findingId: second.findingId })).toStrictEqual([]);
    expect(await ids({ ...EVERYTHING, replied: true })).toStrictEqual(['3']);
    expect(await ids({ ...EVERYTHING, signature: 'signed' })).toStrictEqual(['1']);
    expect(await ids({ ...EVERYTHING, signature: 'refused' })).toStrictEqual(['2']);
    expect((await queries.latestOn(second.findingId, 'T' as LegId))?.noticeId).toBe('2');
    expect(await queries.latestOn(second.findingId, 'S' as LegId)).toBeNull();
  });

  it('count as signed for when a working day has gone by (R17), and not a moment before', async () => {
    await issue('1', 'assignment');
    const due = noticeOf('assignment').signDueAt;
    const signature = async (now: typeof AT): Promise<unknown> => (await queries.one('1' as NoticeId, now))?.signature;
    expect(await signature(due)).toBe('unsigned');
    const after = instant('2020-07-07T09:30:00.001Z');
    expect(await signature(after)).toBe('deemed');
    expect(await ids({ ...EVERYTHING, signature: 'deemed' }, after)).toStrictEqual(['1']);
    await tell('1', { type: 'NoticeSignedFor', data: { ...act, unitId } });
    expect(await signature(after)).toBe('signed');
  });

  it('say the same for ever, whatever happens to them later', async () => {
    const seed = Date.now() % 2 ** 31;
    const random = seededRandom(seed);
    const hashes = new Map<string, string>();
    const later = (): NoticeEvent =>
      random.pick<() => NoticeEvent>([
        () => ({ type: 'NoticeDelivered', data: { ...act, unitId, way: random.pick(DELIVERY_WAYS), deliveredAt: AT, to: '于海' } }),
        () => ({ type: 'NoticeSignedFor', data: { ...act, unitId } }),
        () => ({ type: 'NoticeRefused', data: { ...act, unitId, reason: '拒收', witnesses: ['于海', '刘东'] } }),
        () => ({ type: 'NoticeReplied', data: { ...act, unitId, text: '已整改。', evidence: ['e' as EvidenceId] } }),
        () => ({ type: 'NoticeCorrected', data: { ...act, correction: referenceTo('correction-notice') } }),
      ])();
    for (let n = 0; n < 20; n++) {
      const id = `n${String(n)}`;
      const kind = random.pick(NOTICE_KINDS);
      const over = { rows: random.chance(0.5) ? [row()] : [second, row({ dueOn: localDate('2020-08-01') })] };
      await issue(id, kind, over);
      const [first] = await queries.page(EVERYTHING, NOW, null, 1);
      expect(first?.noticeId).toBe(id);
      const issued = (await queries.one(id as NoticeId, NOW))?.issued;
      if (issued === undefined) throw new Error('not there');
      hashes.set(id, contentHash(documentOf(issued)));
      const known = random.pick([...hashes.keys()]);
      for (let events = random.below(4); events > 0; events--) await tell(known, later());
    }
    for (const [id, hash] of hashes) {
      const whole = await queries.one(id as NoticeId, NOW);
      expect({ seed, id, hash: whole === null ? null : contentHash(documentOf(whole.issued)) }).toStrictEqual({ seed, id, hash });
      expect(whole?.revision).toBe(String(revisions.get(id)));
    }
  });
});
