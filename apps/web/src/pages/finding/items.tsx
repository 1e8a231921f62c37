import type { ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { DataTable, type Column } from '../../ui/data-table';
import { Tag, type Tone } from '../../ui/states';
import type { Detail } from './detail';
import { SubjectName } from './head';
import styles from './finding.module.css';

const t = textsOf(zh);
type Item = Detail['items'][number];
const TONE: Readonly<Record<Item['answer'], Tone>> = { open: 'amber', done: 'green', untrue: 'grey', cannot: 'red' };

const columnsOf = (findingId: string): readonly Column<Item>[] => [
  { key: 'who', title: t('subject'), cell: ({ subject }) => <SubjectName findingId={findingId} subject={subject} /> },
  { key: 'what', title: t('itemText'), cell: ({ text }) => text },
  { key: 'answer', title: t('answer'), cell: ({ answer }) => <Tag tone={TONE[answer]}>{word('item', answer)}</Tag> },
  { key: 'basis', title: t('basis'), cell: ({ basis }) => basis ?? '' },
];

/** 明细: households, persons, projects, counted apart from findings (R7). */
export const Items = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const { items, findingId } = finding;
  if (items.length === 0) return null;
  const open = items.filter(({ answer }) => answer === 'open').length;
  return (
    <section aria-labelledby="items">
      <h2 id="items" className={styles['title']}>
        {t('items', { n: items.length, open })}
      </h2>
      <DataTable caption={t('itemsCaption')} columns={columnsOf(findingId)} rows={items} keyOf={({ itemId }) => itemId} />
    </section>
  );
};
