import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { write } from '../../api/calls';
import { calendarConfirm, calendarDecline, movedDeadlinesPreview } from '../../api/generated/sdk.gen';
import type { CalendarYearsResponse } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { TextArea } from '../../ui/fields';
import { Actions, Card, Facts, Loaded, Notice } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { ActDialog } from './act-dialog';
import { YearPreview } from './load-year';
import { c, t } from './texts';
import { Days } from './year-card';

type Proposal = CalendarYearsResponse['proposals'][number];
type Deciding = Readonly<{ proposal: Proposal; onClose: () => void }>;
const seenOf = ({ revision }: Proposal): Readonly<{ seen: number }> => ({ seen: revision });

/** The second person sees what would move before it does. */
const ConfirmDialog = ({ proposal, onClose }: Deciding): ReactNode => {
  const { year, holidays, swappedWorkdays, reference } = proposal;
  const preview = useQuery({
    queryKey: ['admin', 'calendar', year, 'preview', proposal.revision],
    queryFn: () => write((headers) => movedDeadlinesPreview({ path: { year }, body: { holidays, swappedWorkdays, reference }, headers })),
  });
  return (
    <ActDialog
      title={t('yearConfirm', { year })}
      submit={t('yearConfirmOf', { year })}
      danger={(preview.data?.moved ?? 0) > 0}
      consequence={<p>{t('wouldMoveHow')}</p>}
      body={{ year, revision: proposal.revision }}
      send={(key) => write((headers) => calendarConfirm({ path: { year }, headers }), { key, ...seenOf(proposal) })}
      done={t('yearConfirmed', { year })}
      onClose={onClose}
    >
      {() => <Loaded query={preview}>{(found) => <YearPreview preview={found} holidays={holidays} />}</Loaded>}
    </ActDialog>
  );
};

const DeclineDialog = ({ proposal, onClose }: Deciding): ReactNode => {
  const { year } = proposal;
  const [reason, setReason] = useState('');
  const fault = reason.trim() === '' ? c('required', { label: t('reason') }) : null;
  return (
    <ActDialog
      title={t('yearDecline', { year })}
      submit={t('yearDecline', { year })}
      faults={[fault]}
      body={{ year, reason }}
      send={(key) => write((headers) => calendarDecline({ path: { year }, body: { reason }, headers }), { key, ...seenOf(proposal) })}
      onClose={onClose}
    >
      {(isTried) => <TextArea label={t('reason')} value={reason} onChange={setReason} fault={isTried ? fault : null} />}
    </ActDialog>
  );
};

/** A year that one person has proposed: it holds when a second one has confirmed it. */
export const ProposalCard = ({ proposal, proposer }: Readonly<{ proposal: Proposal; proposer: string }>): ReactNode => {
  const { year, holidays, swappedWorkdays, reference, proposedBy, proposedAt } = proposal;
  const { who } = useSession();
  const [deciding, setDeciding] = useState<'confirm' | 'decline' | null>(null);
  const close = (): void => setDeciding(null);
  const isOwn = who.person.id === proposedBy;
  return (
    <Card title={t('yearProposed', { year })}>
      <Notice tone="amber">{t(isOwn ? 'yearProposedByYou' : 'secondPerson')}</Notice>
      <Facts
        of={[
          [t('yearReference'), reference],
          [t('yearProposedBy'), t('yearProposedAt', { name: proposer, at: dateTimeWords(proposedAt) })],
        ]}
      />
      <h3>{t('holidays')}</h3>
      <Days days={holidays} tone="red" />
      <h3>{t('swappedWorkdays')}</h3>
      <Days days={swappedWorkdays} tone="blue" />
      <Actions>
        {!isOwn && (
          <Button look="primary" onClick={() => setDeciding('confirm')}>
            {t('yearPreviewConfirm')}
          </Button>
        )}
        <Button onClick={() => setDeciding('decline')}>{t('yearDecline', { year })}</Button>
      </Actions>
      {deciding === 'confirm' && <ConfirmDialog proposal={proposal} onClose={close} />}
      {deciding === 'decline' && <DeclineDialog proposal={proposal} onClose={close} />}
    </Card>
  );
};
