import type { ReactNode } from 'react';
import { Link } from 'react-router';
import zh from '../../i18n/zh/work.json';
import { textsOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { workReadingActs } from '../../api/generated/sdk.gen';
import type { WorkReadingActsResponse } from '../../api/generated/types.gen';
import { LinkButton } from '../../ui/button';
import { DataTable, type Column } from '../../ui/data-table';
import { RadioGroup } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Paged } from '../../ui/paged';
import { dateTimeWords, dayWords } from '../../ui/time';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import styles from './work.module.css';

const t = textsOf(zh);
type Act = WorkReadingActsResponse['acts'][number];

const columns: readonly Column<Act>[] = [
  {
    key: 'when',
    title: t('colWhen'),
    cell: ({ at, on }) => (
      <>
        <time dateTime={at}>{dateTimeWords(at)}</time>
        {dayWords(on) !== dayWords(at) && <div className={styles['soft']}>{t('claimedDay', { day: dayWords(on) })}</div>}
      </>
    ),
  },
  { key: 'what', title: t('colWhat'), cell: ({ label }) => label.zh },
  { key: 'finding', title: t('colFinding'), cell: ({ findingId, number }) => <Link to={`/findings/${findingId}`}>{number}</Link> },
  { key: 'by', title: t('colBy'), cell: ({ person, unit }) => `${person.name} · ${unit.name}` },
];

/** What I, or my unit, did: kept also of findings that went elsewhere. */
export default function ActsPage(): ReactNode {
  const { get, set } = useAddress();
  const of = get('of') === 'unit' ? 'unit' : 'person';
  const pages = usePages(
    ['findings', 'acts', of],
    (before) => read(workReadingActs({ query: { of, limit: 50, ...(before === undefined ? {} : { before }) } })),
    ({ acts }) => acts,
  );
  return (
    <Page title={t('acts')} tools={<LinkButton to="/inbox">{t('inboxLink')}</LinkButton>}>
      <RadioGroup
        label={t('actsOf')}
        options={[
          { value: 'person', label: t('actsPerson') },
          { value: 'unit', label: t('actsUnit') },
        ]}
        value={of}
        onChange={(value) => set({ of: value === 'unit' ? 'unit' : '' })}
      />
      <Paged pages={pages} empty={t('actsEmpty')}>
        {(rows) => (
          <DataTable
            caption={t('actsCaption')}
            columns={columns}
            rows={rows}
            keyOf={({ position }) => position}
            more={pages.more}
            loadingMore={pages.loadingMore}
          />
        )}
      </Paged>
    </Page>
  );
}
