import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { neighboursSimilar } from '../../api/generated/sdk.gen';
import type { SimilarFinding } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/office.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { Card, Loaded, Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import styles from './office.module.css';

const t = textsOf(zh);

/** What is there already that looks the same, and why; any of them may be taken as the one to link into. */
export const SimilarFindings = ({
  findingId,
  onLink,
}: Readonly<{ findingId: string; onLink: ((target: SimilarFinding) => void) | null }>): ReactNode => {
  const query = useQuery({
    queryKey: ['finding', findingId, 'similar'],
    queryFn: () => read(neighboursSimilar({ path: { id: findingId } })),
  });
  return (
    <Card title={t('similar')}>
      <Loaded query={query}>
        {({ findings }) =>
          findings.length === 0 ? (
            <p className={styles['soft']}>{t('similarNone')}</p>
          ) : (
            <ul className={styles['plainList']}>
              {findings.map((one) => (
                <li key={one.findingId}>
                  <Link className={styles['anyLink']} to={`/findings/${one.findingId}`} target="_blank" rel="noopener">
                    {t('opensAnew', { number: one.number })}
                  </Link>{' '}
                  <Tag tone={one.open ? 'blue' : 'grey'}>{wordOf(words, `stage.${one.stage}`)}</Tag>{' '}
                  {one.reasons.map((reason) => (
                    <span key={reason}>
                      <Tag tone="amber">{wordOf(zh, `like.${reason}`)}</Tag>{' '}
                    </span>
                  ))}
                  <div>{one.text}</div>
                  <div className={styles['soft']}>
                    {[one.town.name, one.village?.name, one.subject.label, dayWords(one.filedAt)].filter(Boolean).join(' · ')}
                  </div>
                  {onLink !== null && one.open && (
                    <Button onClick={() => onLink(one)} aria-label={t('linkInto', { number: one.number })}>
                      {t('linkHere')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
};
