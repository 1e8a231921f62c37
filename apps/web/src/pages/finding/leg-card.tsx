import type { ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { Derivation } from '../../ui/derivation';
import { DueTime } from '../../ui/due-time';
import { Facts, Tag } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import type { Detail, Leg } from './detail';
import { legStageWord, stageTone } from './tones';
import styles from './finding.module.css';

const t = textsOf(zh);
const joined = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part != null && part !== '').join(' · ');

const Progress = ({ leg }: Readonly<{ leg: Leg }>): ReactNode => {
  const { progress } = leg;
  if (progress === null) return null;
  const { basicallyComplete } = progress;
  return (
    <>
      {t('dated', { day: dayWords(progress.on), text: progress.text })}
      {basicallyComplete !== null && (
        <p>{t('basicallyRemains', { remains: basicallyComplete.remains, day: dayWords(basicallyComplete.by) })}</p>
      )}
    </>
  );
};

const Report = ({ leg }: Readonly<{ leg: Leg }>): ReactNode => {
  const { report } = leg;
  if (report === null) return null;
  return (
    <section aria-label={t('reportOf', { unit: leg.unit.name })} className={styles['report']}>
      <h4>{t('report')}</h4>
      <Facts
        of={[
          [t('completedOn'), dayWords(report.completedOn)],
          [t('measures'), report.measures],
          [t('effect'), report.effect],
          [t('reportText'), report.text],
          [t('evidence'), report.evidence.length === 0 ? null : t('pieces', { n: report.evidence.length })],
        ]}
      />
    </section>
  );
};

const signed = (leg: Leg): string | null => {
  if (leg.signedAt === null) return null;
  return leg.deemedSigned ? t('deemedSigned', { at: dateTimeWords(leg.signedAt) }) : dateTimeWords(leg.signedAt);
};
const submitted = ({ submission }: Leg): string | null =>
  submission === null ? null : joined(dateTimeWords(submission.at), submission.onTime ? t('onTime') : t('late'));

/** One leg: who, which duty, where it stands, until when and why until then, what was done and said. */
export const LegCard = ({ finding, leg }: Readonly<{ finding: Detail; leg: Leg }>): ReactNode => {
  const turns = finding.turns.filter(({ legId }) => legId === leg.legId);
  // Its clock does not stand: it has run out of work until an opinion is owed.
  const hasGuided = leg.duty === 'guides' && leg.guidance !== null && !leg.running;
  return (
    <article className={styles['leg']} aria-label={t('legOf', { unit: leg.unit.name })}>
      <header>
        <h3>{leg.unit.name}</h3>
        <p className={styles['tags']}>
          <Tag>{word('line', leg.line)}</Tag>
          <Tag>{word('duty', leg.duty)}</Tag>
          {leg.leads && <Tag tone="blue">{t('leads')}</Tag>}
          <Tag tone={stageTone(leg.stage)}>{legStageWord(leg)}</Tag>
        </p>
      </header>
      {leg.passedAt === null && !hasGuided && (
        <p>
          <DueTime at={leg.due.at} overdue={leg.overdue} workingDaysLeft={leg.workingDaysLeft} paused={!leg.running} />
        </p>
      )}
      {turns.map(({ work, unit, dueAt, overdue, workingDaysLeft }) => (
        <p key={work} className={styles['turn']}>
          {t('turnOf', { unit: unit.name, work: word('work', work) })}{' '}
          {dueAt !== null && dueAt !== leg.due.at && <DueTime at={dueAt} overdue={overdue} workingDaysLeft={workingDaysLeft} />}
        </p>
      ))}
      <Derivation due={leg.due} />
      {leg.originalDue.at !== leg.due.at && <p>{t('originalDue', { at: dateTimeWords(leg.originalDue.at) })}</p>}
      <Facts
        of={[
          [t('delivered'), dateTimeWords(leg.deliveredAt)],
          [t('signedFor'), signed(leg)],
          [t('movedFrom'), leg.movedFrom?.name ?? null],
          [t('assigned'), leg.assignee === null ? null : joined(leg.village?.name, leg.assignee)],
          [t('plan'), leg.plan === null ? null : t('planWords', { ...leg.plan, targetOn: dayWords(leg.plan.targetOn) })],
          [t('progress'), leg.progress === null ? null : <Progress key="progress" leg={leg} />],
          [t('guidance'), leg.guidance],
          [
            t('extensionAsked'),
            leg.extension === null ? null : t('untilBecause', { day: dayWords(leg.extension.until), reason: leg.extension.reason }),
          ],
          [t('extensions'), leg.extensions === 0 ? null : t('extendedTimes', { n: leg.extensions })],
          [
            t('pause'),
            leg.pause === null
              ? null
              : t(leg.pause.granted ? 'pausedUntil' : 'pauseAskedUntil', {
                  day: dayWords(leg.pause.until),
                  reason: word('pause', leg.pause.reason),
                  text: leg.pause.text,
                }),
          ],
          [t('returned'), leg.returned === null ? null : joined(word('ground', leg.returned.ground), leg.returned.text)],
          [
            t('ruling'),
            leg.ruling === null ? null : joined(word('ruling', leg.ruling.ruling), leg.ruling.reason, leg.ruling.final ? t('final') : null),
          ],
          [t('sentBack'), leg.sentBackBecause],
          [t('submitted'), submitted(leg)],
          [t('opinion'), leg.opinion === null ? null : joined(leg.opinion.agrees ? t('toldAgrees') : t('toldDisagrees'), leg.opinion.text)],
          [t('lateEntry'), leg.lateEntry === null ? null : joined(leg.lateEntry.documentNumber, leg.lateEntry.reason)],
          [t('passed'), leg.passedAt === null ? null : dateTimeWords(leg.passedAt)],
        ]}
      />
      <Report leg={leg} />
    </article>
  );
};
