import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/notifications.json';
import { textsOf } from '../../i18n/texts';

export const t = textsOf(zh);
export const c = textsOf(common);
