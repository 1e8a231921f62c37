import type { ReactNode } from 'react';
import { useRouteError } from 'react-router';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import { Page } from '../ui/page';
import { Empty, Fault } from '../ui/states';

const t = textsOf(common);

/** A page that broke, or whose code could not be fetched: the rest of the application goes on. */
export const PageFault = (): ReactNode => (
  <Page title={t('errorTitle')}>
    <Fault error={useRouteError()} again={() => window.location.reload()} />
  </Page>
);

/** An address that leads nowhere. */
export const NoSuchPage = (): ReactNode => (
  <Page title={t('notFoundTitle')}>
    <Empty>{t('notFound')}</Empty>
  </Page>
);
