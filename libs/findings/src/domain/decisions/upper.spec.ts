import { specFor } from '@app/testing';
import { localDate, type Actor } from '@app/kernel';
import { dueGiven, innerOfUpper } from '@app/worktime';
import type { FindingCommand, RecordUpperAnswer } from '../finding.commands';
import { findingDecider } from '../finding.decider';
import type { FindingEvent } from '../finding.events';
import { evolve } from '../finding.evolve';
import { absent, type FindingState } from '../finding.state';
import {
  ACTORS,
  allPassed,
  at,
  CALENDAR_2020,
  cleared,
  happened,
  L1,
  L2,
  order,
  submission,
  TOWN_LEG,
  underWork,
  verified,
} from '../../testing/finding-builders';
import { recordUpperAnswer, recordUpperClearance } from './upper';

const given = <C extends FindingCommand>(
  decide: (command: C, state: FindingState) => readonly FindingEvent[],
  ...past: readonly FindingEvent[]
) => specFor<FindingState, C, FindingEvent>({ initial: absent, decide, evolve })(...past);
const NOW = at('2020-07-20');
const upper = { authority: '山东省', batch: '2020年第一批', number: '3-(2)①', due: localDate('2020-08-31') };
const NUMBER = '鲁督〔2020〕12号';
const past = underWork({ filed: { upper } });
const answer = (over: Partial<RecordUpperAnswer['data']> = {}, by: Actor = ACTORS.office) =>
  order('RecordUpperAnswer', { answer: 'other', documentNumber: NUMBER, text: '已知悉', due: null, ...over }, by, NOW);
const answered = (over: Partial<Parameters<typeof happened<'UpperAnswerRecorded'>>[1]> = {}) =>
  happened('UpperAnswerRecorded', { answer: 'other', documentNumber: NUMBER, text: '已知悉', due: null, ...over }, ACTORS.office, NOW);

describe('the authority’s answer (R23)', () => {
  it('is recorded with its document number', () =>
    given(recordUpperAnswer, ...past)
      .when(answer())
      .then(answered()));
  it('stays quiet when the same document was recorded already', () =>
    given(recordUpperAnswer, ...past, answered())
      .when(answer())
      .thenNothing());

  it('an extension moves the inner deadlines to five working days before the new date (R18)', () => {
    const due = localDate('2020-09-30');
    const inner = innerOfUpper(dueGiven({ day: due, source: 'upper', reference: NUMBER, calendar: CALENDAR_2020 }), CALENDAR_2020);
    const moved = (legId: typeof L1) =>
      happened('DueTimeMoved', { key: `rectify/${legId}`, legId, due: inner, because: 'upper' }, ACTORS.office, NOW);
    given(recordUpperAnswer, ...past)
      .when(answer({ answer: 'extended', due }))
      .then(answered({ answer: 'extended', due }), moved(L1), moved(L2));
    expect(inner.day).toBe('2020-09-24');
  });
  it('moves what was handed in as well, and where five days before are gone to the date itself', () => {
    const due = localDate('2020-07-24');
    const given = (day: typeof due) => dueGiven({ day, source: 'upper', reference: NUMBER, calendar: CALENDAR_2020 });
    const made = recordUpperAnswer(answer({ due }), [...past, ...submission(TOWN_LEG)].reduce(evolve, absent));
    expect(made.map(({ type, data }) => [type, 'key' in data && data.key, 'due' in data && data.due])).toStrictEqual([
      ['UpperAnswerRecorded', false, due],
      ['DueTimeMoved', 'rectify/L1', given(due)],
      ['DueTimeMoved', 'rectify/L2', given(due)],
    ]);
  });
  it('is the only thing that moves its date: a leg that is sent back keeps inside of it', () => {
    const near = underWork({ filed: { upper: { ...upper, due: localDate('2020-07-15') } } });
    const back = findingDecider.decide(
      order('SendLegBack', { legId: L1, reason: '不实', alsoReopen: [] }, ACTORS.office, at('2020-07-24')),
      [...near, ...submission(TOWN_LEG)].reduce(evolve, absent),
    );
    expect(back.map(({ data }) => 'due' in data && data.due)).toMatchObject([{ day: '2020-07-15', source: 'upper' }]);
  });
  it('is the only way such a finding is dismissed or leaves for another', () => {
    given(recordUpperAnswer, ...past)
      .when(answer({ answer: 'dismissed', text: '不再列为问题' }))
      .then(
        answered({ answer: 'dismissed', text: '不再列为问题' }),
        happened('FindingDismissed', { reason: '不再列为问题', teamNote: NUMBER }, ACTORS.office, NOW),
      );
    given(recordUpperAnswer, ...past)
      .when(answer({ answer: 'merged', text: '并入 3-(2)②' }))
      .then(
        answered({ answer: 'merged', text: '并入 3-(2)②' }),
        happened('FindingWithdrawn', { origin: 'source', reason: '并入 3-(2)②', documentNumber: NUMBER }, ACTORS.office, NOW),
      );
  });
  it('after the county’s clearance it is told and changes nothing', () => {
    const closed = [...allPassed({ filed: { upper } }), verified(), cleared()];
    given(recordUpperAnswer, ...closed)
      .when(answer({ answer: 'dismissed' }))
      .then(answered({ answer: 'dismissed' }));
  });
  it('needs a document number, an upper-level finding and the office', () => {
    given(recordUpperAnswer, ...past)
      .when(answer({ documentNumber: ' ' }))
      .thenRejects('document-number-required');
    given(recordUpperAnswer, ...underWork())
      .when(answer())
      .thenRejects('not-upper-level');
    given(recordUpperAnswer, ...past)
      .when(answer({}, ACTORS.townHead))
      .thenRejects('not-yours');
  });
});

describe('the upper level’s own clearance (R23)', () => {
  const clear = (by: Actor = ACTORS.office) => order('RecordUpperClearance', { documentNumber: NUMBER, text: '同意销号' }, by, NOW);
  const done = happened('UpperCleared', { documentNumber: NUMBER, text: '同意销号' }, ACTORS.office, NOW);
  const closed = [...allPassed({ filed: { upper } }), verified(), cleared()];
  it('is the second closure, after the county’s', () => {
    given(recordUpperClearance, ...closed)
      .when(clear())
      .then(done);
    given(recordUpperClearance, ...past)
      .when(clear())
      .thenRejects('county-not-cleared');
  });
  it('is not the county’s to give, only to record', () => {
    given(recordUpperClearance, ...closed)
      .when(clear(ACTORS.townHead))
      .thenRejects('not-yours');
    given(recordUpperClearance, ...underWork())
      .when(clear())
      .thenRejects('not-upper-level');
  });
  it('once', () =>
    given(recordUpperClearance, ...closed, done)
      .when(clear())
      .thenNothing());
});
