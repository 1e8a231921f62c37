import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { read } from '../../api/calls';
import { noticesReadingByCode } from '../../api/generated/sdk.gen';
import { LinkButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { Card, Loaded, Notice } from '../../ui/states';
import { useAddress } from '../../ui/use-address';
import { t } from './words';

/** Where the QR of a paper leads: whether the paper says what was issued, for whoever may read the notice. */
export default function DoorPage(): ReactNode {
  const { opaque = '' } = useParams();
  const { get } = useAddress();
  const h = get('h');
  const query = useQuery({
    queryKey: ['notices', 'by-code', opaque, h],
    queryFn: () => read(noticesReadingByCode({ path: { opaque }, query: { h } })),
  });
  return (
    <Page title={t('doorTitle')}>
      <Loaded query={query}>
        {({ noticeId, number, matches }) => (
          <Card title={number}>
            <Notice tone={matches ? 'green' : 'red'}>{t(matches ? 'doorMatches' : 'doorDiffers')}</Notice>
            <LinkButton to={`/notices/${noticeId}`}>{t('doorOpen')}</LinkButton>
          </Card>
        )}
      </Loaded>
    </Page>
  );
}
