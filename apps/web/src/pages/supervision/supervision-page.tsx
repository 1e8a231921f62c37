import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { supervisionList, supervisionPropose } from '../../api/generated/sdk.gen';
import type { SupervisionPage as Answer } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button, LinkButton } from '../../ui/button';
import { DataTable, type Column } from '../../ui/data-table';
import { RadioGroup, SelectField, TextArea } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Paged } from '../../ui/paged';
import { Notice, Tag } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { dateTimeWords, dayWords } from '../../ui/time';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import { useUnits } from '../../ui/use-units';
import { FindingField } from './finding-field';
import { StepDialog } from './step-dialog';
import { missing, own, t } from './words';
import styles from './supervision.module.css';

type Shown = Answer['cases'][number];
const VIEWS = ['listed', 'proposed', 'removed', 'declined'] as const;
type View = (typeof VIEWS)[number];

const Since = ({ row }: Readonly<{ row: Shown }>): ReactNode => {
  if (row.listedOn === null) return t('proposedOn', { day: dayWords(row.proposedOn) });
  return (
    <>
      <time dateTime={row.listedOn}>{dayWords(row.listedOn)}</time>
      <div className={styles['soft']}>{t(row.state === 'listed' ? 'days' : 'daysHeld', { n: row.days })}</div>
    </>
  );
};

const Reports = ({ row }: Readonly<{ row: Shown }>): ReactNode =>
  row.listedOn === null ? null : (
    <>
      {t('reportsOf', { given: row.reports.given, missed: row.reports.missed })}
      {row.reports.nextDue !== null && <div className={styles['soft']}>{t('nextDue', { at: dateTimeWords(row.reports.nextDue) })}</div>}
    </>
  );

const COLUMNS: readonly Column<Shown>[] = [
  {
    key: 'subject',
    title: t('colSubject'),
    cell: ({ supervisionId, subject, units, number }) => (
      <>
        <Link className={styles['open']} to={`/supervision/${supervisionId}`} aria-label={t('open', { name: subject.name })}>
          {subject.name}
        </Link>
        {number !== null && <div className={styles['soft']}>{number}</div>}
        {subject.kind === 'finding' && <div className={styles['soft']}>{units.map(({ name }) => name).join(t('comma'))}</div>}
      </>
    ),
  },
  { key: 'since', title: t('colSince'), cell: (row) => <Since row={row} /> },
  { key: 'leader', title: t('colLeader'), cell: ({ leader }) => leader?.name ?? '' },
  {
    key: 'deadline',
    title: t('colDeadline'),
    cell: ({ deadline, overdue }) =>
      deadline !== null && (
        <>
          <time dateTime={deadline}>{dayWords(deadline)}</time> {overdue && <Tag tone="red">{t('overdue')}</Tag>}
        </>
      ),
  },
  { key: 'reports', title: t('colReports'), cell: (row) => <Reports row={row} /> },
  {
    key: 'state',
    title: t('colState'),
    cell: ({ state, removalAsked }) => (
      <Tag tone={state === 'listed' ? 'amber' : 'grey'}>{removalAsked ? t('removalWaits') : own('view', state)}</Tag>
    ),
  },
];

const KINDS: ReadonlySet<string> = new Set(['town', 'department', 'company', 'office']);

const ProposeDialog = ({ onClose }: Readonly<{ onClose: () => void }>): ReactNode => {
  const units = (useUnits().data ?? []).filter(({ kind }) => KINDS.has(kind));
  const [kind, setKind] = useState<'unit' | 'finding' | ''>('unit');
  const [unitId, setUnitId] = useState('');
  const [findingId, setFindingId] = useState('');
  const [reason, setReason] = useState('');
  const subject = kind === 'finding' ? { kind, findingId } : { kind: 'unit' as const, unitId };
  const faults = {
    subject: kind === 'finding' ? missing(findingId, t('findingChosen')) : missing(unitId, t('proposeUnit')),
    reason: missing(reason, t('reason')),
  };
  const complete = faults.subject === null && faults.reason === null;
  return (
    <StepDialog
      title={t('propose')}
      submit={t('propose')}
      body={complete ? { subject, reason: reason.trim() } : null}
      send={(body, headers) => supervisionPropose({ body, headers })}
      done={t('proposed')}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <RadioGroup
            label={t('proposeWhat')}
            options={[
              { value: 'unit', label: t('proposeOfUnit') },
              { value: 'finding', label: t('proposeFinding') },
            ]}
            value={kind}
            onChange={setKind}
          />
          {kind === 'finding' ? (
            <FindingField value={findingId} onChange={setFindingId} fault={isTried ? faults.subject : null} />
          ) : (
            <SelectField
              label={t('proposeUnit')}
              options={units.map(({ id, name }) => ({ value: id, label: name }))}
              value={unitId}
              onChange={setUnitId}
              fault={isTried ? faults.subject : null}
            />
          )}
          <TextArea label={t('reason')} value={reason} onChange={setReason} maxLength={1000} fault={isTried ? faults.reason : null} />
        </>
      )}
    </StepDialog>
  );
};

const Cases = ({ view }: Readonly<{ view: View }>): ReactNode => {
  const pages = usePages(
    ['supervision', 'list', view],
    (cursor) => read(supervisionList({ query: { states: view, ...(cursor === undefined ? {} : { cursor }) } })),
    ({ cases }) => cases,
  );
  return (
    <Paged pages={pages} empty={t('none')}>
      {(rows) => (
        <DataTable
          caption={own('view', view)}
          columns={COLUMNS}
          rows={rows}
          keyOf={({ supervisionId, round }) => `${supervisionId}/${String(round)}`}
          more={pages.more}
          loadingMore={pages.loadingMore}
        />
      )}
    </Paged>
  );
};

/** 挂牌督办: who is on the list, who is proposed, who was taken off. */
export default function SupervisionPage(): ReactNode {
  const { get } = useAddress();
  const { has } = useSession();
  const [isProposing, setProposing] = useState(false);
  const view = VIEWS.find((one) => one === get('view')) ?? 'listed';
  return (
    <Page
      title={t('title')}
      tools={
        <>
          {has('office', 'office-head', 'leader') && (
            <Button look="primary" onClick={() => setProposing(true)}>
              {t('propose')}
            </Button>
          )}
          {has('clerk', 'deputy', 'head') && <LinkButton to="/self-checks">{t('selfChecks')}</LinkButton>}
        </>
      }
    >
      <Notice>{t('note')}</Notice>
      <Tabs
        label={t('views')}
        items={VIEWS.map((one) => ({ to: `/supervision?view=${one}`, label: own('view', one), current: one === view }))}
      />
      <Cases key={view} view={view} />
      {isProposing && <ProposeDialog onClose={() => setProposing(false)} />}
    </Page>
  );
}
