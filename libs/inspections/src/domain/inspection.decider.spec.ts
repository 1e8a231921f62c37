import { instant, localDate, stampOf, type Actor, type PersonId, type Role, type UnitId } from '@app/kernel';
import { specFor } from '@app/testing';
import type { InspectionCommand, InspectionWorld } from './inspection.commands';
import { inspectionDecider, isOver } from './inspection.decider';
import type { InspectionEvent, InspectionPlanned } from './inspection.events';
import type { InspectionId, InspectionPlan } from './inspection.types';

const id = '7b1c9f0e-0000-4000-8000-000000000001' as InspectionId;
const unit = (name: string): UnitId => name as UnitId;
const person = (name: string): PersonId => name as PersonId;
const at = instant('2020-07-06T01:30:00Z');
const on = localDate('2020-07-06');
const world: InspectionWorld = { managingOffice: unit('office'), succession: { 'old-team': unit('team-1') } };

const actor = (unitId: string, ...roles: readonly Role[]): Actor => ({
  personId: person(`p-${unitId}`),
  unitId: unit(unitId),
  postId: null,
  roles,
  inPlaceOf: null,
  ownUnits: [unit(unitId)],
});
const head = actor('team-1', 'team-head', 'inspector');
const office = actor('office', 'office');
const plan = (over: Partial<InspectionPlan> = {}): InspectionPlan => ({
  teamId: unit('team-1'),
  members: [person('a'), person('b')],
  villages: [unit('village-1')],
  from: on,
  to: localDate('2020-07-08'),
  source: { kind: 'inspection', name: '年中督查', batch: null, documentNumber: null },
  manner: 'unannounced',
  note: null,
  ...over,
});

const given = specFor(inspectionDecider);
type Sent = Pick<InspectionCommand, 'type' | 'data'>;
const order = (by: Actor, sent: Sent, when = at): InspectionCommand => ({ ...sent, by, at: when, on, world }) as InspectionCommand;
const planning = (by: Actor, over: Partial<InspectionPlan> = {}): InspectionCommand =>
  order(by, { type: 'PlanInspection', data: { inspectionId: id, ...plan(over) } });
const changing = (by: Actor, over: Partial<InspectionPlan> = {}, when = at): InspectionCommand =>
  order(by, { type: 'ChangeInspection', data: { inspectionId: id, ...plan(over) } }, when);
const ending = (by: Actor, when = at): InspectionCommand =>
  order(by, { type: 'EndInspection', data: { inspectionId: id, reason: ' ' } }, when);

const act = (by: Actor) => ({ at, on, by: stampOf(by) });
const planned = (over: Partial<InspectionPlan> = {}): InspectionPlanned => ({
  type: 'InspectionPlanned',
  data: { inspectionId: id, ...plan(over), ...act(head) },
});
const ended: InspectionEvent = { type: 'InspectionEnded', data: { inspectionId: id, reason: null, ...act(head) } };

describe('Planning an inspection', () => {
  it('is the head’s for the own team', () => given().when(planning(head)).then(planned()));
  it('is the head’s also for the team that theirs took over', () =>
    given()
      .when(planning(head, { teamId: unit('old-team') }))
      .then(planned({ teamId: unit('old-team') })));
  it('is the office’s for any team', () =>
    given()
      .when(planning(office, { teamId: unit('team-2') }))
      .then({ type: 'InspectionPlanned', data: { inspectionId: id, ...plan({ teamId: unit('team-2') }), ...act(office) } }));
  it.each([
    ['the head of another team', actor('team-2', 'team-head')],
    ['a member of the team', actor('team-1', 'inspector')],
    ['an office that does not manage the ledger', actor('other-office', 'office')],
    ['the town that is inspected', actor('town', 'head')],
  ])('is not for %s', (_, who) => given().when(planning(who)).thenRejects('inspection-not-yours'));
  it('names everybody and every village once', () =>
    given()
      .when(planning(head, { members: [person('a'), person('a'), person('b')], villages: [unit('village-1'), unit('village-1')] }))
      .then(planned()));
  it('needs somebody who goes and somewhere to go', () => {
    given()
      .when(planning(head, { members: [] }))
      .thenRejects('inspection-members-required');
    given()
      .when(planning(head, { villages: [] }))
      .thenRejects('inspection-villages-required');
  });
  it.each([
    ['ends before it begins', { from: localDate('2020-07-09') }],
    ['was over yesterday', { from: localDate('2020-07-01'), to: localDate('2020-07-05') }],
    ['lasts longer than a quarter', { to: localDate('2020-10-06') }],
  ])('refuses one that %s', (_, over) => given().when(planning(head, over)).thenRejects('inspection-days-invalid'));
  it('happens once', () => given(planned()).when(planning(head)).thenRejects('inspection-exists'));
});

describe('A planned inspection', () => {
  it('is changed as a whole', () =>
    given(planned())
      .when(changing(head, { to: localDate('2020-07-10') }))
      .then({ type: 'InspectionChanged', data: { inspectionId: id, ...plan({ to: localDate('2020-07-10') }), ...act(head) } }));
  it('stays quiet when nothing changes', () => given(planned()).when(changing(office)).thenNothing());
  it('is not handed to another team by a head, nor taken from one', () => {
    given(planned())
      .when(changing(head, { teamId: unit('team-2') }))
      .thenRejects('inspection-not-yours');
    given(planned({ teamId: unit('team-2') }))
      .when(changing(head))
      .thenRejects('inspection-not-yours');
  });
  it('is ended before its last day, once', () => {
    given(planned()).when(ending(head)).then(ended);
    given(planned(), ended).when(ending(head)).thenNothing();
    given(planned())
      .when(ending(actor('town', 'head')))
      .thenRejects('inspection-not-yours');
  });
  it('is over after its last day, and then neither ends nor changes', () => {
    const later = instant('2020-07-09T01:30:00Z');
    given(planned()).when(ending(head, later)).thenNothing();
    given(planned())
      .when(changing(head, {}, later))
      .thenRejects('inspection-over');
    given(planned(), ended).when(changing(head)).thenRejects('inspection-over');
    const lastDay = { to: localDate('2020-07-08'), ended: false };
    expect([isOver(lastDay, localDate('2020-07-08')), isOver(lastDay, localDate('2020-07-09'))]).toStrictEqual([false, true]);
  });
  it('must be there', () => {
    given().when(changing(head)).thenRejects('inspection-not-found');
    given().when(ending(head)).thenRejects('inspection-not-found');
  });
});
