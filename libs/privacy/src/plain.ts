/** The door for threads that need none of the framework: what stands here loads nothing but plain code. */
export { maskName } from './domain/masks';
export { detectPersonal, redact, type PersonalKind } from './domain/personal-numbers';
export { secrecyMark } from './domain/secrecy-mark';
export { FreshSeals, SUBJECT_KEYS, type SealingKey } from './application/fresh-seals';
