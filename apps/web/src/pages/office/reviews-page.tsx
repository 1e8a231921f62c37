import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { read } from '../../api/calls';
import { findingsReadingList, workReadingInbox } from '../../api/generated/sdk.gen';
import type { FindingsReadingListResponse } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import zh from '../../i18n/zh/reviews.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { DeskTable } from '../../ui/desk-table';
import { Page } from '../../ui/page';
import { Empty, Fault, Loaded, Loading, Notice } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { usePages } from '../../ui/use-pages';
import { Tabs } from '../../ui/tabs';
import type { FindingsQuery } from '../finding/filters';
import { SelectionBar } from '../selections/selection-bar';
import { useTicks, type Selectable } from '../selections/use-ticks';
import { EntriesTable } from './entries-table';
import { ExtensionDialog } from './extension-dialog';
import { OfficeClock } from './office-clock';
import { PauseDialog } from './pause-dialog';
import { useQueue, type Entry } from './queue';
import { nextAfter } from './queue-places';
import { rememberedPlace, tabsFor, type ReviewTab } from './review-work';
import { RulingDialog } from './ruling-dialog';
import styles from './office.module.css';

const t = textsOf(zh);
const TO_LOOK_BACK: FindingsQuery = { stage: ['cleared', 'long-term'] };
type Shown = FindingsReadingListResponse['findings'][number];
const nameOf = (tab: ReviewTab): string => (tab === 'look-back' ? t('lookBack') : wordOf(words, `work.${tab}`));
/** What is ruled on beside the queue, in a dialog: how its button reads for one entry. */
const RULED: Readonly<Partial<Record<ReviewTab, 'ruleOn' | 'decideOn' | 'decideOnPause'>>> = {
  rule: 'ruleOn',
  extension: 'decideOn',
  pause: 'decideOnPause',
};
const addressOf = (tab: ReviewTab, findingId: string): string => `/reviews/${findingId}?work=${tab}`;

/** How many wait of each kind, for the tabs. */
const useCounts = (tabs: readonly ReviewTab[]) => {
  const works = tabs.filter((tab) => tab !== 'look-back');
  return useQuery({
    queryKey: ['findings', 'review-counts', ...works],
    queryFn: async () => {
      const pages = await Promise.all(works.map((work) => read(workReadingInbox({ query: { work: [work], limit: 1 } }))));
      return new Map<ReviewTab, Readonly<{ total: number; overdue: number }>>(
        works.map((work, at) => [work, pages[at] ?? { total: 0, overdue: 0 }]),
      );
    },
  });
};

const keyOf = ({ findingId }: Shown): string => findingId;
const selectable = ({ findingId, number }: Shown): Selectable => ({ findingId, legId: null, name: number });

const Cleared = (): ReactNode => {
  const { first, rows, more, loadingMore, isPending, error, refetch } = usePages(
    ['findings', 'to-look-back'],
    (cursor) => read(findingsReadingList({ query: { ...TO_LOOK_BACK, sort: 'updated', direction: 'asc', cursor: cursor ?? null } })),
    ({ findings }) => findings,
  );
  const ticks = useTicks('look-back', rows, keyOf, selectable);
  if (isPending) return <Loading />;
  if (error !== null) return <Fault error={error} again={() => void refetch()} />;
  if (rows.length === 0) return <Empty>{t('empty')}</Empty>;
  return (
    <>
      <SelectionBar ticks={ticks} total={first} filter={{ ...TO_LOOK_BACK, of: 'findings' }} />
      <DeskTable
        caption={t('lookBack')}
        rows={rows}
        keyOf={keyOf}
        nameOf={({ number }) => number}
        selection={ticks.selection}
        more={more}
        loadingMore={loadingMore}
        columns={[
          {
            key: 'number',
            title: t('number'),
            cell: (row) => (
              <Link className={styles['rowLink']} to={addressOf('look-back', row.findingId)}>
                {row.number}
              </Link>
            ),
          },
          { key: 'text', title: t('text'), cell: (row) => <div className={styles['clip']}>{row.text}</div> },
          { key: 'where', title: t('where'), cell: (row) => [row.town?.name, row.village?.name].filter(Boolean).join(' ') },
          { key: 'category', title: t('category'), cell: (row) => row.category.name },
          { key: 'since', title: t('lastAct'), cell: (row) => <time dateTime={row.stageSince}>{dateTimeWords(row.stageSince)}</time> },
        ]}
      />
    </>
  );
};

const Waiting = ({ tab }: Readonly<{ tab: Exclude<ReviewTab, 'look-back'> }>): ReactNode => {
  const [ruled, setRuled] = useState<Entry | null>(null);
  const queue = useQueue([tab]);
  const last = rememberedPlace();
  const ruling = RULED[tab];
  const close = (): void => setRuled(null);
  return (
    <Loaded query={queue}>
      {(page) => {
        const { entries } = page;
        if (entries.length === 0) return <Empty>{t('empty')}</Empty>;
        const next = last?.tab === tab ? nextAfter(entries, last.findingId) : null;
        const number = entries.find((entry) => entry.findingId === next)?.number;
        return (
          <>
            {next !== null && number !== undefined && (
              <Notice>
                <p>
                  {t('goOn')} <Link to={addressOf(tab, next)}>{number}</Link>
                </p>
              </Notice>
            )}
            <EntriesTable
              caption={nameOf(tab)}
              work={tab}
              page={page}
              to={({ findingId }) => addressOf(tab, findingId)}
              {...(ruling !== undefined
                ? {
                    open: (entry: Entry) => (
                      <Button onClick={() => setRuled(entry)} aria-label={t(ruling, { number: entry.number })}>
                        {t(tab === 'rule' ? 'rule' : 'decide')}
                      </Button>
                    ),
                  }
                : {})}
            />
            {ruled !== null && tab === 'rule' && <RulingDialog entry={ruled} onClose={close} />}
            {ruled !== null && tab === 'extension' && <ExtensionDialog entry={ruled} onClose={close} />}
            {ruled !== null && tab === 'pause' && <PauseDialog entry={ruled} onClose={close} />}
          </>
        );
      }}
    </Loaded>
  );
};

/** 复核: what waits for review, verification, clearing, rulings; the queue keeps the place one was at. */
export default function ReviewsPage(): ReactNode {
  const [search] = useSearchParams();
  const { has } = useSession();
  const tabs = tabsFor(has);
  const { data: counts } = useCounts(tabs);
  const asked = search.get('work') ?? rememberedPlace()?.tab;
  const shown = tabs.find((tab) => tab === asked) ?? 'review';
  const first = useQueue(shown === 'look-back' ? ['review'] : [shown]).data?.entries[0];
  return (
    <Page
      title={t('title')}
      tools={
        shown !== 'look-back' &&
        first !== undefined && (
          <LinkButton look="primary" to={addressOf(shown, first.findingId)}>
            {t('startFirst')}
          </LinkButton>
        )
      }
    >
      {has('office', 'office-head') && <OfficeClock />}
      <Tabs
        label={t('queues')}
        items={tabs.map((tab) => ({
          to: `/reviews?work=${tab}`,
          label: nameOf(tab),
          count: counts?.get(tab)?.total,
          overdue: counts?.get(tab)?.overdue,
          current: tab === shown,
        }))}
      />
      {shown === 'look-back' ? <Cleared /> : <Waiting key={shown} tab={shown} />}
    </Page>
  );
}
