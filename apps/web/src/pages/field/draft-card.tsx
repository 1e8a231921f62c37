import { useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/field.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { capturedMs, type Draft, type DraftState } from '../../offline/draft';
import { draftAge, hoursLeft } from '../../offline/expiry';
import { labelOf } from '../../offline/filing';
import { phone } from '../../offline/phone';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Actions, Notice, Tag, type Tone } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import styles from './field.module.css';

const t = textsOf(zh);
const TONES: Readonly<Record<DraftState, Tone>> = { draft: 'grey', waiting: 'amber', sending: 'blue', 'needs-you': 'red', sent: 'green' };

const titleOf = ({ work }: Draft): string => {
  switch (work.kind) {
    case 'finding':
      return [labelOf(work.form.subject), work.form.category?.name ?? ''].filter((part) => part !== '').join(' · ') || t('fileTitle');
    case 'addition':
      return t('additionOf', { number: work.number });
    case 'verification':
      return t('verificationOf', { number: work.number });
  }
};
const progressOf = ({ photos }: Draft): string | null => {
  if (photos.length === 0) return null;
  const counts = { done: photos.filter(({ evidenceId }) => evidenceId !== null).length, all: photos.length };
  const half = photos.find(({ evidenceId, received }) => evidenceId === null && received > 0);
  return half === undefined
    ? t('progress', counts)
    : t('progressPart', { ...counts, percent: Math.floor((half.received * 100) / half.size) });
};

/** What was decided here and what the server holds, side by side; nothing is overwritten. */
const Conflict = ({ draft }: Readonly<{ draft: Draft }>): ReactNode => {
  const { work, theirs } = draft;
  if (work.kind !== 'verification') return null;
  return (
    <>
      <p>{t('conflictTitle')}</p>
      <div className={styles['pair']}>
        <section>
          <h3>{t('conflictMine')}</h3>
          <p>{t(work.result)}</p>
          <p>{work.text}</p>
        </section>
        <section>
          <h3>{t('conflictTheirs')}</h3>
          {theirs === null ? (
            <p>{t('conflictGone')}</p>
          ) : (
            <>
              <p>{wordOf(words, `stage.${theirs.stage}`)}</p>
              <p>{theirs.text}</p>
              {theirs.lines.map((line, at) => (
                <p key={`${String(at)} ${line}`} className={styles['soft']}>
                  {line}
                </p>
              ))}
            </>
          )}
        </section>
      </div>
    </>
  );
};

const isConflict = ({ work, theirs, refusal }: Draft): boolean =>
  work.kind === 'verification' && (theirs !== null || refusal?.step === 'verify' || refusal?.step === 'send-back');

const NeedsYou = ({ draft, onDiscard }: Readonly<{ draft: Draft; onDiscard: () => void }>): ReactNode => {
  const { draftId, refusal, work, said } = draft;
  return (
    <Notice tone="red">
      {isConflict(draft) && <Conflict draft={draft} />}
      <p>{refusal?.zh || t('photoUnreadable')}</p>
      {refusal !== null && refusal.en !== '' && <p lang="en">{refusal.en}</p>}
      <Actions>
        {work.kind === 'verification' && isConflict(draft) ? (
          <LinkButton to={`/verify/${work.findingId}?draft=${draftId}`} look="primary">
            {t('conflictAgain')}
          </LinkButton>
        ) : (
          <Button look="primary" onClick={() => void phone.submit(draftId)}>
            {t('retry')}
          </Button>
        )}
        {refusal?.code === 'personal-data-found' && (
          <Button onClick={() => void phone.submit(draftId, { redact: true })}>{t('redact')}</Button>
        )}
        {work.kind === 'finding' && !said && <LinkButton to={`/file?draft=${draftId}`}>{t('continue')}</LinkButton>}
        <Button look="danger" onClick={onDiscard}>
          {isConflict(draft) ? t('conflictDrop') : t('discard')}
        </Button>
      </Actions>
    </Notice>
  );
};

export const DraftCard = ({ draft }: Readonly<{ draft: Draft }>): ReactNode => {
  const [isAsking, setIsAsking] = useState(false);
  const { draftId, state, work, number, said, asOpinion } = draft;
  const age = draftAge(capturedMs(draft), phone.now());
  return (
    <li>
      <div className={styles['line']}>
        <strong>{titleOf(draft)}</strong>
        <Tag tone={TONES[state]}>{t(`state.${state}`)}</Tag>
      </div>
      {work.kind === 'finding' && work.form.text !== '' && <span>{work.form.text}</span>}
      <span className={styles['soft']}>
        {[
          dateTimeWords(new Date(draft.createdAt).toISOString()),
          said && number !== null ? t('sentAs', { number }) : null,
          progressOf(draft),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </span>
      {asOpinion && <p className={styles['soft']}>{t('asOpinion')}</p>}
      {state !== 'sent' && age === 'warned' && (
        <Notice tone="amber">
          <p>{t('draftWarned', { n: hoursLeft(capturedMs(draft), phone.now()) })}</p>
        </Notice>
      )}
      {state === 'needs-you' && <NeedsYou draft={draft} onDiscard={() => setIsAsking(true)} />}
      {state === 'draft' && (
        <Actions>
          <LinkButton to={work.kind === 'verification' ? `/verify/${work.findingId}?draft=${draftId}` : `/file?draft=${draftId}`}>
            {t('continue')}
          </LinkButton>
          <Button look="danger" onClick={() => setIsAsking(true)}>
            {t('discard')}
          </Button>
        </Actions>
      )}
      {state === 'waiting' && (
        <Actions>
          <Button onClick={() => void phone.outbox.hurry()}>{t('retry')}</Button>
        </Actions>
      )}
      {isAsking && (
        <Dialog title={t('discardTitle')} onClose={() => setIsAsking(false)}>
          <p>{t('discardAsk')}</p>
          <Actions>
            <Button look="danger" onClick={() => void phone.discard(draftId)}>
              {t('discard')}
            </Button>
          </Actions>
        </Dialog>
      )}
    </li>
  );
};
