import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import zh from '../../i18n/zh/field.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import type { TaskPackage } from '../../api/generated/types.gen';
import { useOnline } from '../../app/online';
import { useSession } from '../../app/session';
import { hoursOld } from '../../offline/expiry';
import { phone, usePhone } from '../../offline/phone';
import { Button, LinkButton } from '../../ui/button';
import { SelectField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Card, Empty, Loading, Notice, Tag } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import { CameBack } from './came-back';
import styles from './field.module.css';
import { OutboxLine } from './outbox-line';
import { PlacePicker, type Place } from './place-picker';
import { StoreCard } from './store-card';
import { useToday, useVillagePackage } from './use-field';

const t = textsOf(zh);
type Counts = Readonly<{ openCount: number; toVerifyToday: number; lastVisit: string | null }>;

const Numbers = ({ counts, year }: Readonly<{ counts: Counts; year: string }>): ReactNode => (
  <dl className={styles['numbers']}>
    <div>
      <dt>{t('openCount')}</dt>
      <dd>{counts.openCount}</dd>
    </div>
    <div>
      <dt>{t('toVerify')}</dt>
      <dd>{counts.toVerifyToday}</dd>
    </div>
    <div>
      <dt>{t('lastVisit')}</dt>
      <dd className={styles['small']}>{counts.lastVisit === null ? t('never') : dayWords(counts.lastVisit, year)}</dd>
    </div>
  </dl>
);

const PackageLine = ({ content, taking }: ReturnType<typeof useVillagePackage>): ReactNode => {
  const isOnline = useOnline();
  const age = content === null ? null : hoursOld(Date.parse(content.takenAt), phone.now());
  const words = age === null ? t('packageNone') : age === 0 ? t('packageFresh') : t('packageAge', { n: age });
  return (
    <div className={styles['line']}>
      <span className={styles['soft']} role="status">
        {taking.isFetching ? t('packageTaking') : taking.isError ? t('packageFault') : words}
      </span>
      {isOnline && (
        <Button look="plain" busy={taking.isFetching} onClick={() => void taking.refetch()}>
          {t('refreshPackage')}
        </Button>
      )}
    </div>
  );
};

const Findings = ({ content }: Readonly<{ content: TaskPackage }>): ReactNode => {
  const isOnline = useOnline();
  return (
    <Card title={t('openList')}>
      {content.findingsCut && <p className={styles['soft']}>{t('packageCut')}</p>}
      {content.findings.length === 0 && <Empty />}
      <ul className={styles['list']}>
        {content.findings.map(({ findingId, number, subject, category, text, stage, mayVerify, dueAt, overdue }) => (
          <li key={findingId}>
            <div className={styles['line']}>
              <strong>{`${subject.label}${subject.code === null ? '' : ` ${subject.code}`} · ${category.name}`}</strong>
              <Tag tone={overdue ? 'red' : 'grey'}>{wordOf(words, `stage.${stage}`)}</Tag>
            </div>
            <span>{text}</span>
            <div className={styles['line']}>
              <span className={styles['soft']}>{dueAt === null ? number : `${number} · ${dateTimeWords(dueAt)}`}</span>
              {mayVerify && <LinkButton to={`/verify/${findingId}`}>{t('verifyNow')}</LinkButton>}
              {isOnline && !mayVerify && (
                <LinkButton to={`/findings/${findingId}`} look="plain">
                  {t('seeMine')}
                </LinkButton>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
};

/** 今日: the village of today, what is open there, and the button to file; also without a network. */
export default function TodayPage(): ReactNode {
  const isOnline = useOnline();
  const { who } = useSession();
  const state = usePhone();
  const today = useToday(isOnline);
  const [search, setSearch] = useSearchParams();
  const [place, setPlace] = useState<Place>({ town: null, village: null });
  const planned = today.data?.villages ?? state.packages.map(({ content }) => ({ ...content.village, ...content }));
  const villageId = search.get('village') ?? planned[0]?.id ?? null;
  const village = useVillagePackage(villageId);
  const counts = planned.find(({ id }) => id === villageId) ?? village.content;
  const choose = (id: string): void => setSearch(id === '' ? {} : { village: id }, { replace: true });
  const known = village.content?.village;
  const options = [...planned, ...(known === undefined || planned.some(({ id }) => id === known.id) ? [] : [known])];
  return (
    <Page title={t('todayTitle')}>
      <div className={`${styles['touch']} ${styles['stack']}`}>
        <OutboxLine />
        {state.mode === 'locked' && <StoreCard />}
        {isOnline && today.isPending && <Loading />}
        {options.length > 0 && (
          <SelectField
            label={t('village')}
            value={villageId ?? ''}
            onChange={choose}
            placeholder={null}
            options={options.map(({ id, name, townName }) => ({ value: id, label: townName === null ? name : `${townName} ${name}` }))}
          />
        )}
        {counts != null && <Numbers counts={counts} year={(village.content?.today ?? who.today).slice(0, 4)} />}
        <div className={styles['big']}>
          <LinkButton to={villageId === null ? '/file' : `/file?village=${villageId}`} look="primary" wide>
            {t('fileNow')}
          </LinkButton>
        </div>
        {villageId !== null && <PackageLine {...village} />}
        {state.mode !== 'locked' && <StoreCard />}
        {isOnline && today.data?.task === null && (
          <Card>
            <p>{t('noTask')}</p>
            <PlacePicker
              place={place}
              onChange={(chosen) => {
                setPlace(chosen);
                if (chosen.village !== null) choose(chosen.village.id);
              }}
            />
          </Card>
        )}
        {isOnline && <CameBack />}
        {village.content !== null && <Findings content={village.content} />}
        {!isOnline && state.mode === 'open' && state.packages.length === 0 && (
          <Notice>
            <p>{t('packageNone')}</p>
          </Notice>
        )}
      </div>
    </Page>
  );
}
