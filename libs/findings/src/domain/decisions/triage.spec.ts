import { localDate, SYSTEM, type FindingId, type ListId } from '@app/kernel';
import { specFor } from '@app/testing';
import {
  ACCEPTED_AT,
  accepted,
  ACTORS,
  allPassed,
  assigned,
  at,
  cleared,
  filed,
  happened,
  order,
  stateOf,
  verified,
  findingId,
} from '../../testing/finding-builders';
import { findingDecider } from '../finding.decider';

const given = specFor(findingDecider);
const { office, secondOffice, teamHead, otherTeamHead, inspector, townHead } = ACTORS;
const closed = [...allPassed(), verified(), cleared()];
const upper = { authority: '省', batch: '2020-1', number: '3', due: null };
const list = { listId: 'list' as ListId, row: '1', due: null };
const accept = { rectification: 'time-limited', seriousness: 'ordinary', reason: null, stages: [] } as const;
const immediate = { ...accept, rectification: 'immediate' } as const;

describe('Accepting a finding', () => {
  it('is the office’s, and ends the clock of the triage', () => {
    given(filed())
      .when(order('AcceptFinding', accept, office, ACCEPTED_AT))
      .then(accepted());
    const state = stateOf(filed(), accepted());
    expect(state.phase === 'accepted' && Object.keys(state.core.deadlines)).toStrictEqual([]);
  });

  it('on the spot is the head’s of the team that found it, for an ordinary one', () => {
    given(filed())
      .when(order('AcceptFinding', immediate, teamHead, ACCEPTED_AT))
      .then(accepted({ rectification: 'immediate' }, teamHead));
    given(filed({}, teamHead))
      .when(order('AcceptFinding', immediate, teamHead, ACCEPTED_AT))
      .then(accepted({ rectification: 'immediate' }, teamHead));
    given(filed())
      .when(order('AcceptFinding', immediate, otherTeamHead, ACCEPTED_AT))
      .thenRejects('not-yours');
    given(filed())
      .when(order('AcceptFinding', accept, teamHead, ACCEPTED_AT))
      .thenRejects('not-yours');
    given(filed())
      .when(order('AcceptFinding', { ...immediate, seriousness: 'serious' }, teamHead, ACCEPTED_AT))
      .thenRejects('not-yours');
    given(filed({ upper }))
      .when(order('AcceptFinding', immediate, teamHead, ACCEPTED_AT))
      .thenRejects('not-yours');
    given(filed())
      .when(order('AcceptFinding', immediate, inspector, ACCEPTED_AT))
      .thenRejects('not-yours');
  });

  it('is not for who found it, unless it came from a list or from above', () => {
    given(filed({}, office))
      .when(order('AcceptFinding', accept, office, ACCEPTED_AT))
      .thenRejects('finder-may-not-triage');
    given(filed({}, office))
      .when(order('AcceptFinding', accept, secondOffice, ACCEPTED_AT))
      .then(accepted({}, secondOffice));
    given(filed({ list }, office))
      .when(order('AcceptFinding', accept, office, ACCEPTED_AT))
      .then(accepted());
    given(filed({ upper }, office))
      .when(order('AcceptFinding', accept, office, ACCEPTED_AT))
      .then(accepted());
  });

  it('happens by itself for the rows of an issued list only', () => {
    given(filed({ list }))
      .when(order('AcceptFinding', accept, SYSTEM, ACCEPTED_AT))
      .then(accepted({}, SYSTEM));
    given(filed())
      .when(order('AcceptFinding', accept, SYSTEM, ACCEPTED_AT))
      .thenRejects('not-yours');
  });

  it('in stages dates each of them, at most the rule’s span after the one before', () => {
    const staged = (...days: readonly string[]) => ({
      ...accept,
      rectification: 'staged' as const,
      stages: days.map((day) => ({ text: '阶段', checkOn: localDate(day) })),
    });
    const [event] = findingDecider.decide(
      order('AcceptFinding', staged('2020-09-30', '2021-01-31'), office, ACCEPTED_AT),
      stateOf(filed()),
    );
    expect(event?.type === 'FindingAccepted' && event.data.stages.map((s) => [s.checkOn, s.due.at, s.due.source])).toStrictEqual([
      ['2020-09-30', at('2020-09-30', '17:30'), 'rule'],
      ['2021-01-31', at('2021-02-01', '17:30'), 'rule'],
    ]);
    given(filed())
      .when(order('AcceptFinding', staged(), office, ACCEPTED_AT))
      .thenRejects('stages-required');
    given(filed())
      .when(order('AcceptFinding', staged('2020-07-06'), office, ACCEPTED_AT))
      .thenRejects('stages-out-of-order');
    given(filed())
      .when(order('AcceptFinding', staged('2020-09-30', '2020-09-01'), office, ACCEPTED_AT))
      .thenRejects('stages-out-of-order');
    given(filed())
      .when(order('AcceptFinding', staged('2021-01-03'), office, ACCEPTED_AT))
      .thenRejects('stage-too-late');
  });

  it('is quiet the second time and refused as something else or later', () => {
    given(filed(), accepted())
      .when(order('AcceptFinding', accept, office, ACCEPTED_AT))
      .thenNothing();
    given(filed(), accepted())
      .when(order('AcceptFinding', immediate, office, ACCEPTED_AT))
      .thenRejects('already-triaged');
    given(...assigned())
      .when(order('AcceptFinding', accept, office, at('2020-07-08')))
      .thenRejects('already-triaged');
    given(...closed)
      .when(order('AcceptFinding', accept, office, at('2020-07-20')))
      .thenRejects('finding-closed');
    given()
      .when(order('AcceptFinding', accept, office, ACCEPTED_AT))
      .thenRejects('finding-not-found');
  });
});

describe('Dismissing a finding', () => {
  const dismiss = { reason: '经查不属实', teamNote: null };
  const dismissed = happened('FindingDismissed', dismiss, office, ACCEPTED_AT);

  it('is the office’s', () => {
    given(filed())
      .when(order('DismissFinding', dismiss, office, ACCEPTED_AT))
      .then(dismissed);
    given(filed())
      .when(order('DismissFinding', dismiss, teamHead, ACCEPTED_AT))
      .thenRejects('not-yours');
    given(filed({}, office))
      .when(order('DismissFinding', dismiss, office, ACCEPTED_AT))
      .thenRejects('finder-may-not-triage');
    given(filed())
      .when(order('DismissFinding', { ...dismiss, reason: '' }, office, ACCEPTED_AT))
      .thenRejects('reason-required');
  });

  it('is out of the county’s power for upper-level findings, and impossible for tasks', () => {
    given(filed({ upper }))
      .when(order('DismissFinding', dismiss, office, ACCEPTED_AT))
      .thenRejects('upper-level-immutable');
    given(filed({ kind: 'task' }))
      .when(order('DismissFinding', dismiss, office, ACCEPTED_AT))
      .thenRejects('task-cannot');
  });

  it('while units work on it needs the team’s note', () => {
    const noted = { reason: '经查不属实', teamNote: '检查组同意' };
    given(...assigned())
      .when(order('DismissFinding', dismiss, office, at('2020-07-08')))
      .thenRejects('team-note-required');
    given(...assigned())
      .when(order('DismissFinding', noted, office, at('2020-07-08')))
      .then(happened('FindingDismissed', noted, office, at('2020-07-08')));
  });

  it('is quiet the second time and refused after clearance', () => {
    given(filed(), dismissed)
      .when(order('DismissFinding', dismiss, office, ACCEPTED_AT))
      .thenNothing();
    given(...closed)
      .when(order('DismissFinding', dismiss, office, at('2020-07-20')))
      .thenRejects('finding-closed');
  });
});

describe('Linking a finding into another', () => {
  const link = { to: 'f-2' as FindingId, reason: '同一问题' };
  const linked = happened('FindingLinked', link, office, ACCEPTED_AT);

  it('is the office’s, at any time while it is open', () => {
    given(filed())
      .when(order('LinkFinding', link, office, ACCEPTED_AT))
      .then(linked);
    given(...assigned())
      .when(order('LinkFinding', link, office, at('2020-07-08')))
      .then(happened('FindingLinked', link, office, at('2020-07-08')));
    given(filed())
      .when(order('LinkFinding', link, townHead, ACCEPTED_AT))
      .thenRejects('not-yours');
  });

  it('stays quiet when it is linked there already', () =>
    given(filed(), linked)
      .when(order('LinkFinding', link, office, ACCEPTED_AT))
      .thenNothing());

  it('is refused for upper-level findings, without a reason, and after the end', () => {
    given(filed({ upper }))
      .when(order('LinkFinding', link, office, ACCEPTED_AT))
      .thenRejects('upper-level-immutable');
    given(filed())
      .when(order('LinkFinding', { ...link, reason: '' }, office, ACCEPTED_AT))
      .thenRejects('reason-required');
    given(filed(), linked)
      .when(order('LinkFinding', { ...link, to: findingId('another') }, office, ACCEPTED_AT))
      .thenRejects('finding-closed');
    given(...closed)
      .when(order('LinkFinding', link, office, at('2020-07-20')))
      .thenRejects('finding-closed');
  });
});
