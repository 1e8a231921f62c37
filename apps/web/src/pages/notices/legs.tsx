import type { ReactNode } from 'react';
import { read } from '../../api/calls';
import { workReadingLegList } from '../../api/generated/sdk.gen';
import type { WorkReadingLegListResponse } from '../../api/generated/types.gen';
import { DataTable, type Column } from '../../ui/data-table';
import { DueTime } from '../../ui/due-time';
import { TextArea } from '../../ui/fields';
import { Paged } from '../../ui/paged';
import { usePages } from '../../ui/use-pages';
import { t } from './words';
import styles from './notices.module.css';

type Row = WorkReadingLegListResponse['legs'][number];
/** What has not passed yet may still be asked for in writing. */
const OPEN = ['delivered', 'working', 'under-return', 'reported', 'first-reviewed', 'submitted'] as const;

const columns: readonly Column<Row>[] = [
  { key: 'number', title: t('colNumber'), cell: ({ number }) => number },
  {
    key: 'problem',
    title: t('colProblem'),
    cell: ({ text, category }) => (
      <>
        {text}
        <div className={styles['soft']}>{category.name}</div>
      </>
    ),
  },
  { key: 'place', title: t('colPlace'), cell: ({ subject, town }) => [subject, town].filter((part) => part !== '').join(' · ') },
  {
    key: 'due',
    title: t('colDue'),
    cell: ({ dueAt, overdue, workingDaysLeft, running }) => (
      <DueTime at={dueAt} overdue={overdue} workingDaysLeft={workingDaysLeft} paused={!running} />
    ),
  },
];

const keyOf = ({ findingId, legId }: Row): string => `${findingId} ${legId}`;

/** The open legs of one unit, to choose from; of each that is chosen what is asked for. */
export const Legs = ({
  unit,
  chosen,
  onChange,
  requirements,
  onRequirement,
}: Readonly<{
  unit: string;
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
  /** By the key of the leg; what stands in none is the measure suggested with the finding. */
  requirements: Readonly<Record<string, string>>;
  onRequirement: (key: string, text: string) => void;
}>): ReactNode => {
  const pages = usePages(
    ['findings', 'legs', 'notices', unit],
    (cursor) =>
      read(workReadingLegList({ query: { unit, duty: 'acts', stage: [...OPEN], limit: 50, ...(cursor === undefined ? {} : { cursor }) } })),
    ({ legs }) => legs,
  );
  return (
    <Paged pages={pages} empty={t('noLegs')}>
      {(rows) => (
        <>
          <DataTable
            caption={t('stepFindings')}
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            nameOf={({ number }) => number}
            selection={{ keys: chosen, onChange }}
            more={pages.more}
            loadingMore={pages.loadingMore}
          />
          {rows
            .filter((row) => chosen.includes(keyOf(row)))
            .map((row) => (
              <TextArea
                key={keyOf(row)}
                label={t('requirementOf', { number: row.number })}
                hint={t('requirementHint')}
                optional
                rows={2}
                value={requirements[keyOf(row)] ?? ''}
                onChange={(text) => onRequirement(keyOf(row), text)}
                maxLength={1000}
              />
            ))}
        </>
      )}
    </Paged>
  );
};
