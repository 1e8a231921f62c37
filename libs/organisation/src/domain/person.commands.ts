import type { Act, LocalDate, Message, PersonId, UnitId } from '@app/kernel';
import type { SealedPhone } from './person.events';
import type { UnitPlace } from './unit.commands';

export type RegisterPerson = Message<'RegisterPerson', Act & { personId: PersonId; name: string; phone: SealedPhone | null }>;
/** `phone: undefined` leaves it as it is. */
export type CorrectPerson = Message<'CorrectPerson', Act & { name: string; phone: SealedPhone | null | undefined }>;
export type Second = Message<
  'Second',
  Act & { fromUnit: UnitId; toUnit: UnitId; fromPlace: UnitPlace; toPlace: UnitPlace; from: LocalDate; to: LocalDate | null }
>;
/** `lastDay` before the start voids the secondment. */
export type EndSecondment = Message<'EndSecondment', Act & { toUnit: UnitId; lastDay: LocalDate }>;
export type PutInChargeOf = Message<'PutInChargeOf', Act & { unitId: UnitId; place: UnitPlace; from: LocalDate; to: LocalDate | null }>;
export type EndCharge = Message<'EndCharge', Act & { unitId: UnitId; lastDay: LocalDate }>;

export type PersonCommand = RegisterPerson | CorrectPerson | Second | EndSecondment | PutInChargeOf | EndCharge;
