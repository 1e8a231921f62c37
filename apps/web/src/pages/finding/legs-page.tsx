import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word, wordsOf } from '../../i18n/words';
import { read } from '../../api/calls';
import { workReadingLegList } from '../../api/generated/sdk.gen';
import type { WorkReadingLegListResponse } from '../../api/generated/types.gen';
import { DataTable, type Column } from '../../ui/data-table';
import { DueTime } from '../../ui/due-time';
import { Checkbox, SelectField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Paged } from '../../ui/paged';
import { Notice, Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { Total } from '../../ui/total';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import { SelectionBar } from '../selections/selection-bar';
import { useTicks, type Selectable } from '../selections/use-ticks';
import { DUTIES, LEG_STAGES, legsAsked, LINES } from './filters';
import { legStageWord, stageTone } from './tones';
import styles from './finding.module.css';

const t = textsOf(zh);
type Row = WorkReadingLegListResponse['legs'][number];

const keyOf = ({ findingId, legId }: Row): string => `${findingId} ${legId}`;
const selectable = ({ findingId, legId, number }: Row): Selectable => ({ findingId, legId, name: number });

const columns: readonly Column<Row>[] = [
  {
    key: 'due',
    title: t('colDue'),
    cell: ({ dueAt, overdue, workingDaysLeft, running, passedAt }) =>
      passedAt !== null ? (
        <span className={styles['soft']}>{t('passedOn', { day: dayWords(passedAt) })}</span>
      ) : (
        <DueTime at={dueAt} overdue={overdue} workingDaysLeft={workingDaysLeft} paused={!running} />
      ),
  },
  { key: 'stage', title: t('colStage'), cell: (leg) => <Tag tone={stageTone(leg.stage)}>{legStageWord(leg)}</Tag> },
  {
    key: 'unit',
    title: t('colUnit'),
    cell: ({ unit, line, duty, leads }) => (
      <>
        {unit.name}
        <div className={styles['soft']}>
          {[word('line', line), word('duty', duty), leads ? t('leads') : ''].filter((part) => part !== '').join(' · ')}
        </div>
      </>
    ),
  },
  {
    key: 'finding',
    title: t('colFinding'),
    cell: ({ findingId, number, text, category }) => (
      <div className={styles['what']}>
        <Link to={`/findings/${findingId}`}>{text}</Link>
        <span className={styles['soft']}>{`${number} · ${category.name}`}</span>
      </div>
    ),
  },
  { key: 'place', title: t('colPlace'), cell: ({ subject, town }) => [subject, town].filter((part) => part !== '').join(' · ') },
  {
    key: 'past',
    title: t('colPast'),
    cell: ({ sentBack, extensions, onTime }) =>
      [
        sentBack ? t('wasSentBack') : '',
        extensions > 0 ? t('extendedTimes', { n: extensions }) : '',
        onTime === null ? '' : onTime ? t('onTime') : t('late'),
      ]
        .filter((part) => part !== '')
        .join(' · '),
  },
];

/** Legs: what a number in a row of a town or a department counts (R31). */
export default function LegsPage(): ReactNode {
  const { params, get, set } = useAddress();
  const asked = useMemo(() => legsAsked(params), [params]);
  const pages = usePages(
    ['findings', 'legs', asked],
    (cursor) => read(workReadingLegList({ query: { ...asked, limit: 50, ...(cursor === undefined ? {} : { cursor }) } })),
    ({ legs }) => legs,
  );
  const ticks = useTicks(JSON.stringify(asked), pages.rows, keyOf, selectable);
  const stages = asked.stage ?? [];
  return (
    <Page title={t('legsTitle')}>
      <Notice>{t('legsNote')}</Notice>
      <div className={styles['filters']}>
        <SelectField
          label={t('stage')}
          placeholder={stages.length > 1 ? t('asGiven') : t('any')}
          options={wordsOf('leg-stage', LEG_STAGES)}
          value={stages.length === 1 ? (stages[0] ?? '') : ''}
          onChange={(stage) => set({ stage })}
        />
        <SelectField
          label={t('line')}
          placeholder={t('any')}
          options={wordsOf('line', LINES)}
          value={asked.line ?? ''}
          onChange={(line) => set({ line })}
        />
        <SelectField
          label={t('duty')}
          placeholder={t('any')}
          options={wordsOf('duty', DUTIES)}
          value={asked.duty ?? ''}
          onChange={(duty) => set({ duty })}
        />
        <Checkbox label={t('overdueYes')} value={get('overdue') === 'true'} onChange={(on) => set({ overdue: on ? 'true' : '' })} />
      </div>
      <Total page={pages.first} />
      <SelectionBar ticks={ticks} total={pages.first} filter={{ ...asked, of: 'legs' }} />
      <Paged pages={pages} empty={t('listEmpty')}>
        {(rows) => (
          <DataTable
            caption={t('legsCaption')}
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            nameOf={({ number, unit }) => `${number} ${unit.name}`}
            selection={ticks.selection}
            more={pages.more}
            loadingMore={pages.loadingMore}
          />
        )}
      </Paged>
    </Page>
  );
}
