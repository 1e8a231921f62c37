import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { noticesReadingAll } from '../../api/generated/sdk.gen';
import type { NoticeShown } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { LinkButton } from '../../ui/button';
import { DataTable, type Column } from '../../ui/data-table';
import { SelectField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Paged } from '../../ui/paged';
import { Notice, Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import { choices, kindWord, KINDS, own, SIGNATURES, t, TONES } from './words';
import styles from './notices.module.css';

const answered = ({ repliedAt, feedbackBy }: NoticeShown): string => {
  if (repliedAt !== null) return t('replied', { day: dayWords(repliedAt) });
  return feedbackBy === null ? t('feedbackNone') : t('feedbackUntil', { day: dayWords(feedbackBy) });
};

const columns: readonly Column<NoticeShown>[] = [
  {
    key: 'number',
    title: t('number'),
    cell: ({ noticeId, number, kind, corrections }) => (
      <>
        <Link to={`/notices/${noticeId}`}>{number}</Link>
        <div className={styles['soft']}>
          {kindWord(kind)} {corrections.length > 0 && <Tag tone="amber">{t('corrected')}</Tag>}
        </div>
      </>
    ),
  },
  { key: 'unit', title: t('unit'), cell: ({ unit }) => unit.name },
  { key: 'findings', title: t('findings'), cell: ({ findings }) => t('findingCount', { n: findings }) },
  {
    key: 'issued',
    title: t('issuedOn'),
    cell: ({ issuedOn, issuer }) => (
      <>
        <time dateTime={issuedOn}>{dayWords(issuedOn)}</time>
        <div className={styles['soft']}>{issuer.name}</div>
      </>
    ),
  },
  { key: 'state', title: t('state'), cell: ({ signature }) => <Tag tone={TONES[signature]}>{own(`signature.${signature}`)}</Tag> },
  { key: 'answered', title: t('answered'), cell: answered },
];

/** 文书: what went out on paper, to whom, and what became of it. */
export default function NoticesPage(): ReactNode {
  const { has } = useSession();
  const { get, set } = useAddress();
  const kind = KINDS.find((one) => one === get('kind'));
  const signature = SIGNATURES.find((one) => one === get('signature'));
  const replied = (['true', 'false'] as const).find((one) => one === get('replied'));
  const finding = get('finding');
  const asked = {
    ...(kind === undefined ? {} : { kind }),
    ...(signature === undefined ? {} : { signature }),
    ...(replied === undefined ? {} : { replied }),
    ...(finding === '' ? {} : { finding }),
  };
  const pages = usePages(
    ['notices', 'all', asked],
    (after) => read(noticesReadingAll({ query: { ...asked, ...(after === undefined ? {} : { after }) } })),
    ({ notices }) => notices,
  );
  const mayIssue = has('office', 'office-head', 'team-head');
  return (
    <Page title={t('title')} tools={mayIssue ? <LinkButton to="/notices/new">{t('issue')}</LinkButton> : null}>
      {finding !== '' && (
        <Notice>
          {t('ofFinding')} <Link to="/notices">{t('allFindings')}</Link>
        </Notice>
      )}
      <div className={styles['filters']}>
        <SelectField
          label={t('kind')}
          placeholder={t('any')}
          options={choices('kind', KINDS)}
          value={kind ?? ''}
          onChange={(value) => set({ kind: value })}
        />
        <SelectField
          label={t('state')}
          placeholder={t('any')}
          options={choices('signature', SIGNATURES)}
          value={signature ?? ''}
          onChange={(value) => set({ signature: value })}
        />
        <SelectField
          label={t('answered')}
          placeholder={t('any')}
          options={[
            { value: 'true', label: t('answeredYes') },
            { value: 'false', label: t('answeredNo') },
          ]}
          value={replied ?? ''}
          onChange={(value) => set({ replied: value })}
        />
      </div>
      <Paged pages={pages} empty={t('none')}>
        {(rows) => (
          <DataTable
            caption={t('title')}
            columns={columns}
            rows={rows}
            keyOf={({ noticeId }) => noticeId}
            more={pages.more}
            loadingMore={pages.loadingMore}
          />
        )}
      </Paged>
    </Page>
  );
}
