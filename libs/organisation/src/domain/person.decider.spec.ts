import { specFor } from '@app/testing';
import { act, day, personId, unitId } from './organisation.fixtures';
import { personDecider } from './person.decider';
import type { PersonEvent } from './person.events';

const given = specFor(personDecider);
const id = personId('p1');
const registered: PersonEvent = { type: 'PersonRegistered', data: { ...act, personId: id, name: '周样一', phone: null } };
const place = (path: string, kind: 'town' | 'department' = 'town') => ({ path, kind });
const second = (from: string, to: string | null) => ({
  type: 'Second' as const,
  data: {
    ...act,
    fromUnit: unitId('dept-housing'),
    toUnit: unitId('team-1'),
    fromPlace: place('pd/dept-housing', 'department'),
    toPlace: place('pd/team-1'),
    from: day(from),
    to: to === null ? null : day(to),
  },
});
const seconded = (from: string, to: string | null): PersonEvent => ({
  type: 'Seconded',
  data: {
    ...act,
    personId: id,
    fromUnit: unitId('dept-housing'),
    toUnit: unitId('team-1'),
    from: day(from),
    to: to === null ? null : day(to),
  },
});
const charge = (kind: 'town' | 'department', from: string, to: string | null) => ({
  type: 'PutInChargeOf' as const,
  data: { ...act, unitId: unitId('town-a'), place: place('pd/town-a', kind), from: day(from), to: to === null ? null : day(to) },
});
const inCharge = (from: string, to: string | null): PersonEvent => ({
  type: 'PutInCharge',
  data: { ...act, personId: id, unitId: unitId('town-a'), from: day(from), to: to === null ? null : day(to) },
});

describe('a person in office', () => {
  it('is registered once, by name', () => {
    given()
      .when({ type: 'RegisterPerson', data: { ...act, personId: id, name: ' 周样一 ', phone: null } })
      .then(registered);
    given(registered)
      .when({ type: 'RegisterPerson', data: { ...act, personId: id, name: '周样一', phone: null } })
      .thenRejects('person-exists');
    given()
      .when({ type: 'RegisterPerson', data: { ...act, personId: id, name: '', phone: null } })
      .thenRejects('person-name-missing');
  });
  it('is unknown to every other command before that', () =>
    given()
      .when({ type: 'CorrectPerson', data: { ...act, name: '周样一', phone: undefined } })
      .thenRejects('person-absent'));
  it('keeps the sealed phone when only the name is corrected', () => {
    const phone = { masked: '138****5678', sealed: 'v1.x' };
    given({ type: 'PersonRegistered', data: { ...act, personId: id, name: '周样一', phone } })
      .when({ type: 'CorrectPerson', data: { ...act, name: '周样二', phone: undefined } })
      .then({ type: 'PersonCorrected', data: { ...act, personId: id, name: '周样二', phone } });
    given(registered)
      .when({ type: 'CorrectPerson', data: { ...act, name: '周样一', phone: undefined } })
      .thenNothing();
  });
  it('is seconded from a day to a day', () =>
    given(registered).when(second('2020-07-01', '2020-09-30')).then(seconded('2020-07-01', '2020-09-30')));
  it('is not seconded to the same unit twice at a time, and the same secondment again is quiet', () => {
    given(registered, seconded('2020-07-01', '2020-09-30')).when(second('2020-09-30', null)).thenRejects('secondment-overlaps');
    given(registered, seconded('2020-07-01', '2020-09-30')).when(second('2020-07-01', '2020-09-30')).thenNothing();
    given(registered, seconded('2020-07-01', '2020-09-30')).when(second('2020-10-01', null)).then(seconded('2020-10-01', null));
  });
  it('cannot be seconded backwards in time', () =>
    given(registered).when(second('2020-07-02', '2020-07-01')).thenRejects('period-reversed'));
  it('ends a secondment with its last day; ending it again is quiet', () => {
    const end = { type: 'EndSecondment' as const, data: { ...act, toUnit: unitId('team-1'), lastDay: day('2020-07-31') } };
    const ended: PersonEvent = {
      type: 'SecondmentEnded',
      data: { ...act, personId: id, toUnit: unitId('team-1'), from: day('2020-07-01'), to: day('2020-07-31') },
    };
    given(registered, seconded('2020-07-01', null)).when(end).then(ended);
    given(registered, seconded('2020-07-01', null), ended).when(end).thenNothing();
  });
  it('answers for towns only, from a day to a day', () => {
    given(registered)
      .when(charge('town', '2020-07-01', null))
      .then(inCharge('2020-07-01', null));
    given(registered)
      .when(charge('department', '2020-07-01', null))
      .thenRejects('charge-not-a-town');
    given(registered, inCharge('2020-07-01', null))
      .when(charge('town', '2020-08-01', null))
      .thenRejects('charge-overlaps');
  });
  it('hands a town over with a last day', () =>
    given(registered, inCharge('2020-07-01', null))
      .when({ type: 'EndCharge', data: { ...act, unitId: unitId('town-a'), lastDay: day('2020-07-31') } })
      .then({
        type: 'ChargeEnded',
        data: { ...act, personId: id, unitId: unitId('town-a'), from: day('2020-07-01'), to: day('2020-07-31') },
      }));
});
