import type { ReactNode } from 'react';
import zh from '../../i18n/zh/office.json';
import { textsOf } from '../../i18n/texts';
import { Page } from '../../ui/page';

const t = textsOf(zh);

export default function TemporaryPage(): ReactNode {
  return <Page title={t('title')} />;
}
