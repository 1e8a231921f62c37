import { stampOf, SYSTEM, type Act, type Instant, type LocalDate, type SubjectId } from '@app/kernel';
import { specFor } from '@app/testing';
import { subjectDecider, type SubjectEvent } from './subject.decider';

const given = specFor(subjectDecider);
const act: Act = { at: '2020-07-06T01:30:00.000Z' as Instant, on: '2020-07-06' as LocalDate, by: stampOf(SYSTEM) };
const subjectId = 's1' as SubjectId;
const erased: SubjectEvent = { type: 'SubjectErased', data: { ...act, subjectId, basis: '本人要求删除' } };
const read = (purpose: string) => ({ type: 'ReadPersonalData' as const, data: { ...act, subjectId, fields: ['idNumber'], purpose } });

describe('personal data of a subject', () => {
  it('is read in full only with a purpose, and the reading is recorded', () => {
    given()
      .when(read(' 电话核实 '))
      .then({ type: 'PersonalDataRead', data: { ...act, subjectId, fields: ['idNumber'], purpose: '电话核实' } });
    given().when(read(' ')).thenRejects('purpose-missing');
  });
  it('is erased once, and then cannot be read', () => {
    const erase = { type: 'EraseSubject' as const, data: { ...act, subjectId, basis: '本人要求删除' } };
    given().when(erase).then(erased);
    given(erased).when(erase).thenNothing();
    given(erased).when(read('电话核实')).thenRejects('subject-erased');
  });
});
