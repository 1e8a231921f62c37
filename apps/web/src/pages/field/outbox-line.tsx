import type { ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import { isUnderWay } from '../../offline/draft';
import { phone, usePhone } from '../../offline/phone';
import { Button, LinkButton } from '../../ui/button';
import { Notice } from '../../ui/states';
import styles from './field.module.css';

const t = textsOf(zh);

/** What is said after saving: on the phone, on its way, or only as long as the page stays open. */
export const savedWords = (): string => {
  const { drafts, mode } = phone.state();
  const n = drafts.filter(isUnderWay).length;
  if (mode === 'open') return t('savedHere', { n });
  return navigator.onLine ? t('savedOnline') : t('outboxHeld', { n });
};

const SeeMine = (): ReactNode =>
  useLocation().pathname === '/mine' ? null : (
    <LinkButton to="/mine" look="plain">
      {t('seeMine')}
    </LinkButton>
  );

/** 已存本机，待发 1: always in sight while something is not with the server. */
export const OutboxLine = (): ReactNode => {
  const { drafts, mode, sending, needsSignIn, lapsed } = usePhone();
  const queries = useQueryClient();
  const waiting = drafts.filter(isUnderWay).length;
  const held = drafts.filter(({ state }) => state === 'needs-you').length;
  const words = mode === 'open' ? t('outboxSaved', { n: waiting }) : t('outboxHeld', { n: waiting });
  return (
    <>
      {lapsed > 0 && (
        <Notice tone="amber">
          <p>{t('lapsed', { n: lapsed })}</p>
        </Notice>
      )}
      {waiting > 0 && (
        <Notice tone={sending === null ? 'amber' : 'blue'}>
          <div className={styles['line']}>
            <span>{sending === null ? words : t('outboxSending', { n: waiting })}</span>
            <SeeMine />
          </div>
        </Notice>
      )}
      {held > 0 && (
        <Notice tone="red">
          <div className={styles['line']}>
            <span>{t('outboxNeedsYou', { n: held })}</span>
            <SeeMine />
          </div>
        </Notice>
      )}
      {needsSignIn && (
        <Notice tone="amber" alert>
          <div className={styles['line']}>
            <span>{t('outboxSignIn')}</span>
            <Button onClick={() => queries.setQueryData(['session'], null)}>{t('signInNow')}</Button>
          </div>
        </Notice>
      )}
    </>
  );
};
