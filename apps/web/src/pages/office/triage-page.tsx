import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import zh from '../../i18n/zh/office.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { LinkButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { EntriesTable } from './entries-table';
import { OfficeClock } from './office-clock';
import { useQueue } from './queue';

const t = textsOf(zh);
const WORK = ['triage', 'transfer'] as const;

/** 研判: what was filed and not yet triaged, and what was accepted and waits for transfer, oldest first. */
export default function TriagePage(): ReactNode {
  const [search] = useSearchParams();
  const shown = search.get('work') === 'transfer' ? 'transfer' : 'triage';
  const queues = { triage: useQueue(['triage']), transfer: useQueue(['transfer']) };
  const first = queues[shown].data?.entries[0];
  return (
    <Page
      title={t('title')}
      tools={
        first !== undefined && (
          <LinkButton look="primary" to={`/triage/${first.findingId}`}>
            {t('startFirst')}
          </LinkButton>
        )
      }
    >
      <OfficeClock />
      <Tabs
        label={t('queues')}
        items={WORK.map((work) => ({
          to: `/triage?work=${work}`,
          label: wordOf(words, `work.${work}`),
          count: queues[work].data?.total,
          overdue: queues[work].data?.overdue,
          current: work === shown,
        }))}
      />
      <Loaded query={queues[shown]}>
        {(page) =>
          page.entries.length === 0 ? (
            <Empty>{t('queueEmpty')}</Empty>
          ) : (
            <EntriesTable
              caption={wordOf(words, `work.${shown}`)}
              key={shown}
              work={shown}
              page={page}
              to={({ findingId }) => `/triage/${findingId}`}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
