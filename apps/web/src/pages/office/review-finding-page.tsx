import { useEffect, useState, type ReactNode } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { useSession } from '../../app/session';
import zh from '../../i18n/zh/reviews.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { LinkButton } from '../../ui/button';
import FindingPage from '../finding/finding-page';
import { useQueue } from './queue';
import { nextAfter, placeIn } from './queue-places';
import { rememberPlace, tabsFor, type ReviewTab } from './review-work';
import styles from './office.module.css';

const t = textsOf(zh);

const QueueBar = ({ tab, id }: Readonly<{ tab: Exclude<ReviewTab, 'look-back'>; id: string }>): ReactNode => {
  const { data } = useQueue([tab]);
  const entries = data?.entries ?? [];
  const place = placeIn(entries, id);
  // Once the finding has left the queue, the one that moved up to its place is the next.
  const [was, setWas] = useState(0);
  if (place !== null && place.n - 1 !== was) setWas(place.n - 1);
  const next = nextAfter(entries, id, was);
  return (
    <nav className={styles['strip']} aria-label={t('queueOf', { work: wordOf(words, `work.${tab}`) })}>
      <strong>{wordOf(words, `work.${tab}`)}</strong>
      {data !== undefined && <span role="status">{place === null ? t('leftQueue') : t('placeInQueue', place)}</span>}
      <LinkButton to={`/reviews?work=${tab}`}>{t('toQueue')}</LinkButton>
      {next === null ? (
        data !== undefined && place === null && <span>{t('queueDone')}</span>
      ) : (
        <LinkButton look={place === null ? 'primary' : 'default'} to={`/reviews/${next}?work=${tab}`}>
          {place === null ? t('openNext') : t('skip')}
        </LinkButton>
      )}
    </nav>
  );
};

/** The page of a finding, opened out of a queue: above it, where one is in the queue and which comes next. */
export default function ReviewFindingPage(): ReactNode {
  const { id = '' } = useParams();
  const { has } = useSession();
  const [search] = useSearchParams();
  const tab = tabsFor(has).find((one) => one === search.get('work')) ?? 'review';
  useEffect(() => rememberPlace(tab, id), [tab, id]);
  return (
    <div className={styles['column']}>
      {tab === 'look-back' ? (
        <nav className={styles['strip']} aria-label={t('lookBack')}>
          <LinkButton to="/reviews?work=look-back">{t('toQueue')}</LinkButton>
        </nav>
      ) : (
        <QueueBar tab={tab} id={id} />
      )}
      <FindingPage key={id} />
    </div>
  );
}
