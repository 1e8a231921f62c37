import zh from '../../i18n/zh/admin.json';
import common from '../../i18n/zh/common.json';
import { textsOf, wordOf } from '../../i18n/texts';

/** What the pages of administration say. */
export const t = textsOf(zh);
export const c = textsOf(common);

/** Words for codes that only administration shows: `ownWord('unit-status', 'merged')`. */
export const ownWord = (kind: string, code: string): string => wordOf(zh, `${kind}.${code}`);

/** The fault of a field that was left empty. */
export const missing = (value: string, label: string): string | null => (value.trim() === '' ? c('required', { label }) : null);
