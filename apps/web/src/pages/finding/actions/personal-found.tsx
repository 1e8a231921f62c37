import type { ReactNode } from 'react';
import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { asRefused } from '../../../api/problem';
import { Notice } from '../../../ui/states';

const t = textsOf(zh);

/** `personal-data-found`: what was found, masked, to be agreed to. */
export const PersonalFound = ({ error }: Readonly<{ error: unknown }>): ReactNode => {
  const found = asRefused(error).more['found'];
  const masked = Array.isArray(found)
    ? (found as readonly Readonly<{ masked?: unknown }>[]).map((one) => (typeof one.masked === 'string' ? one.masked : ''))
    : [];
  return (
    <Notice tone="amber" alert>
      <p>{t('personalFound', { found: masked.join(' ') })}</p>
    </Notice>
  );
};
