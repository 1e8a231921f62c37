import { word } from '../../i18n/words';

/** `rectify/L1` is the deadline of a leg, `triage` of the whole finding: both read by their kind. */
export const deadlineWords = (key: string): string => word('deadline', key.split('/')[0]);
