import { assertNever, type Act, type Decider, type Message, type SubjectId } from '@app/kernel';
import { reject } from './subject.errors';

/** What happens to somebody's personal data (stream `subject-<id>`); the data itself stands sealed elsewhere. */
export type PersonalDataRead = Message<'PersonalDataRead', Act & { subjectId: SubjectId; fields: readonly string[]; purpose: string }>;
export type SubjectErased = Message<'SubjectErased', Act & { subjectId: SubjectId; basis: string }>;
export type SubjectEvent = PersonalDataRead | SubjectErased;

export type ReadPersonalData = Message<'ReadPersonalData', Act & { subjectId: SubjectId; fields: readonly string[]; purpose: string }>;
export type EraseSubject = Message<'EraseSubject', Act & { subjectId: SubjectId; basis: string }>;
export type SubjectCommand = ReadPersonalData | EraseSubject;

export type SubjectState = Readonly<{ erased: boolean }>;

export const subjectDecider: Decider<SubjectState, SubjectCommand, SubjectEvent> = {
  initial: { erased: false },
  decide: (command, state) => {
    const { at, on, by, subjectId } = command.data;
    switch (command.type) {
      case 'ReadPersonalData': {
        const purpose = command.data.purpose.trim();
        if (state.erased) reject('subject-erased');
        if ([...purpose].length < 2) reject('purpose-missing');
        return [{ type: 'PersonalDataRead', data: { at, on, by, subjectId, fields: command.data.fields, purpose } }];
      }
      case 'EraseSubject': {
        const basis = command.data.basis.trim();
        if (state.erased) return [];
        if ([...basis].length < 2) reject('purpose-missing');
        return [{ type: 'SubjectErased', data: { at, on, by, subjectId, basis } }];
      }
      default:
        return assertNever(command);
    }
  },
  evolve: (state, event) => {
    switch (event.type) {
      case 'PersonalDataRead':
        return state;
      case 'SubjectErased':
        return { erased: true };
      default:
        return assertNever(event);
    }
  },
};
