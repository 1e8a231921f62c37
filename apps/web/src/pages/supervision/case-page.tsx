import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { read } from '../../api/calls';
import { supervisionOne } from '../../api/generated/sdk.gen';
import type { SupervisionDetail } from '../../api/generated/types.gen';
import { Button, LinkButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { Actions, Card, Facts, Loaded, Tag } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import { AskRemovalDialog, DecideRemovalDialog, DeclineDialog, ReportDialog } from './case-steps';
import { Checks } from './checks';
import { GroundsFacts } from './grounds-card';
import { ListingDialog } from './listing-dialog';
import { own, t, type Case } from './words';
import styles from './supervision.module.css';

const TONES = { listed: 'amber', proposed: 'blue', removed: 'green', declined: 'grey' } as const;

const originWords = ({ origin, by }: Case['proposed']): string => {
  switch (origin.kind) {
    case 'rule':
      return t('byRule', { id: origin.ruleId, version: origin.version });
    case 'rung':
      return t('byRung');
    case 'person':
      return t('byPerson', { name: by.name });
  }
};

const Plan = ({ of }: Readonly<{ of: Case }>): ReactNode => {
  const { plan } = of;
  if (plan === null) return null;
  return (
    <Card title={t('plan')}>
      <Facts
        of={[
          [t('listingNumber'), of.number],
          [
            t('colSince'),
            of.listedOn === null ? null : `${dayWords(of.listedOn)} · ${t(of.state === 'listed' ? 'days' : 'daysHeld', { n: of.days })}`,
          ],
          [t('leader'), plan.leader.name],
          [t('rectifier'), plan.rectifier?.name ?? null],
          [t('measures'), plan.measures],
          [t('funds'), plan.funds],
          [t('emergencyPlan'), plan.emergencyPlan],
          [t('deadline'), dayWords(plan.deadline)],
          [t('every'), t('cadenceOf', { n: plan.cadence.every, unit: own('cadence', plan.cadence.unit) })],
        ]}
      />
    </Card>
  );
};

const Reports = ({ of }: Readonly<{ of: Case }>): ReactNode =>
  of.plan === null ? null : (
    <Card title={t('reports')}>
      <ul className={styles['lines']}>
        {of.reportList.map(({ period, dueAt, missed, given }) => (
          <li key={period}>
            <strong>{t('period.n', { n: period })}</strong> {t('dueAt', { at: dateTimeWords(dueAt) })}{' '}
            {missed && <Tag tone="red">{t('missed')}</Tag>}
            {!missed && given === null && <Tag tone="blue">{t('waiting')}</Tag>}
            {given !== null && (
              <div>
                <span className={styles['soft']}>
                  {t('givenAt', { name: given.by.name, at: dateTimeWords(given.at) })} {!given.onTime && t('late')}
                </span>
                <div>{given.text}</div>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );

const Removals = ({ of }: Readonly<{ of: Case }>): ReactNode =>
  of.removals.length === 0 ? null : (
    <Card title={t('removals')}>
      {of.removals.map(({ asked, decided }) => (
        <div key={asked.at}>
          <p>{t('askedBy', { name: asked.by.name, at: dateTimeWords(asked.at) })}</p>
          <Checks checks={asked.checks} answers={asked.answers} />
          {decided !== null && (
            <p>
              {t(decided.approved ? 'decidedApproved' : 'decidedRefused', { name: decided.by.name, at: dateTimeWords(decided.at) })}{' '}
              {decided.reason}
            </p>
          )}
        </div>
      ))}
    </Card>
  );

const CaseView = ({ of, children }: Readonly<{ of: Case; children?: ReactNode }>): ReactNode => (
  <>
    <Card
      title={
        <>
          {t('round', { n: of.round })} <Tag tone={TONES[of.state]}>{own('view', of.state)}</Tag>{' '}
          {of.overdue && <Tag tone="red">{t('overdue')}</Tag>}
        </>
      }
    >
      <Facts
        of={[
          [
            t('colSubject'),
            of.subject.kind === 'finding' ? (
              <Link key="subject" to={`/findings/${of.subject.id}`}>
                {of.subject.name}
              </Link>
            ) : (
              of.subject.name
            ),
          ],
          [t('proposedBy'), `${originWords(of.proposed)} · ${dateTimeWords(of.proposed.at)}`],
          [t('reason'), of.proposed.reason],
          [
            t('decision'),
            of.decided === null
              ? null
              : `${t('decidedBy', { name: of.decided.by.name, at: dateTimeWords(of.decided.at) })} · ${of.decided.reason}`,
          ],
        ]}
      />
      <GroundsFacts of={of} />
      {children}
    </Card>
    <Plan of={of} />
    <Reports of={of} />
    <Removals of={of} />
  </>
);

type Open = 'list' | 'decline' | 'report' | 'ask' | 'approve' | 'refuse' | null;

const Detail = ({ detail }: Readonly<{ detail: SupervisionDetail }>): ReactNode => {
  const [open, setOpen] = useState<Open>(null);
  const { cases, may, today } = detail;
  const [newest, ...older] = cases;
  if (newest === undefined) return null;
  const close = (): void => setOpen(null);
  const step = { of: newest, onClose: close };
  const owesReport = newest.reportList.some(({ given }) => given === null);
  return (
    <>
      <CaseView of={newest}>
        <Actions>
          {may.decideListing && (
            <>
              <Button look="primary" onClick={() => setOpen('list')}>
                {t('list')}
              </Button>
              <Button onClick={() => setOpen('decline')}>{t('decline')}</Button>
            </>
          )}
          {may.report && owesReport && (
            <Button look="primary" onClick={() => setOpen('report')}>
              {t('report')}
            </Button>
          )}
          {may.askRemoval && <Button onClick={() => setOpen('ask')}>{t('askRemoval')}</Button>}
          {may.decideRemoval && (
            <>
              <Button look="primary" onClick={() => setOpen('approve')}>
                {t('approve')}
              </Button>
              <Button onClick={() => setOpen('refuse')}>{t('refuse')}</Button>
            </>
          )}
        </Actions>
      </CaseView>
      {today.length > 0 && (
        <Card title={t('today')}>
          <Checks checks={today} />
        </Card>
      )}
      {older.map((one) => (
        <CaseView key={one.round} of={one} />
      ))}
      {open === 'list' && <ListingDialog {...step} names={detail} />}
      {open === 'decline' && <DeclineDialog {...step} />}
      {open === 'report' && <ReportDialog {...step} />}
      {open === 'ask' && <AskRemovalDialog {...step} today={today} />}
      {(open === 'approve' || open === 'refuse') && <DecideRemovalDialog {...step} today={today} approves={open === 'approve'} />}
    </>
  );
};

/** Every case of one unit or finding, the latest first, with what the reader may do. */
export default function CasePage(): ReactNode {
  const { supervisionId = '' } = useParams();
  const query = useQuery({
    queryKey: ['supervision', 'one', supervisionId],
    queryFn: () => read(supervisionOne({ path: { id: supervisionId } })),
  });
  const name = query.data?.cases[0]?.subject.name;
  return (
    <Page title={name === undefined ? t('title') : t('caseOf', { name })} tools={<LinkButton to="/supervision">{t('toList')}</LinkButton>}>
      <Loaded query={query}>{(detail) => <Detail detail={detail} />}</Loaded>
    </Page>
  );
}
