import type { ReactNode } from 'react';
import type { ImportRowShown, UnderstoodColumn } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/imports.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { useCategories, useUnits } from './directory';
import { cellText, remarksAt, remarksBeside, worst, type Naming } from './import-preview';
import styles from './office.module.css';

const t = textsOf(zh);
type Remarks = readonly ImportRowShown['remarks'][number][];
const LOOK = { error: styles['wrong'], warning: styles['warned'], note: undefined };
const REMARK_LOOK = { error: styles['remarkError'], warning: styles['remarkWarning'], note: styles['soft'] };

const Said = ({ remarks }: Readonly<{ remarks: Remarks }>): ReactNode =>
  remarks.map((remark, at) => (
    <span key={at} className={`${styles['remark'] ?? ''} ${REMARK_LOOK[remark.level] ?? ''}`}>
      {t(`level.${remark.level}`)}
      {remark.text.zh}
      {remark.level === 'error' && (
        <span lang="en" className={styles['remark']}>
          {remark.text.en}
        </span>
      )}
      {remark.proposals.length > 0 && (
        <span className={styles['remark']}>{t('proposals', { names: remark.proposals.join(t('comma')) })}</span>
      )}
    </span>
  ));

/** The sheet as it was read: what is wrong stands in the cell it is about. */
export const ImportTable = ({
  columns,
  rows,
}: Readonly<{ columns: readonly UnderstoodColumn[]; rows: readonly ImportRowShown[] }>): ReactNode => {
  const units = useUnits();
  const categories = useCategories();
  const naming: Naming = { unit: units.nameOf, category: categories.nameOf, word: (key) => wordOf(words, key) };
  return (
    <div className={styles['sheet']} tabIndex={0} role="region" aria-label={t('preview')}>
      <table>
        <caption className="visually-hidden">{t('preview')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('sheetRow')}</th>
            {columns.map(({ letters, title, field }) => (
              <th key={letters} scope="col">
                {title === '' ? letters : title}
                <div className={styles['soft']}>{field === null ? t('quotedOnly') : t(`field.${field}`)}</div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const beside = remarksBeside(row, columns);
            return (
              <tr key={row.n}>
                <th scope="row">
                  {row.sheetRows.join(t('comma'))}
                  <Said remarks={beside} />
                </th>
                {columns.map((column) => {
                  const remarks = remarksAt(row, column);
                  const level = worst(remarks);
                  return (
                    <td key={column.letters} className={level === null ? undefined : LOOK[level]}>
                      {cellText(row, column, naming)}
                      <Said remarks={remarks} />
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
