import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import zh from '../../i18n/zh/field.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { useSession } from '../../app/session';
import { findingsReadingList } from '../../api/generated/sdk.gen';
import { Card, Loaded, Tag } from '../../ui/states';
import styles from './field.module.css';

const t = textsOf(zh);
const SHOWN = 20;

/** What a unit returned, or what turned out not to be true, of the own team's findings. */
export const CameBack = (): ReactNode => {
  const { who } = useSession();
  const team = who.acting?.unit.id ?? '';
  const query = useQuery({
    queryKey: ['findings', 'came-back', team],
    queryFn: () => read(findingsReadingList({ query: { team, stage: ['returned', 'dismissed'], sort: 'updated', limit: SHOWN } })),
  });
  return (
    <Card title={t('cameBack')}>
      <Loaded query={query}>
        {({ findings }) =>
          findings.length === 0 ? (
            <p className={styles['soft']}>{t('noneCameBack')}</p>
          ) : (
            <ul className={styles['list']}>
              {findings.map(({ findingId, subject, category, stage, text, number }) => (
                <li key={findingId}>
                  <div className={styles['line']}>
                    <Link to={`/findings/${findingId}`}>{`${subject.label} · ${category.name}`}</Link>
                    <Tag tone="amber">{wordOf(words, `stage.${stage}`)}</Tag>
                  </div>
                  <span>{text}</span>
                  <span className={styles['soft']}>{number}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
};
