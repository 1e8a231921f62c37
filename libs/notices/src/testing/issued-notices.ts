import { instant, localDate, type Act, type Actor, type FindingId, type LegId, type PersonId, type Role, type UnitId } from '@app/kernel';
import type { NoticeIssued } from '../domain/notice.events';
import { NUMBER_PREFIXES, type NoticeId, type NoticeKind, type NoticeReference, type NoticeRow } from '../domain/notice.types';

/** People and notices of a small county, for tests. */
export const AT = instant('2020-07-06T02:00:00.000Z');
export const TODAY = localDate('2020-07-06');
export const OFFICE = 'office' as UnitId;
export const TEAM = 'team-1' as UnitId;
export const TOWN = 'dazeshan' as UnitId;

export const actor = (unit: UnitId, ...roles: readonly Role[]): Actor => ({
  personId: `p-${unit}` as PersonId,
  unitId: unit,
  postId: null,
  roles,
  inPlaceOf: null,
  ownUnits: [unit],
});
export const actOf = ({ roles: _, ...by }: Actor): Act => ({ at: AT, on: TODAY, by });

export const row = (over: Partial<NoticeRow> = {}): NoticeRow => ({
  findingId: 'f-1' as FindingId,
  number: 'QL-2020-000001',
  legId: 'T' as LegId,
  object: '周**',
  place: '大泽山镇北树园村',
  problem: '房屋鉴定为 C 级，尚未改造。',
  basis: '《农村危房改造管理办法》第八条',
  requirement: '完成危房改造并组织验收。',
  rectification: 'time-limited',
  dueAt: instant('2020-07-27T09:30:00.000Z'),
  dueOn: localDate('2020-07-27'),
  term: '15个工作日',
  derivation: ['2020年7月6日 09:00 送达，从2020年7月6日起算', '按规则 rectify 第1版，15 个工作日', '期限：2020年7月27日 17:30'],
  objectionBy: localDate('2020-07-08'),
  ...over,
});
export const second = row({
  findingId: 'f-2' as FindingId,
  number: 'QL-2020-000002',
  object: '北树园村',
  problem: '档案不全。',
  basis: null,
  requirement: '按户补齐档案。',
  rectification: 'immediate',
  dueAt: instant('2020-07-13T09:30:00.000Z'),
  dueOn: localDate('2020-07-13'),
  term: null,
  derivation: [],
  objectionBy: localDate('2020-07-09'),
});

type Issued = Omit<NoticeIssued['data'], 'at' | 'on' | 'by'>;
export const noticeOf = (kind: NoticeKind, over: Partial<Issued> = {}): Issued => ({
  noticeId: `n-${kind}` as NoticeId,
  kind,
  number: `${NUMBER_PREFIXES[kind]}〔2020〕0001号`,
  issuedOn: TODAY,
  unitId: TOWN,
  unitName: '大泽山镇',
  issuerId: OFFICE,
  issuerName: '市督查办',
  signer: '督查办主任',
  copies: [],
  rows: [row(), second],
  text: null,
  inspection:
    kind === 'rectification-notice'
      ? { from: localDate('2020-07-02'), to: TODAY, team: '督查一组', manner: '进村入户', inspectors: ['督查员甲', '督查员乙'] }
      : null,
  feedbackBy: localDate('2020-07-27'),
  feedback: null,
  recheck: null,
  corrects: null,
  follows: null,
  signDueAt: instant('2020-07-07T09:30:00.000Z'),
  templateVersion: 1,
  opaque: '0123456789abcdef0123456789abcdef',
  address: '/n/0123456789abcdef0123456789abcdef?h=00112233445566778899aabbccddeeff',
  contentHash: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
  rung: null,
  ...over,
});
export const referenceTo = (kind: NoticeKind): NoticeReference => {
  const { noticeId, number, issuedOn } = noticeOf(kind);
  return { noticeId, kind, number, issuedOn };
};
