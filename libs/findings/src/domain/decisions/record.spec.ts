import { specFor } from '@app/testing';
import {
  ACTORS,
  allPassed,
  assigned,
  at,
  cleared,
  filed,
  happened,
  L1,
  leg,
  order,
  someEvidence,
  transferred,
  accepted,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { findingDecider } from '../finding.decider';

const given = specFor(findingDecider);
const when = at('2020-07-08');
const evidence = someEvidence('photo', { legId: L1 });
const { townClerk, secondTownClerk, otherTownClerk, office, inspector, leader, auditor } = ACTORS;
const added = happened('EvidenceAdded', { evidence }, townClerk, when);
const closed = [...allPassed(), verified(), cleared()];
const late = at('2020-07-20');

describe('Adding evidence', () => {
  it('is for everyone involved', () => {
    given(...assigned())
      .when(order('AddEvidence', { evidence }, townClerk, when))
      .then(added);
    given(filed())
      .when(order('AddEvidence', { evidence: someEvidence('before') }, inspector, when))
      .then(happened('EvidenceAdded', { evidence: someEvidence('before') }, inspector, when));
    const assisted = [filed(), accepted(), transferred({ assisting: [UNITS.otherTown] })];
    given(...assisted)
      .when(order('AddEvidence', { evidence }, otherTownClerk, when))
      .then(happened('EvidenceAdded', { evidence }, otherTownClerk, when));
  });

  it('is refused to strangers, for unknown legs and after the end', () => {
    given(...assigned())
      .when(order('AddEvidence', { evidence }, otherTownClerk, when))
      .thenRejects('not-yours');
    given(...assigned())
      .when(order('AddEvidence', { evidence: { ...evidence, legId: leg('L9') } }, townClerk, when))
      .thenRejects('leg-not-found');
    given(filed())
      .when(order('AddEvidence', { evidence }, inspector, when))
      .thenRejects('leg-not-found');
    given(...closed)
      .when(order('AddEvidence', { evidence }, townClerk, late))
      .thenRejects('finding-closed');
    given(...closed)
      .when(order('AddEvidence', { evidence }, inspector, late))
      .then(happened('EvidenceAdded', { evidence }, inspector, late));
  });

  it('is quiet for the same file and refuses another under its id', () => {
    given(...assigned(), added)
      .when(order('AddEvidence', { evidence }, townClerk, when))
      .thenNothing();
    given(...assigned(), added)
      .when(order('AddEvidence', { evidence: { ...evidence, hash: 'b'.repeat(64) as never } }, townClerk, when))
      .thenRejects('evidence-exists');
  });
});

describe('Removing evidence', () => {
  const remove = { evidenceId: evidence.evidenceId, reason: '传错了' };
  const removed = happened('EvidenceRemoved', remove, townClerk, when);

  it('is for who added it, and for the office', () => {
    given(...assigned(), added)
      .when(order('RemoveEvidence', remove, townClerk, when))
      .then(removed);
    given(...assigned(), added)
      .when(order('RemoveEvidence', remove, office, when))
      .then(happened('EvidenceRemoved', remove, office, when));
    given(...assigned(), added)
      .when(order('RemoveEvidence', remove, secondTownClerk, when))
      .thenRejects('not-yours');
  });

  it('is quiet the second time; needs a reason and a file', () => {
    given(...assigned(), added, removed)
      .when(order('RemoveEvidence', remove, townClerk, when))
      .thenNothing();
    given(...assigned(), added)
      .when(order('RemoveEvidence', { ...remove, reason: '' }, townClerk, when))
      .thenRejects('reason-required');
    given(...assigned())
      .when(order('RemoveEvidence', remove, townClerk, when))
      .thenRejects('evidence-not-found');
    given(...assigned(), added, removed)
      .when(order('AddEvidence', { evidence }, townClerk, when))
      .thenRejects('evidence-exists');
  });

  it('from a cleared finding is the office’s alone', () => {
    const past = [...allPassed(), added, verified(), cleared()];
    given(...past)
      .when(order('RemoveEvidence', remove, townClerk, late))
      .thenRejects('finding-closed');
    given(...past)
      .when(order('RemoveEvidence', remove, office, late))
      .then(happened('EvidenceRemoved', remove, office, late));
  });
});

describe('Commenting', () => {
  it('is for everyone involved, leaders included, and stands in the timeline', () => {
    given(...assigned())
      .when(order('AddComment', { text: ' 抓紧 ', legId: null }, leader, when))
      .then(happened('CommentAdded', { text: '抓紧', legId: null }, leader, when));
  });

  it('needs words, a leg that is there, and somebody involved', () => {
    given(...assigned())
      .when(order('AddComment', { text: '', legId: null }, leader, when))
      .thenRejects('text-required');
    given(...assigned())
      .when(order('AddComment', { text: 'x', legId: leg('L9') }, leader, when))
      .thenRejects('leg-not-found');
    given(...assigned())
      .when(order('AddComment', { text: 'x', legId: null }, auditor, when))
      .thenRejects('not-yours');
    given(...assigned())
      .when(order('AddComment', { text: 'x', legId: null }, otherTownClerk, when))
      .thenRejects('not-yours');
  });
});
