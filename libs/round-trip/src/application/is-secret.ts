import { secrecyMark } from '@app/privacy';

/** True when a text bears a mark of secrecy (R39). */
export const isSecret = (text: string): boolean => secrecyMark(text) !== null;
