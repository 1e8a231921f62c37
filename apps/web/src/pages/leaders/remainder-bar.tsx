import type { ReactNode } from 'react';
import type { OverviewAnswer } from '../../api/generated/types.gen';
import { NumberLink } from './number-link';
import { holdersOf } from './sentences';
import { figureName, t, word } from './words';
import styles from './leaders.module.css';

type Props = Readonly<{ overview: OverviewAnswer }>;
const toneOf: Readonly<Record<string, string>> = { office: 'office', towns: 'towns', departments: 'departments' };
/** Later stages of a holder are paler, so that neighbours can be told apart. */
const classOf = (holder: string, at: number): string =>
  [styles['segment'], styles[toneOf[holder] ?? ''], at % 2 === 1 ? styles['pale'] : ''].join(' ');

/** One bar that sums to the remainder; the table below says the same. */
export const RemainderBar = ({ overview: { segments, remainder } }: Props): ReactNode =>
  remainder === 0 ? null : (
    <div className={styles['bar']} aria-hidden="true">
      {holdersOf(segments).flatMap(({ holder, segments: own }) =>
        own.map(({ figure, n }, at) => (
          <span key={figure} className={classOf(holder, at)} style={{ flexGrow: n }} title={`${figureName('county', figure)} ${n}`}>
            {n / remainder >= 0.04 ? n : ''}
          </span>
        )),
      )}
    </div>
  );

export const RemainderTable = ({ overview: { segments, remainder, asOf } }: Props): ReactNode => {
  const shown = holdersOf(segments);
  return (
    <table className={styles['small']}>
      <caption>{t('barTable')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('barHolder')}</th>
          <th scope="col">{t('barStage')}</th>
          <th scope="col" className={styles['number']}>
            {t('barCount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.flatMap(({ holder, segments: own }) =>
          own.map(({ figure, n }, at) => (
            <tr key={figure}>
              <td>
                <span className={`${classOf(holder, at)} ${styles['swatch']}`} aria-hidden="true" />
                {word(`holderName.${holder}`)}
              </td>
              <td>{figureName('county', figure)}</td>
              <td className={styles['number']}>
                <NumberLink n={n} to={{ scope: 'county', id: 'all', figure, asOf }} />
              </td>
            </tr>
          )),
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {t('barSum')}
          </th>
          <td className={styles['number']}>{remainder}</td>
        </tr>
      </tfoot>
    </table>
  );
};
