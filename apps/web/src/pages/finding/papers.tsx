import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { noticesReadingAll } from '../../api/generated/sdk.gen';
import { Card } from '../../ui/states';
import type { Detail } from './detail';
import styles from './finding.module.css';

const t = textsOf(zh);

/** 文书: the notices that this finding stands on, as far as the reader may see them. Nothing while there is none. */
export const Papers = ({ finding: { findingId } }: Readonly<{ finding: Detail }>): ReactNode => {
  const { data } = useQuery({
    queryKey: ['findings', findingId, 'notices'],
    queryFn: () => read(noticesReadingAll({ query: { finding: findingId } })),
  });
  if (data === undefined || data.notices.length === 0) return null;
  return (
    <Card title={t('papers')}>
      <ul className={styles['plainList']}>
        {data.notices.map(({ noticeId, number }) => (
          <li key={noticeId}>
            <Link to={`/notices/${noticeId}`}>{number}</Link>
          </li>
        ))}
      </ul>
    </Card>
  );
};
