import type { ReactNode } from 'react';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';

const t = textsOf(common);

/** How many a list holds: exactly, or "10000+" where nobody counted on. */
export const Total = ({ page }: Readonly<{ page: Readonly<{ total: number; exact: boolean }> | undefined }>): ReactNode =>
  page === undefined ? null : (
    <span role="status">{page.exact ? t('total', { n: page.total }) : t('totalAtLeast', { n: page.total.toLocaleString('en') })}</span>
  );
