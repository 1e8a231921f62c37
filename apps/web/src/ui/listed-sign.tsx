import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../api/calls';
import { supervisionFlags } from '../api/generated/sdk.gen';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import { Tag } from './states';

const t = textsOf(common);

const Sign = ({ supervisionId, days }: Readonly<{ supervisionId: string; days: number }>): ReactNode => (
  <Link to={`/supervision/${supervisionId}`} aria-label={t('listedSign', { days })}>
    <Tag tone="red">{t('listed')}</Tag>
  </Link>
);

/** The sign 挂牌 beside a unit that is under supervision now; one request serves all rows of a page. */
export const UnitListedSign = ({ unitId }: Readonly<{ unitId: string }>): ReactNode => {
  const { data } = useQuery({ queryKey: ['supervision', 'flags'], queryFn: () => read(supervisionFlags()) });
  const flag = data?.units.find((one) => one.unitId === unitId);
  return flag === undefined ? null : <Sign {...flag} />;
};

/** The same beside a finding. */
export const FindingListedSign = ({ findingId }: Readonly<{ findingId: string }>): ReactNode => {
  const { data } = useQuery({
    queryKey: ['supervision', 'flags', findingId],
    queryFn: () => read(supervisionFlags({ query: { findingId } })),
  });
  const [flag] = data?.findings ?? [];
  return flag === undefined ? null : <Sign {...flag} />;
};
