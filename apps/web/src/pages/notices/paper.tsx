import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { NoticeDetail } from '../../api/generated/types.gen';
import { DataTable, type Column } from '../../ui/data-table';
import { Derivation } from '../../ui/derivation';
import { Card, Facts } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { kindWord, own, t } from './words';
import styles from './notices.module.css';

type Content = NoticeDetail['content'];
type Row = Content['rows'][number];
type Reference = NonNullable<Content['corrects']>;

export const ReferenceLink = ({ to: { noticeId, kind, number } }: Readonly<{ to: Reference }>): ReactNode => (
  <Link to={`/notices/${noticeId}`}>{t('reference', { kind: kindWord(kind), number })}</Link>
);

const columns: readonly Column<Row>[] = [
  { key: 'number', title: t('colNumber'), cell: ({ findingId, number }) => <Link to={`/findings/${findingId}`}>{number}</Link> },
  {
    key: 'place',
    title: t('colPlace'),
    cell: ({ object, place }) => (
      <>
        {object}
        <div className={styles['soft']}>{place}</div>
      </>
    ),
  },
  {
    key: 'problem',
    title: t('colProblem'),
    cell: ({ problem, basis }) => (
      <>
        {problem}
        {basis !== null && <div className={styles['soft']}>{t('basis', { basis })}</div>}
      </>
    ),
  },
  {
    key: 'requirement',
    title: t('colRequirement'),
    cell: ({ requirement, rectification }) => (
      <>
        {requirement}
        <div className={styles['soft']}>{own(`rectification.${rectification}`)}</div>
      </>
    ),
  },
  {
    key: 'due',
    title: t('colDue'),
    cell: ({ dueOn, term, derivation, objectionBy }) => (
      <>
        <time dateTime={dueOn}>{dayWords(dueOn)}</time> {term}
        <div className={styles['soft']}>{t('objection', { day: dayWords(objectionBy) })}</div>
        {derivation.length > 0 && <Derivation due={{ account: derivation }} />}
      </>
    ),
  },
];

/** What stands on a notice, as it was issued or would be. */
export const Paper = ({ of, title }: Readonly<{ of: Content; title: string }>): ReactNode => {
  const { inspection } = of;
  return (
    <Card title={title}>
      {of.text !== null && <p className={styles['text']}>{of.text}</p>}
      <Facts
        of={[
          [t('unit'), of.unitName],
          [own('facts.corrects'), of.corrects && <ReferenceLink to={of.corrects} />],
          [own('facts.follows'), of.follows && <ReferenceLink to={of.follows} />],
          [own('facts.inspected'), inspection && t('span', { from: dayWords(inspection.from), to: dayWords(inspection.to) })],
          [own('facts.manner'), inspection?.manner],
          [own('facts.team'), inspection?.team],
          [own('facts.inspectors'), inspection?.inspectors.join(t('comma'))],
          [own('facts.feedbackBy'), of.feedbackBy && dayWords(of.feedbackBy)],
          [own('facts.feedback'), of.feedback],
          [own('facts.recheck'), of.recheck],
          [own('facts.signer'), of.signer],
          [own('facts.copies'), of.copies.join(t('comma'))],
        ]}
      />
      {of.rows.length > 0 && (
        <DataTable caption={t('rows')} columns={columns} rows={of.rows} keyOf={({ findingId, legId }) => `${findingId} ${legId}`} />
      )}
    </Card>
  );
};
