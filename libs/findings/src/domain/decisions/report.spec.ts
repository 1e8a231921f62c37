import { specFor } from '@app/testing';
import { localDate, type Actor, type EvidenceId } from '@app/kernel';
import { extendedTo } from '@app/worktime';
import { dueByRule } from '../dues';
import type { FindingCommand } from '../finding.commands';
import { evolve } from '../finding.evolve';
import type { FindingEvent } from '../finding.events';
import { absent, type FindingState } from '../finding.state';
import {
  ACTORS,
  anItem,
  at,
  aWorld,
  CALENDAR_2020,
  firstReviewed,
  GUIDING_LEG,
  happened,
  L1,
  L2,
  order,
  reported,
  someEvidence,
  submission,
  submitted,
  TOWN_LEG,
  underWork,
} from '../../testing/finding-builders';
import { firstReviewLeg, giveOpinion, reportLeg, signLeg } from './report';

const given = <C extends FindingCommand>(
  decide: (command: C, state: FindingState) => readonly FindingEvent[],
  ...past: readonly FindingEvent[]
) => specFor<FindingState, C, FindingEvent>({ initial: absent, decide, evolve })(...past);

const NOW = at('2020-07-10', '09:00');
const WORLD = aWorld();
const E1 = 'E1' as EvidenceId;
const photo = happened('EvidenceAdded', { evidence: someEvidence('E1', { legId: L1 }) }, ACTORS.townClerk, at('2020-07-09'));
const before = happened('EvidenceAdded', { evidence: someEvidence('E1', { phase: 'before' }) }, ACTORS.inspector, at('2020-07-06'));
const reportData = {
  legId: L1,
  text: '已加固',
  measures: '加固',
  effect: '达到安全标准',
  completedOn: '2020-07-09' as never,
  evidence: [E1],
};
const report = (over: Partial<typeof reportData> = {}, by: Actor = ACTORS.townClerk) =>
  order('ReportLeg', { ...reportData, ...over }, by, NOW);

describe('a unit reports its leg done', () => {
  it('with measures, effect and evidence', () =>
    given(reportLeg, ...underWork(), photo)
      .when(report())
      .then(happened('LegReported', { ...reportData, unitId: TOWN_LEG.unitId }, ACTORS.townClerk, NOW)));
  it('only by its own people', () =>
    given(reportLeg, ...underWork(), photo)
      .when(report({}, ACTORS.departmentClerk))
      .thenRejects('not-yours'));
  it('only when every item has an answer (R7)', () =>
    given(reportLeg, ...underWork({ filed: { items: [anItem('I1'), anItem('I2')] } }), photo)
      .when(report())
      .thenRejects('items-unanswered'));
  it('not without evidence, nor with pictures from before alone (R41)', () => {
    given(reportLeg, ...underWork(), photo)
      .when(report({ evidence: [] }))
      .thenRejects('evidence-required');
    given(reportLeg, ...underWork(), before)
      .when(report())
      .thenRejects('evidence-required');
  });
  it('a statement instead of a photo will do (R41)', () => {
    const statement = happened('EvidenceAdded', { evidence: someEvidence('E1', { phase: 'statement' }) }, ACTORS.townClerk, NOW);
    given(reportLeg, ...underWork(), statement)
      .when(report())
      .then(happened('LegReported', { ...reportData, unitId: TOWN_LEG.unitId }, ACTORS.townClerk, NOW));
  });
  it('not with evidence that was removed', () =>
    given(reportLeg, ...underWork(), photo, happened('EvidenceRemoved', { evidenceId: E1, reason: '传错' }, ACTORS.townClerk, NOW))
      .when(report())
      .thenRejects('evidence-not-found'));
  it('not for a day that has not come', () =>
    given(reportLeg, ...underWork(), photo)
      .when(report({ completedOn: '2020-07-11' as never }))
      .thenRejects('business-date-in-future'));
  it('never for a guiding leg (R2)', () =>
    given(reportLeg, ...underWork({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } }), photo)
      .when(report({ legId: L2 }, ACTORS.departmentClerk))
      .thenRejects('leg-guides'));
  it('a second report is quiet', () =>
    given(reportLeg, ...underWork(), photo, reported(TOWN_LEG))
      .when(report())
      .thenNothing());
});

describe('the first review inside the unit', () => {
  const review = (passed: boolean, by: Actor = ACTORS.secondTownClerk, reason: string | null = null) =>
    order('FirstReviewLeg', { legId: L1, passed, reason }, by, NOW);
  const past = [...underWork(), reported(TOWN_LEG)];
  it('is passed by someone else', () =>
    given(firstReviewLeg, ...past)
      .when(review(true))
      .then(happened('LegFirstReviewed', { legId: L1, unitId: TOWN_LEG.unitId, passed: true, reason: null }, ACTORS.secondTownClerk, NOW)));
  it('is refused with a reason', () => {
    given(firstReviewLeg, ...past)
      .when(review(false, ACTORS.secondTownClerk, '照片不清'))
      .then(
        happened(
          'LegFirstReviewed',
          { legId: L1, unitId: TOWN_LEG.unitId, passed: false, reason: '照片不清' },
          ACTORS.secondTownClerk,
          NOW,
        ),
      );
    given(firstReviewLeg, ...past)
      .when(review(false))
      .thenRejects('reason-required');
  });
  it('is not for who reported, nor for who fills in for them (R12, R13)', () => {
    given(firstReviewLeg, ...past)
      .when(review(true, ACTORS.townClerk))
      .thenRejects('reviewer-reported');
    given(firstReviewLeg, ...past)
      .when(review(true, { ...ACTORS.secondTownClerk, inPlaceOf: ACTORS.townClerk.personId }))
      .thenRejects('reviewer-reported');
  });
  it('comes after the report, and once', () => {
    given(firstReviewLeg, ...underWork())
      .when(review(true))
      .thenRejects('leg-not-open');
    given(firstReviewLeg, ...past, firstReviewed(TOWN_LEG))
      .when(review(true))
      .thenNothing();
  });
});

describe('the signature', () => {
  const sign = (
    by: Actor = ACTORS.townDeputy,
    when = NOW,
    lateEntry: { documentNumber: string; reason: string } | null = null,
    on?: string,
  ) => order('SignLeg', { legId: L1, lateEntry }, by, when, on === undefined ? {} : { on: on as never });
  const past = [...underWork(), reported(TOWN_LEG), firstReviewed(TOWN_LEG)];
  const handedIn = (over: Partial<Parameters<typeof submitted>[1]> = {}, when = NOW, by: Actor = ACTORS.townDeputy) =>
    happened(
      'LegSubmitted',
      {
        ...{ legId: L1, unitId: TOWN_LEG.unitId, onTime: true, onTimeByOriginal: true, opinionDues: [], lateEntry: null },
        reviewDue: dueByRule(WORLD, { kind: 'review' }, when),
        ...over,
      },
      by,
      when,
    );
  it('of the deputy submits an ordinary leg and starts the review clock (R19)', () =>
    given(signLeg, ...past)
      .when(sign())
      .then(handedIn()));
  it('is the head’s for serious, major and upper-level findings (R12)', () => {
    const serious = [...underWork({ accepted: { seriousness: 'serious' } }), reported(TOWN_LEG), firstReviewed(TOWN_LEG)];
    given(signLeg, ...serious)
      .when(sign())
      .thenRejects('signature-needs-head');
    given(signLeg, ...serious)
      .when(sign(ACTORS.townHead))
      .then(handedIn({}, NOW, ACTORS.townHead));
    const upper = { authority: '省', batch: '2020-1', number: '3-(2)①', due: null };
    given(signLeg, ...underWork({ filed: { upper } }), reported(TOWN_LEG), firstReviewed(TOWN_LEG))
      .when(sign())
      .thenRejects('signature-needs-head');
  });
  it('is not a clerk’s', () =>
    given(signLeg, ...past)
      .when(sign(ACTORS.townClerk))
      .thenRejects('signature-needs-deputy'));
  it('is on time by the server’s receipt up to 17:30 of the due day, and not a millisecond later (R16)', () => {
    const due = at('2020-07-28', '17:30');
    given(signLeg, ...past)
      .when(sign(ACTORS.townDeputy, due))
      .then(handedIn({}, due));
    const late = '2020-07-28T09:30:00.001Z' as never;
    given(signLeg, ...past)
      .when(sign(ACTORS.townDeputy, late))
      .then(handedIn({ onTime: false, onTimeByOriginal: false }, late));
  });
  it('after an extension that was granted too late is not on time (R35)', () => {
    const due = extendedTo(
      dueByRule(WORLD, { kind: 'rectify' }, at('2020-07-07', '09:00')),
      localDate('2020-08-10'),
      '同意',
      CALENDAR_2020,
    );
    const granted = happened('ExtensionGranted', { legId: L1, due, reason: '同意', afterDue: true }, ACTORS.office, at('2020-07-29'));
    const when = at('2020-08-05');
    given(signLeg, ...past, granted)
      .when(sign(ACTORS.townDeputy, when))
      .then(handedIn({ onTime: false, onTimeByOriginal: false }, when));
  });
  it('entered late by the office is judged by the paper’s date and marked (R16)', () => {
    const late = at('2020-08-03');
    const entry = { documentNumber: '平督〔2020〕7号', reason: '系统故障' };
    given(signLeg, ...past)
      .when(sign(ACTORS.office, late, entry, '2020-07-27'))
      .then({
        ...handedIn({ lateEntry: { kind: 'office', ...entry } }, late, ACTORS.office),
        data: { ...handedIn({ lateEntry: { kind: 'office', ...entry } }, late, ACTORS.office).data, on: '2020-07-27' as never },
      });
    given(signLeg, ...past)
      .when(sign(ACTORS.townDeputy, late, entry))
      .thenRejects('not-yours');
    given(signLeg, ...past)
      .when(sign(ACTORS.office, late, { ...entry, documentNumber: ' ' }))
      .thenRejects('document-number-required');
  });
  it('asks the guiding legs for their opinion (R2)', () =>
    given(signLeg, ...underWork({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } }), reported(TOWN_LEG), firstReviewed(TOWN_LEG))
      .when(sign())
      .then(handedIn({ opinionDues: [{ legId: L2, due: dueByRule(WORLD, { kind: 'guide' }, NOW) }] })));
  it('comes after the first review, and once', () => {
    given(signLeg, ...underWork(), reported(TOWN_LEG))
      .when(sign())
      .thenRejects('leg-not-open');
    given(signLeg, ...past, submitted(TOWN_LEG))
      .when(sign())
      .thenNothing();
  });
});

describe('the opinion of a guiding leg', () => {
  const past = underWork({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } });
  const opinion = (legId = L2, by: Actor = ACTORS.departmentClerk) =>
    order('GiveOpinion', { legId, agrees: true, text: '符合政策' }, by, NOW);
  const said = happened(
    'OpinionGiven',
    {
      legId: L2,
      unitId: GUIDING_LEG.unitId,
      agrees: true,
      text: '符合政策',
      onTime: true,
      reviewDue: dueByRule(WORLD, { kind: 'review' }, NOW),
    },
    ACTORS.departmentClerk,
    NOW,
  );
  it('comes after the acting leg has reported', () => {
    given(giveOpinion, ...past)
      .when(opinion())
      .thenRejects('opinion-too-early');
    given(giveOpinion, ...past, ...submission(TOWN_LEG))
      .when(opinion())
      .then(said);
  });
  it('is not an acting leg’s, nor another unit’s', () => {
    given(giveOpinion, ...past)
      .when(opinion(L1, ACTORS.townClerk))
      .thenRejects('leg-acts');
    given(giveOpinion, ...past)
      .when(opinion(L2, ACTORS.townClerk))
      .thenRejects('not-yours');
  });
  it('given again is quiet', () =>
    given(giveOpinion, ...past, ...submission(TOWN_LEG), said)
      .when(opinion())
      .thenNothing());
});
