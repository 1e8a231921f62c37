import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { supervisionGrounds } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import { More } from '../../ui/more';
import { Paged } from '../../ui/paged';
import { Facts } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { usePages } from '../../ui/use-pages';
import { own, t, type Case } from './words';
import styles from './supervision.module.css';

const Behind = ({ of }: Readonly<{ of: Case }>): ReactNode => {
  const pages = usePages(
    ['supervision', 'grounds', of.supervisionId, of.round],
    (cursor) =>
      read(
        supervisionGrounds({
          path: { id: of.supervisionId, round: of.round },
          query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) },
        }),
      ),
    ({ rows }) => rows,
  );
  return (
    <>
      <h3>{t('behindFindings')}</h3>
      <Paged pages={pages} empty={t('none')}>
        {(rows) => (
          <>
            <ul className={styles['lines']}>
              {rows.map(({ findingId, legId, number }) => (
                <li key={`${findingId}/${legId ?? ''}`}>
                  <Link className={styles['open']} to={`/findings/${findingId}`}>
                    {number}
                  </Link>
                </li>
              ))}
            </ul>
            <More more={pages.more} busy={pages.loadingMore} />
          </>
        )}
      </Paged>
      <h3>{t('behindExamined')}</h3>
      <ul className={styles['lines']}>
        {(pages.first?.examined ?? []).map(({ examinationId, unitName, kind, count, from, to, inspectionId }) => (
          <li key={examinationId}>
            {t('behindExaminedRow', {
              unit: unitName,
              kind: own('kind', kind),
              n: count,
              from: dayWords(from),
              to: dayWords(to),
              origin: t(inspectionId === null ? 'originSelf' : 'originTask'),
            })}
          </li>
        ))}
      </ul>
      {pages.first?.examinedMore === true && (
        <p className={styles['soft']}>{t('behindExaminedMore', { n: pages.first.examined.length })}</p>
      )}
    </>
  );
};

type Grounds = NonNullable<Case['proposed']['grounds']>;
const denominatorWords = ({ of, denominator, selfExamined }: Grounds): string =>
  of === 'department' ? t('denominatorInCounty', { n: denominator }) : t('denominatorOf', { n: denominator, self: selfExamined });

/** What a rule compared: both numbers, the threshold, the days, and on demand the lists behind them. */
export const GroundsFacts = ({ of }: Readonly<{ of: Case }>): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  const { grounds } = of.proposed;
  if (grounds === null) return null;
  const { measure, numerator, selfFound, per100, threshold, peerMedian, from, to } = grounds;
  return (
    <>
      <Facts
        of={[
          [t('measure'), own('measure', measure)],
          [t('numerator'), t('numeratorOf', { n: numerator, self: selfFound })],
          [t('denominator'), denominatorWords(grounds)],
          [t('per100'), t('per100Of', { n: per100, threshold })],
          [t('peerMedian'), peerMedian],
          [t('period'), t('from', { from: dayWords(from), to: dayWords(to) })],
        ]}
      />
      {isOpen ? <Behind of={of} /> : <Button onClick={() => setOpen(true)}>{t('showBehind')}</Button>}
    </>
  );
};
