import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import zh from '../../i18n/zh/field.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { findingsReadingList, workReadingActs } from '../../api/generated/sdk.gen';
import { useOnline } from '../../app/online';
import { useSession } from '../../app/session';
import { usePhone } from '../../offline/phone';
import { LinkButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { Card, Loaded, Tag } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { CameBack } from './came-back';
import { DraftCard } from './draft-card';
import styles from './field.module.css';
import { OutboxLine } from './outbox-line';
import { StoreCard } from './store-card';

const t = textsOf(zh);
const ACTS = 200;
const ROWS = 200;
const SHOWN = 30;

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

/** Whose acts stand in the record, with what has become of them. */
const useFiled = () => {
  const { who } = useSession();
  const team = who.acting?.unit.id ?? '';
  return useQuery({
    queryKey: ['findings', 'filed-by-me', team],
    queryFn: async () => {
      const { acts } = await read(workReadingActs({ query: { of: 'person', limit: ACTS } }));
      const { findings } = await read(findingsReadingList({ query: { team, sort: 'updated', limit: ROWS } }));
      return acts
        .filter(({ type }) => type === 'FindingFiled')
        .slice(0, SHOWN)
        .map((act) => ({ act, row: findings.find(({ findingId }) => findingId === act.findingId) ?? null }));
    },
  });
};

const Filed = (): ReactNode => {
  const query = useFiled();
  return (
    <Card title={t('filedByMe')}>
      <Loaded query={query}>
        {(filed) =>
          filed.length === 0 ? (
            <p className={styles['soft']}>{t('filedNone')}</p>
          ) : (
            <ul className={styles['list']}>
              {filed.map(({ act: { findingId, number, at }, row }) => (
                <li key={findingId}>
                  <div className={styles['line']}>
                    <Link to={`/findings/${findingId}`}>{row === null ? number : `${row.subject.label} · ${row.category.name}`}</Link>
                    {row !== null && <Tag>{wordOf(words, `stage.${row.stage}`)}</Tag>}
                  </div>
                  <span className={styles['soft']}>{`${number} · ${dateTimeWords(at)}`}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
};

/** 我的: what lies on the phone and its state, what is to be verified, what came back, what I filed. */
export default function MinePage(): ReactNode {
  const isOnline = useOnline();
  const { mode } = usePhone();
  return (
    <Page title={t('mineTitle')}>
      <div className={`${styles['stack']} ${styles['touch']}`}>
        <OutboxLine />
        {mode !== 'none' && <StoreCard />}
        <Drafts />
        <ToVerify />
        {isOnline && <CameBack />}
        {isOnline && <Filed />}
      </div>
    </Page>
  );
}
