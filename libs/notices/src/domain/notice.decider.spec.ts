import { instant, localDate, type EvidenceId, type FileHash, type FindingId, type LegId, type UnitId } from '@app/kernel';
import { specFor } from '@app/testing';
import { actOf, actor, AT, noticeOf, OFFICE, referenceTo, TEAM, TODAY, TOWN } from '../testing/issued-notices';
import type { LegNow, NoticeCommand, NoticeWorld, PhotoNow } from './notice.commands';
import { noticeDecider } from './notice.decider';
import type { NoticeEvent } from './notice.events';
import type { NoticeKind } from './notice.types';

const given = specFor(noticeDecider);
const WORLD: NoticeWorld = { succession: { 'old-town': TOWN }, managingOffice: OFFICE };
const office = actor(OFFICE, 'office');
const officeHead = actor(OFFICE, 'office', 'office-head');
const teamHead = actor(TEAM, 'inspector', 'team-head');
const town = actor(TOWN, 'clerk');
const stranger = actor('jiudian' as UnitId, 'clerk');
const ladder = actor(OFFICE, 'system');

const onLeg = (over: Partial<NonNullable<LegNow['leg']>> = {}, n = '1'): LegNow => ({
  findingId: `f-${n}` as FindingId,
  legId: 'T' as LegId,
  number: `QL-2020-00000${n}`,
  teamId: TEAM,
  leg: { unitId: TOWN, duty: 'acts', passed: false, ...over },
});
const legs = [onLeg(), onLeg({}, '2')];
const issue = (
  kind: NoticeKind,
  by = office,
  over: Parameters<typeof noticeOf>[1] = {},
  on = legs,
  photos: readonly PhotoNow[] = [],
): NoticeCommand => ({
  type: 'IssueNotice',
  data: { issued: noticeOf(kind, over), legs: on, photos },
  by,
  at: AT,
  on: TODAY,
  world: WORLD,
});
type Later = Exclude<NoticeCommand, { type: 'IssueNotice' }>;
const later = (command: Pick<Later, 'type' | 'data'>, by = office, at = AT): NoticeCommand =>
  ({ ...command, by, at, on: TODAY, world: WORLD }) as NoticeCommand;
const issuedBy = (
  by = office,
  kind: NoticeKind = 'rectification-notice',
  over: Parameters<typeof noticeOf>[1] = {},
): readonly NoticeEvent[] => [
  { type: 'NoticeIssued', data: { ...actOf(by), ...noticeOf(kind, over) } },
  { type: 'NoticeDelivered', data: { ...actOf(by), unitId: TOWN, way: 'in-system', deliveredAt: AT, to: '大泽山镇' } },
];
const there = given(...issuedBy());

describe('Issuing a notice', () => {
  it('delivers it at once in the system (R17)', () => {
    given()
      .when(issue('rectification-notice'))
      .then(...issuedBy());
  });

  it('is the office’s, and a team head’s for a 限期整改通知单 on findings of the own team', () => {
    given()
      .when(issue('rectification-notice', teamHead))
      .then(...issuedBy(teamHead));
    given().when(issue('assignment', teamHead)).thenRejects('notice-not-yours');
    given()
      .when(issue('rectification-notice', teamHead, {}, [{ ...onLeg(), teamId: 'team-2' as UnitId }]))
      .thenRejects('notice-finding-not-found');
    given().when(issue('rectification-notice', town)).thenRejects('notice-not-yours');
    given()
      .when(issue('assignment', actor(TOWN, 'office')))
      .thenRejects('notice-not-yours');
  });

  it('is the ladder’s alone for 催办通知 and 督办函, whatever became of the leg since', () => {
    for (const kind of ['urging-notice', 'supervision-letter'] as const) {
      given().when(issue(kind, officeHead)).thenRejects('notice-not-yours');
      given()
        .when(issue(kind, ladder, {}, [{ ...onLeg(), leg: null }]))
        .then(...issuedBy(ladder, kind));
    }
  });

  it('is the head of the office’s for a correction, which needs words and no finding', () => {
    const over = { corrects: referenceTo('rectification-notice'), text: '期限更正为7月30日。', rows: [] };
    given()
      .when(issue('correction-notice', office, over))
      .thenRejects('notice-not-yours');
    given()
      .when(issue('correction-notice', officeHead, over, []))
      .then(...issuedBy(officeHead, 'correction-notice', over));
    given()
      .when(issue('correction-notice', officeHead, { ...over, text: ' ' }, []))
      .thenRejects('notice-text-required');
  });

  it('is refused for legs that are not delivered, of another unit or passed: it documents clocks and starts none', () => {
    const refused = (leg: LegNow['leg'], code: string): void =>
      given()
        .when(issue('assignment', office, {}, [{ ...onLeg(), leg }]))
        .thenRejects(code);
    refused(null, 'notice-leg-not-delivered');
    refused({ unitId: 'jiudian' as UnitId, duty: 'acts', passed: false }, 'notice-leg-of-another-unit');
    refused({ unitId: TOWN, duty: 'acts', passed: true }, 'notice-leg-passed');
    given()
      .when(issue('assignment', office, {}, []))
      .thenRejects('notice-findings-required');
    given()
      .when(issue('assignment', office, {}, [onLeg(), onLeg()]))
      .thenRejects('notice-finding-twice');
  });

  it('goes to the successor of a unit that was merged (R14)', () => {
    given()
      .when(issue('assignment', office, {}, [onLeg({ unitId: 'old-town' as UnitId })]))
      .then(...issuedBy(office, 'assignment'));
  });

  it('asks no rectification of a unit that only guides (R2)', () => {
    const guiding = [onLeg({ duty: 'guides' })];
    given()
      .when(issue('rectification-notice', office, {}, guiding))
      .thenRejects('notice-leg-guides');
    given()
      .when(issue('assignment', office, {}, guiding))
      .then(...issuedBy(office, 'assignment'));
  });

  it('needs two different inspectors on a 限期整改通知单, and days that fit together', () => {
    const inspection = { from: TODAY, to: TODAY, team: '督查一组', manner: '实地查看', inspectors: ['督查员甲', '督查员甲'] };
    given()
      .when(issue('rectification-notice', office, { inspection }))
      .thenRejects('notice-inspectors-required');
    const both = { ...inspection, inspectors: ['督查员甲', '督查员乙'] };
    given()
      .when(issue('rectification-notice', office, { inspection: { ...both, from: localDate('2020-07-07'), to: localDate('2020-07-07') } }))
      .thenRejects('notice-days-invalid');
    given()
      .when(issue('assignment', office, { feedbackBy: localDate('2020-07-05') }))
      .thenRejects('notice-feedback-day-invalid');
  });

  it('carries up to twenty-four photos of its findings, JPEG or PNG, from before or after, and none that only named handlers may see', () => {
    const file = { hash: 'a'.repeat(64) as FileHash, phase: 'before', mediaType: 'image/jpeg', sensitive: false };
    const photo = (n: number, over: Partial<typeof file> = {}): PhotoNow => ({
      findingId: 'f-1' as FindingId,
      evidenceId: `e-${String(n)}` as EvidenceId,
      number: 'QL-2020-000001',
      place: '大泽山镇北树园村',
      file: { ...file, ...over },
    });
    const many = Array.from({ length: 25 }, (_, n) => photo(n));
    const annexed = {
      photos: [{ findingId: 'f-1' as FindingId, evidenceId: 'e-1' as EvidenceId, hash: file.hash, printed: file.hash, caption: '整改前' }],
    };
    given()
      .when(issue('assignment', office, annexed, legs, many.slice(1)))
      .then(...issuedBy(office, 'assignment', annexed));
    const refused = (photos: readonly PhotoNow[], code: string): void =>
      given()
        .when(issue('assignment', office, {}, legs, photos))
        .thenRejects(code);
    refused(many, 'notice-photos-invalid');
    refused([{ ...photo(1), file: null }], 'notice-evidence-invalid');
    refused([photo(1, { mediaType: 'image/webp' })], 'notice-photo-unsupported');
    refused([photo(1, { phase: 'document' })], 'notice-photo-unsupported');
    refused([photo(1, { sensitive: true })], 'notice-photo-sensitive');
  });

  it('happens once', () => {
    there.when(issue('rectification-notice')).thenRejects('notice-already-issued');
  });
});

describe('An issued notice', () => {
  const deliver = (over: object = {}, by = office, at = instant('2020-07-07T02:00:00.000Z')): NoticeCommand =>
    later({ type: 'DeliverNotice', data: { way: 'by-hand', deliveredAt: AT, to: ' 于海 ', ...over } }, by, at);
  const signed: NoticeEvent = { type: 'NoticeSignedFor', data: { ...actOf(town), unitId: TOWN } };

  it('is handed over by who issued it or the office, once per way and time, neither before it was issued nor in the future', () => {
    const at = instant('2020-07-07T02:00:00.000Z');
    const delivered: NoticeEvent = {
      type: 'NoticeDelivered',
      data: { ...actOf(office), at, unitId: TOWN, way: 'by-hand', deliveredAt: AT, to: '于海' },
    };
    there.when(deliver()).then(delivered);
    given(...issuedBy(), delivered)
      .when(deliver())
      .thenNothing();
    there.when(deliver({ to: ' ' })).thenRejects('notice-recipient-required');
    there.when(deliver({ deliveredAt: instant('2020-07-06T01:59:59.000Z') })).thenRejects('notice-delivery-time-invalid');
    there.when(deliver({ deliveredAt: instant('2020-07-08T02:00:00.000Z') })).thenRejects('notice-delivery-time-invalid');
    there.when(deliver({}, town)).thenRejects('notice-not-yours');
    there.when(deliver({}, teamHead)).thenRejects('notice-not-yours');
    given(...issuedBy(teamHead, 'rectification-notice', { issuerId: TEAM }))
      .when(deliver({}, teamHead))
      .then({ ...delivered, data: { ...delivered.data, by: actOf(teamHead).by } });
    given().when(deliver()).thenRejects('notice-not-found');
  });

  it('is signed for by any receiving post of its unit, once', () => {
    const sign = (by = town): NoticeCommand => later({ type: 'SignForNotice', data: {} }, by);
    there.when(sign()).then(signed);
    given(...issuedBy(), signed)
      .when(sign())
      .thenNothing();
    there.when(sign(stranger)).thenRejects('notice-not-yours');
    there.when(sign(actor(TOWN, 'auditor'))).thenRejects('notice-not-yours');
  });

  it('is refused before two witnesses, unless it was signed for', () => {
    const refuse = (over: object = {}, by = office): NoticeCommand =>
      later({ type: 'RefuseNotice', data: { reason: '拒不签字', witnesses: ['于海', '刘东'], ...over } }, by);
    const refused: NoticeEvent = {
      type: 'NoticeRefused',
      data: { ...actOf(office), unitId: TOWN, reason: '拒不签字', witnesses: ['于海', '刘东'] },
    };
    there.when(refuse()).then(refused);
    given(...issuedBy(), refused)
      .when(refuse())
      .thenNothing();
    there.when(refuse({ reason: '' })).thenRejects('notice-reason-required');
    there.when(refuse({ witnesses: ['于海', ' 于海 '] })).thenRejects('notice-witnesses-required');
    there.when(refuse({}, town)).thenRejects('notice-not-yours');
    given(...issuedBy(), signed)
      .when(refuse())
      .thenRejects('notice-signed');
    given(...issuedBy(), refused)
      .when(later({ type: 'SignForNotice', data: {} }, town))
      .then(signed);
  });

  it('is answered by its unit, which has received it then, with evidence of its own findings, each answer once', () => {
    const photo = 'e-1' as EvidenceId;
    const reply = (over: object = {}, by = town): NoticeCommand =>
      later({ type: 'ReplyToNotice', data: { text: ' 已整改。 ', evidence: [photo], known: [photo], ...over } }, by);
    const replied: NoticeEvent = { type: 'NoticeReplied', data: { ...actOf(town), unitId: TOWN, text: '已整改。', evidence: [photo] } };
    there.when(reply()).then(signed, replied);
    given(...issuedBy(), signed)
      .when(reply())
      .then(replied);
    given(...issuedBy(), signed, replied)
      .when(reply())
      .thenNothing();
    there.when(reply({ text: ' ' })).thenRejects('notice-text-required');
    there.when(reply({ known: [] })).thenRejects('notice-evidence-invalid');
    there.when(reply({}, stranger)).thenRejects('notice-not-yours');
  });

  it('says by which notice it was corrected, once, and is told so by nobody but the product', () => {
    const correction = referenceTo('correction-notice');
    const refer = (by = ladder): NoticeCommand => later({ type: 'ReferToCorrection', data: { correction } }, by);
    const corrected: NoticeEvent = { type: 'NoticeCorrected', data: { ...actOf(ladder), correction } };
    there.when(refer()).then(corrected);
    given(...issuedBy(), corrected)
      .when(refer())
      .thenNothing();
    there.when(refer(officeHead)).thenRejects('notice-not-yours');
  });
});
