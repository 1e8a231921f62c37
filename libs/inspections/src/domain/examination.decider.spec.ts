import { instant, localDate, localDateOf, stampOf, type Actor, type PersonId, type Role, type UnitId } from '@app/kernel';
import { specFor } from '@app/testing';
import { examinationDecider, type RecordExamined } from './examination.decider';
import type { ExaminationEvent } from './examination.events';
import type { ExaminationId } from './examination.types';
import type { InspectionId, InspectionPlan } from './inspection.types';

const given = specFor(examinationDecider);
const unit = (id: string): UnitId => id as UnitId;
const person = (id: string): PersonId => id as PersonId;
const at = instant('2020-07-08T02:00:00Z');
const day = localDate;
const actor = (unitId: string, role: Role): Actor => ({
  personId: person(`${unitId}-${role}`),
  unitId: unit(unitId),
  postId: null,
  roles: [role],
  inPlaceOf: null,
  ownUnits: [unit(unitId)],
});
const member = actor('team', 'inspector');
const clerk = actor('town', 'clerk');
const examinationId = 'e' as ExaminationId;
const plan: InspectionPlan = {
  teamId: unit('team'),
  members: [member.personId],
  villages: [unit('village')],
  from: day('2020-07-06'),
  to: day('2020-07-08'),
  source: { kind: 'inspection', name: '督查', batch: null, documentNumber: null },
  manner: 'household',
  note: null,
};
const place = { unitId: unit('village'), townId: unit('town'), kind: 'household' as const };
const OF_TASK = { examinationId, origin: { kind: 'inspection' as const, inspectionId: 'i' as InspectionId }, ...place };
const OF_TOWN = { examinationId, origin: { kind: 'self-check' as const }, ...place };
const DAYS = { from: day('2020-07-06'), to: day('2020-07-08') };
const world = { managingOffice: unit('office'), succession: {} };

type Over = Readonly<{ count?: number; reason?: string | null; by?: Actor; unitId?: UnitId; plan?: InspectionPlan | null }>;
const told = ({ count = 30, reason = null, by = member, unitId = place.unitId, plan: of = plan }: Over = {}): RecordExamined => ({
  type: 'RecordExamined',
  data: { ...OF_TASK, ...DAYS, unitId, count, reason },
  by,
  at,
  world,
  plan: of,
  towns: ['town'],
});
const ownCheck = (by: Actor, days: Partial<typeof DAYS> = {}): RecordExamined => ({
  type: 'RecordExamined',
  data: { ...OF_TOWN, ...DAYS, ...days, count: 8, reason: null },
  by,
  at,
  world,
  plan: null,
  towns: [],
});
const act = (by: Actor) => ({ at, on: localDateOf(at), by: stampOf(by) });
const examined = (by: Actor = member): ExaminationEvent => ({
  type: 'SubjectsExamined',
  data: { ...OF_TASK, ...DAYS, count: 30, ...act(by) },
});

describe('What was examined', () => {
  it('is told by a member of the task or who plans it, in its villages or their town', () => {
    given().when(told()).then(examined());
    given()
      .when(told({ by: actor('office', 'office') }))
      .then(examined(actor('office', 'office')));
    given()
      .when(told({ by: actor('team-2', 'inspector') }))
      .thenRejects('examined-not-yours');
    given()
      .when(told({ unitId: unit('elsewhere') }))
      .thenRejects('inspection-village-unknown');
    given()
      .when(told({ plan: null }))
      .thenRejects('inspection-not-found');
    given()
      .when(told({ plan: { ...plan, from: day('2020-07-09') } }))
      .thenRejects('examined-before-inspection');
    given()
      .when(told({ count: -1 }))
      .thenRejects('examined-count-invalid');
  });
  it('is corrected with a reason, and left alone when it is told again', () => {
    given(examined()).when(told()).thenNothing();
    given(examined())
      .when(told({ count: 32 }))
      .thenRejects('examined-reason-required');
    given(examined())
      .when(told({ count: 32, reason: ' 漏记 ' }))
      .then({ type: 'SubjectsExaminedCorrected', data: { examinationId, count: 32, reason: '漏记', ...act(member) } });
  });
  it('by a town of itself is the town’s own, on days that have been', () => {
    given()
      .when(ownCheck(clerk))
      .then({ type: 'SubjectsExamined', data: { ...OF_TOWN, ...DAYS, count: 8, ...act(clerk) } });
    given()
      .when(ownCheck(actor('other-town', 'clerk')))
      .thenRejects('examined-not-yours');
    given()
      .when(ownCheck(actor('town', 'inspector')))
      .thenRejects('examined-not-yours');
    given()
      .when(ownCheck(clerk, { to: day('2020-07-09') }))
      .thenRejects('examined-days-invalid');
    given()
      .when(ownCheck(clerk, { from: day('2020-04-01') }))
      .thenRejects('examined-days-invalid');
  });
});
