export { maskBankCard, maskIdNumber, maskName, maskPhone } from './domain/masks';
export { detectPersonal, isBankCard, isIdNumber, isPhone, redact, type PersonalKind, type PersonalNumber } from './domain/personal-numbers';
export { secrecyMark, type SecrecyMark } from './domain/secrecy-mark';
export { PRIVACY_ERRORS, type PrivacyErrorCode } from './domain/subject.errors';
export type { PersonalDataRead, SubjectErased, SubjectEvent } from './domain/subject.decider';
export { MasterKey } from './application/master-key';
export { Sealer, type PersonalFields, type ToSeal } from './application/sealer';
export { HandleSubject, SUBJECT_EVENT_TYPES, SubjectCommandHandler, type SubjectRequest } from './application/subject.command-handler';
export { PrivacyModule } from './privacy.module';
