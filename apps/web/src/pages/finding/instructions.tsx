import type { ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { Card, Facts } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import type { Detail } from './detail';
import styles from './finding.module.css';

const t = textsOf(zh);

/** 批示 and what the units answered. */
export const Instructions = ({ finding }: Readonly<{ finding: Detail }>): ReactNode =>
  finding.instructions.length === 0 ? null : (
    <Card title={t('instructions')}>
      {finding.instructions.map((given) => (
        <article key={given.seq} className={styles['said']}>
          <p>
            <strong>{given.leader.name}</strong> {given.text}
          </p>
          <Facts
            of={[
              [t('toUnits'), given.units.map(({ name }) => name).join(t('and'))],
              [t('replyDue'), given.reply === null ? dateTimeWords(given.replyDue.at) : null],
              [t('rectifyBy'), given.rectifyBy === null ? null : dayWords(given.rectifyBy)],
              [t('reply'), given.reply ?? t('noReply')],
            ]}
          />
        </article>
      ))}
    </Card>
  );
