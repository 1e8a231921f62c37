import type { Act, LocalDate, Message, PersonId, UnitId } from '@app/kernel';

/** A phone number as events keep it: `sealed` opens only with the person's own key. */
export type SealedPhone = Readonly<{ masked: string; sealed: string }>;

/** What can happen to a person in office (stream `person-<id>`). Names are borne in an official capacity; phone numbers are sealed. */
export type PersonRegistered = Message<'PersonRegistered', Act & { personId: PersonId; name: string; phone: SealedPhone | null }>;
export type PersonCorrected = Message<'PersonCorrected', Act & { personId: PersonId; name: string; phone: SealedPhone | null }>;
export type Seconded = Message<
  'Seconded',
  Act & { personId: PersonId; fromUnit: UnitId; toUnit: UnitId; from: LocalDate; to: LocalDate | null }
>;
/** `to` is the last day. */
export type SecondmentEnded = Message<'SecondmentEnded', Act & { personId: PersonId; toUnit: UnitId; from: LocalDate; to: LocalDate }>;
/** 包镇: the leader answers for the town. */
export type PutInCharge = Message<'PutInCharge', Act & { personId: PersonId; unitId: UnitId; from: LocalDate; to: LocalDate | null }>;
export type ChargeEnded = Message<'ChargeEnded', Act & { personId: PersonId; unitId: UnitId; from: LocalDate; to: LocalDate }>;

export type PersonEvent = PersonRegistered | PersonCorrected | Seconded | SecondmentEnded | PutInCharge | ChargeEnded;
