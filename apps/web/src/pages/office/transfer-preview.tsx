import type { ReactNode } from 'react';
import type { TransferPreview as Preview } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/office.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Derivation } from '../../ui/derivation';
import { Tag } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import styles from './office.module.css';

const t = textsOf(zh);

/** What the transfer would send out, leg by leg, with each deadline and how it comes about. */
export const TransferPreview = ({ preview }: Readonly<{ preview: Preview }>): ReactNode => (
  <>
    <h3>{t('previewTitle')}</h3>
    {preview.legs.length === 0 && <p>{t('previewNoLegs')}</p>}
    <ul className={styles['plainList']}>
      {preview.legs.map((leg) => (
        <li key={leg.legId}>
          <strong>{leg.unit.name}</strong> <Tag>{wordOf(words, `line.${leg.line}`)}</Tag> <Tag>{wordOf(words, `duty.${leg.duty}`)}</Tag>{' '}
          {leg.leads && <Tag tone="blue">{t('leads')}</Tag>}
          <div>
            {t('legDue')} <strong>{dateTimeWords(leg.due.at)}</strong> {leg.due.provisional && <Tag tone="amber">{t('provisional')}</Tag>}
          </div>
          <div className={styles['soft']}>{t('signDue', { at: dateTimeWords(leg.signDue.at) })}</div>
          <Derivation due={leg.due} />
        </li>
      ))}
    </ul>
    {preview.assisting.length > 0 && <p>{t('assistingAre', { names: preview.assisting.map(({ name }) => name).join(t('comma')) })}</p>}
    {preview.copies.length > 0 && <p>{t('copiesAre', { names: preview.copies.map(({ name }) => name).join(t('comma')) })}</p>}
  </>
);
