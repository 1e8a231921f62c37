import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { workReadingActs } from '../../api/generated/sdk.gen';
import { useOnline } from '../../app/online';
import { usePhone } from '../../offline/phone';
import { LinkButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { Card, Loaded } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { CameBack } from './came-back';
import { DraftCard } from './draft-card';
import styles from './field.module.css';
import { OutboxLine } from './outbox-line';
import { StoreCard } from './store-card';

const t = textsOf(zh);
const ACTS = 100;

const Drafts = (): ReactNode => {
  const { drafts } = usePhone();
  const shown = [...drafts].sort((a, b) => b.changedAt - a.changedAt);
  return (
    <Card title={t('drafts')}>
      {shown.length === 0 ? (
        <p className={styles['soft']}>{t('draftsNone')}</p>
      ) : (
        <ul className={styles['list']}>
          {shown.map((draft) => (
            <DraftCard key={draft.draftId} draft={draft} />
          ))}
        </ul>
      )}
    </Card>
  );
};

const ToVerify = (): ReactNode => {
  const { packages } = usePhone();
  const mine = packages.flatMap(({ content }) => content.findings.filter(({ mayVerify }) => mayVerify));
  return (
    <Card title={t('verifyList')}>
      {mine.length === 0 ? (
        <p className={styles['soft']}>{t('noneToVerify')}</p>
      ) : (
        <ul className={styles['list']}>
          {mine.map(({ findingId, subject, category, text }) => (
            <li key={findingId}>
              <strong>{`${subject.label} · ${category.name}`}</strong>
              <div className={styles['line']}>
                <span>{text}</span>
                <LinkButton to={`/verify/${findingId}`}>{t('verifyNow')}</LinkButton>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};

const Filed = (): ReactNode => {
  const query = useQuery({
    queryKey: ['findings', 'acts-mine'],
    queryFn: () => read(workReadingActs({ query: { of: 'person', limit: ACTS } })),
  });
  return (
    <Card title={t('filedByMe')}>
      <Loaded query={query}>
        {({ acts }) => {
          const filed = acts.filter(({ type }) => type === 'FindingFiled');
          return filed.length === 0 ? (
            <p className={styles['soft']}>{t('filedNone')}</p>
          ) : (
            <ul className={styles['list']}>
              {filed.map(({ findingId, number, at }) => (
                <li key={findingId}>
                  <Link to={`/findings/${findingId}`}>{number}</Link>
                  <time className={styles['soft']} dateTime={at}>
                    {dateTimeWords(at)}
                  </time>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
};

/** 我的: what lies on the phone and its state, what is to be verified, what came back, what I filed. */
export default function MinePage(): ReactNode {
  const isOnline = useOnline();
  return (
    <Page title={t('mineTitle')}>
      <div className={`${styles['form']} ${styles['touch']}`}>
        <OutboxLine />
        <StoreCard />
        <Drafts />
        <ToVerify />
        {isOnline && <CameBack />}
        {isOnline && <Filed />}
      </div>
    </Page>
  );
}
