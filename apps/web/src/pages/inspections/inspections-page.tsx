import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { inspectionsList } from '../../api/generated/sdk.gen';
import type { InspectionAnswer } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { word } from '../../i18n/words';
import { LinkButton } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { RadioGroup } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Empty, Fault, Loading, Notice, Tag, Tools } from '../../ui/states';
import { usePages } from '../../ui/use-pages';
import { daysWords, placeWords, STATE_TONES, stateWords, t } from './words';
import styles from './inspections.module.css';

const COLUMNS: readonly Column<InspectionAnswer>[] = [
  {
    key: 'days',
    title: t('when'),
    cell: (task) => (
      <Link
        className={styles['open']}
        to={`/inspections/${task.inspectionId}`}
        aria-label={t('open', { team: task.team.name, days: daysWords(task) })}
      >
        {daysWords(task)}
      </Link>
    ),
  },
  { key: 'state', title: t('state'), cell: ({ state }) => <Tag tone={STATE_TONES[state]}>{stateWords(state)}</Tag> },
  { key: 'team', title: t('team'), cell: ({ team }) => team.name },
  { key: 'villages', title: t('villages'), cell: ({ villages }) => placeWords(villages) },
  { key: 'members', title: t('members'), cell: ({ members }) => members.map(({ name }) => name).join(t('comma')) },
  { key: 'manner', title: t('manner'), cell: ({ manner, source }) => `${word('manner', manner)} · ${source.name}` },
];

type Of = 'mine' | 'all';
const Tasks = ({ of }: Readonly<{ of: Of }>): ReactNode => {
  const pages = usePages(
    ['inspections', of],
    (cursor) => read(inspectionsList({ query: { of, ...(cursor === undefined ? {} : { cursor }) } })),
    ({ inspections }) => inspections,
  );
  if (pages.isPending) return <Loading />;
  if (pages.error !== null && pages.rows.length === 0) return <Fault error={pages.error} again={() => void pages.refetch()} />;
  if (pages.rows.length === 0) return <Empty>{t(of === 'mine' ? 'noneMine' : 'none')}</Empty>;
  return (
    <DeskTable
      caption={t('title')}
      columns={COLUMNS}
      rows={pages.rows}
      keyOf={({ inspectionId }) => inspectionId}
      more={pages.more}
      loadingMore={pages.loadingMore}
    />
  );
};

/** 检查任务: what is planned, under way and over. The inspected unit learns of a task when it is over. */
export default function InspectionsPage(): ReactNode {
  const { has } = useSession();
  const mayPlan = has('team-head', 'office', 'office-head');
  const [of, setOf] = useState<Of>(has('inspector') ? 'mine' : 'all');
  return (
    <Page
      title={t('title')}
      tools={
        mayPlan && (
          <LinkButton to="/inspections/new" look="primary">
            {t('plan')}
          </LinkButton>
        )
      }
    >
      {has('team-head', 'office', 'office-head', 'inspector') && <Notice>{t('whoSees')}</Notice>}
      <Tools>
        <RadioGroup
          label={t('which')}
          value={of}
          onChange={(value) => setOf(value === 'mine' ? 'mine' : 'all')}
          options={[
            { value: 'all', label: t('whichAll') },
            { value: 'mine', label: t('whichMine') },
          ]}
        />
      </Tools>
      <Tasks of={of} />
    </Page>
  );
}
