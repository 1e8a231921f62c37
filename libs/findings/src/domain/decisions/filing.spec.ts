import { addDays, localDate, SYSTEM, type UnitId } from '@app/kernel';
import { specFor } from '@app/testing';
import {
  ACCEPTED_AT,
  accepted,
  ACTORS,
  allPassed,
  anItem,
  assigned,
  at,
  aSubject,
  aWorld,
  cleared,
  FILED_AT,
  filed,
  filing,
  happened,
  order,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { findingDecider } from '../finding.decider';

const given = specFor(findingDecider);
const closed = [...allPassed(), verified(), cleared()];
const upper = { authority: '省', batch: '2020-1', number: '3-(2)①', due: localDate('2020-08-31') };

describe('Filing a finding', () => {
  const { inspector, office, townClerk, auditor, otherTeamHead } = ACTORS;

  it('makes the finding found and starts the clock of the triage', () => {
    given()
      .when(order('FileFinding', filing(), inspector, FILED_AT))
      .then(filed());
    expect(filed().data.triageDue.at).toBe(at('2020-07-07', '17:30'));
  });

  it('marks what a unit files about itself as self-found', () => {
    const own = filing({ teamId: UNITS.town, selfFound: false });
    given()
      .when(order('FileFinding', own, townClerk, FILED_AT))
      .then(filed({ teamId: UNITS.town, selfFound: true }, townClerk));
    given()
      .when(order('FileFinding', filing({ selfFound: true }), inspector, FILED_AT))
      .then(filed({ selfFound: false }));
  });

  it('puts down what two inspectors saw rectified on the spot, beside the filing (R10)', () => {
    const onTheSpot = {
      rectifyingUnitId: UNITS.village,
      personPresent: ' 村委会值班人员 ',
      inspectors: [inspector.personId, ACTORS.secondInspector.personId],
      text: '当场清理',
    };
    const file = (over: Partial<typeof onTheSpot> = {}, by = inspector, more: Parameters<typeof filing>[0] = {}) =>
      order('FileFinding', filing({ onTheSpot: { ...onTheSpot, ...over }, ...more }), by, FILED_AT);
    given()
      .when(file())
      .then(filed(), happened('OnTheSpotWitnessed', { ...onTheSpot, personPresent: '村委会值班人员' }, inspector, FILED_AT));
    given()
      .when(file({ inspectors: [inspector.personId, inspector.personId] }))
      .thenRejects('two-inspectors-required');
    given()
      .when(file({ inspectors: [ACTORS.secondInspector.personId, office.personId] }))
      .thenRejects('two-inspectors-required');
    given()
      .when(file({}, inspector, { seriousness: 'major' }))
      .thenRejects('not-on-the-spot');
    given().when(file({}, office)).thenRejects('not-yours');
    given()
      .when(file({ rectifyingUnitId: inspector.unitId }))
      .thenRejects('avoidance');
  });

  it('takes an offline capture within 72 hours and marks it', () => {
    const capturedAt = at('2020-07-03', '10:00');
    given()
      .when(order('FileFinding', filing({ capturedAt }), inspector, FILED_AT))
      .then(filed({ capturedAt, lateEntry: { kind: 'offline', documentNumber: null, reason: '离线采集' } }));
    given()
      .when(order('FileFinding', filing({ capturedAt: at('2020-07-03', '09:59') }), inspector, FILED_AT))
      .thenRejects('capture-too-late');
    given()
      .when(order('FileFinding', filing({ capturedAt: 'yesterday' }), inspector, FILED_AT))
      .thenRejects('capture-too-late');
  });

  it('takes a late entry of the office with a document number and a reason', () => {
    const late = (documentNumber: string, reason: string) => filing({ lateEntry: { documentNumber, reason } });
    given()
      .when(order('FileFinding', late('平督办〔2020〕5号', '系统停用'), office, FILED_AT))
      .then(filed({ lateEntry: { kind: 'office', documentNumber: '平督办〔2020〕5号', reason: '系统停用' } }, office));
    given()
      .when(order('FileFinding', late('', '系统停用'), office, FILED_AT))
      .thenRejects('document-number-required');
    given()
      .when(order('FileFinding', late('5', ' '), office, FILED_AT))
      .thenRejects('reason-required');
    given()
      .when(order('FileFinding', late('5', '停用'), inspector, FILED_AT))
      .thenRejects('not-yours');
  });

  it('is refused without right, without words, for a day to come, and a second time', () => {
    given()
      .when(order('FileFinding', filing(), auditor, FILED_AT))
      .thenRejects('not-yours');
    given()
      .when(order('FileFinding', filing(), otherTeamHead, FILED_AT))
      .thenRejects('not-yours');
    given()
      .when(order('FileFinding', filing(), townClerk, FILED_AT))
      .thenRejects('not-yours');
    given()
      .when(order('FileFinding', filing({ text: ' ' }), inspector, FILED_AT))
      .thenRejects('text-required');
    given()
      .when(order('FileFinding', filing({ subject: aSubject({ label: '' }) }), inspector, FILED_AT))
      .thenRejects('text-required');
    given()
      .when(order('FileFinding', filing({ items: [anItem('a'), anItem('a')] }), inspector, FILED_AT))
      .thenRejects('item-exists');
    given()
      .when(order('FileFinding', filing({ foundOn: localDate('2020-07-07') }), inspector, FILED_AT))
      .thenRejects('business-date-in-future');
    given()
      .when(order('FileFinding', filing(), inspector, FILED_AT, { on: addDays(localDate('2020-07-06'), 1) }))
      .thenRejects('business-date-in-future');
    given()
      .when(order('FileFinding', filing(), inspector, FILED_AT, { world: aWorld({ rules: { version: '1', rules: [] } }) }))
      .thenRejects('no-deadline-rule');
    given(filed())
      .when(order('FileFinding', filing(), inspector, FILED_AT))
      .thenRejects('finding-already-filed');
  });

  it('may be done by the product for a list or an upper level', () => {
    given()
      .when(order('FileFinding', filing({ upper }), SYSTEM, FILED_AT))
      .then(filed({ upper }, SYSTEM));
  });
});

describe('Correcting a finding', () => {
  const { inspector, secondInspector, office } = ACTORS;
  const change = (changes: Parameters<typeof order<'CorrectFinding'>>[1]['changes'], reason = '录错') => ({ changes, reason });

  it('is the filer’s until triage', () => {
    given(filed())
      .when(order('CorrectFinding', change({ text: 'D级危房', seriousness: 'serious' }), inspector, ACCEPTED_AT))
      .then(happened('FindingCorrected', { changes: { text: 'D级危房', seriousness: 'serious' }, reason: '录错' }, inspector, ACCEPTED_AT));
    given(filed())
      .when(order('CorrectFinding', change({ text: 'x' }), secondInspector, ACCEPTED_AT))
      .thenRejects('not-yours');
    given(filed(), accepted())
      .when(order('CorrectFinding', change({ text: 'x' }), inspector, ACCEPTED_AT))
      .thenRejects('already-triaged');
  });

  it('is the office’s afterwards, until the finding is closed', () => {
    given(...assigned())
      .when(order('CorrectFinding', change({ responsibleUnitId: UNITS.owner }), office, at('2020-07-08')))
      .then(happened('FindingCorrected', change({ responsibleUnitId: UNITS.owner }), office, at('2020-07-08')));
    given(...closed)
      .when(order('CorrectFinding', change({ text: 'x' }), office, at('2020-07-20')))
      .thenRejects('finding-closed');
  });

  it('keeps only what changes and stays quiet when nothing does', () => {
    const { place } = filing();
    given(filed())
      .when(order('CorrectFinding', change({ text: filing().text, place: { ...place } }), inspector, ACCEPTED_AT))
      .thenNothing();
    given(filed())
      .when(order('CorrectFinding', change({ text: filing().text, place: { ...place, villageId: null } }), inspector, ACCEPTED_AT))
      .then(happened('FindingCorrected', change({ place: { ...place, villageId: null } }), inspector, ACCEPTED_AT));
    const corrected = happened('FindingCorrected', change({ text: 'D级' }), inspector, ACCEPTED_AT);
    given(filed(), corrected)
      .when(order('CorrectFinding', change({ text: 'D级' }), inspector, ACCEPTED_AT))
      .thenNothing();
  });

  it('needs a reason and words', () => {
    given(filed())
      .when(order('CorrectFinding', change({ text: 'x' }, ''), inspector, ACCEPTED_AT))
      .thenRejects('reason-required');
    given(filed())
      .when(order('CorrectFinding', change({ text: '' }), inspector, ACCEPTED_AT))
      .thenRejects('text-required');
    given()
      .when(order('CorrectFinding', change({ text: 'x' }), inspector, ACCEPTED_AT))
      .thenRejects('finding-not-found');
  });
});

describe('Adding items', () => {
  const { inspector, office, townClerk } = ACTORS;

  it('adds those that are new and stays quiet about those that are there', () => {
    const past = filed({ items: [anItem('a')] });
    given(past)
      .when(order('AddItems', { items: [anItem('a'), anItem('b')] }, inspector, ACCEPTED_AT))
      .then(happened('ItemsAdded', { items: [anItem('b')] }, inspector, ACCEPTED_AT));
    given(past)
      .when(order('AddItems', { items: [anItem('a')] }, inspector, ACCEPTED_AT))
      .thenNothing();
  });

  it('refuses another item under the same id, other people, and closed findings', () => {
    given(filed({ items: [anItem('a')] }))
      .when(order('AddItems', { items: [anItem('a', { text: '另一户' })] }, inspector, ACCEPTED_AT))
      .thenRejects('item-exists');
    given(filed())
      .when(order('AddItems', { items: [anItem('a')] }, townClerk, ACCEPTED_AT))
      .thenRejects('not-yours');
    given(...closed)
      .when(order('AddItems', { items: [anItem('a')] }, office, at('2020-07-20')))
      .thenRejects('finding-closed');
  });
});

describe('Withdrawing a finding', () => {
  const { inspector, office, townClerk } = ACTORS;
  const bare = { reason: '录重了', documentNumber: null };
  const byDocument = { reason: '上级撤销', documentNumber: '鲁督〔2020〕7号' };

  it('is the filer’s until triage', () => {
    given(filed())
      .when(order('WithdrawFinding', bare, inspector, ACCEPTED_AT))
      .then(happened('FindingWithdrawn', { origin: 'filer', ...bare }, inspector, ACCEPTED_AT));
    given(filed(), accepted())
      .when(order('WithdrawFinding', bare, inspector, ACCEPTED_AT))
      .thenRejects('already-triaged');
    given(filed())
      .when(order('WithdrawFinding', { ...bare, reason: '' }, inspector, ACCEPTED_AT))
      .thenRejects('reason-required');
  });

  it('is the source’s at any time, through the office with a document number, a cleared finding included', () => {
    for (const past of [[filed()], assigned(), closed]) {
      given(...past)
        .when(order('WithdrawFinding', byDocument, office, at('2020-07-20')))
        .then(happened('FindingWithdrawn', { origin: 'source', ...byDocument }, office, at('2020-07-20')));
    }
    given(...assigned())
      .when(order('WithdrawFinding', bare, office, at('2020-07-20')))
      .thenRejects('document-number-required');
    given(...assigned())
      .when(order('WithdrawFinding', byDocument, townClerk, at('2020-07-20')))
      .thenRejects('not-yours');
  });

  it('of an upper-level finding needs the authority’s document', () => {
    given(filed({ upper }))
      .when(order('WithdrawFinding', bare, inspector, ACCEPTED_AT))
      .thenRejects('not-yours');
    given(filed({ upper }, office))
      .when(order('WithdrawFinding', bare, office, ACCEPTED_AT))
      .thenRejects('upper-level-immutable');
    given(filed({ upper }))
      .when(order('WithdrawFinding', byDocument, office, ACCEPTED_AT))
      .then(happened('FindingWithdrawn', { origin: 'source', ...byDocument }, office, ACCEPTED_AT));
  });

  it('is quiet the second time and refused after another ending', () => {
    const withdrawn = happened('FindingWithdrawn', { origin: 'filer', ...bare }, inspector, ACCEPTED_AT);
    const linked = happened('FindingLinked', { to: 'other' as never, reason: '同一问题' }, office, ACCEPTED_AT);
    given(filed(), withdrawn)
      .when(order('WithdrawFinding', bare, inspector, ACCEPTED_AT))
      .thenNothing();
    given(filed(), linked)
      .when(order('WithdrawFinding', byDocument, office, ACCEPTED_AT))
      .thenRejects('finding-closed');
  });

  it('after a merger is still the filer’s own', () => {
    const world = aWorld({ succession: { [UNITS.team]: 'team-merged' as UnitId } });
    given(filed())
      .when(order('WithdrawFinding', bare, { ...inspector, unitId: 'team-merged' as UnitId }, ACCEPTED_AT, { world }))
      .then(happened('FindingWithdrawn', { origin: 'filer', ...bare }, { ...inspector, unitId: 'team-merged' as UnitId }, ACCEPTED_AT));
  });
});
