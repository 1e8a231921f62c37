import { useState, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/round-trip.json';
import { textsOf } from '../../i18n/texts';
import { read, write } from '../../api/calls';
import { roundTripCancel, roundTripOne, roundTripRun } from '../../api/generated/sdk.gen';
import type { RoundTripAnswer } from '../../api/generated/types.gen';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Checkbox } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { Actions, Card, Facts, FormFault, Loaded, Notice, Tag } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { useAct } from '../../ui/use-act';
import { isEnded, isMoving, jobTone, shareOf } from './round-trip';
import { RoundTripRows } from './round-trip-rows';

const t = textsOf(zh);
const words = textsOf(common);
const ASKS_AGAIN_MS = 700;
type Job = Readonly<{ job: RoundTripAnswer }>;

const Run = ({ job: { roundTripId: id, counts } }: Job): ReactNode => {
  const [isConfirmed, setConfirmed] = useState(false);
  const queries = useQueryClient();
  const { tried, busy, error, send } = useAct();
  if (counts === null) return null;
  if (counts.changed === 0) return <Notice tone="amber">{t('nothingToRun')}</Notice>;
  const mayGo = counts.toConfirm === 0 || isConfirmed;
  const run = (): void =>
    send(mayGo, async () => {
      await write((headers) => roundTripRun({ path: { id }, body: { confirmPersonal: isConfirmed }, headers }));
      await queries.invalidateQueries({ queryKey: ['round-trip'] });
    });
  return (
    <Card title={t('runTitle')}>
      <p>{t('runNote', { n: counts.changed, refused: counts.refused, unchanged: counts.unchanged })}</p>
      {counts.toConfirm > 0 && (
        <Checkbox label={t('confirmPersonal', { n: counts.toConfirm })} value={isConfirmed} onChange={setConfirmed} />
      )}
      {tried && !mayGo && (
        <Notice tone="red" alert>
          {t('confirmNeeded')}
        </Notice>
      )}
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={run}>
          {t('run', { n: counts.changed })}
        </Button>
      </Actions>
    </Card>
  );
};

const CancelDialog = ({ id, onClose }: Readonly<{ id: string; onClose: () => void }>): ReactNode => {
  const queries = useQueryClient();
  const { busy, error, send } = useAct();
  const cancel = (): void =>
    send(true, async () => {
      await write((headers) => roundTripCancel({ path: { id }, headers }));
      await queries.invalidateQueries({ queryKey: ['round-trip'] });
      onClose();
    });
  return (
    <Dialog title={t('cancel')} onClose={onClose}>
      <p>{t('cancelNote')}</p>
      <FormFault error={error} />
      <Actions>
        <Button look="danger" busy={busy} onClick={cancel}>
          {t('cancelNow')}
        </Button>
        <Button onClick={onClose}>{words('back')}</Button>
      </Actions>
    </Dialog>
  );
};

const Under = ({ job }: Job): ReactNode => {
  const label = t(job.state === 'reading' ? 'reading' : 'running', { done: job.rowsDone, total: job.rowsTotal });
  return (
    <Card>
      <Progress share={shareOf(job)} label={label} />
      <p>{t('mayLeave')}</p>
    </Card>
  );
};

const Counts = ({ job: { counts, exportedAt } }: Job): ReactNode => {
  if (counts === null) return null;
  const of = (n: number): string | null => (n === 0 ? null : t('nRows', { n }));
  return (
    <Card title={t('summary')}>
      <Facts
        of={[
          [t('exportedAt'), exportedAt === null ? null : dateTimeWords(exportedAt)],
          [t('countRows'), t('nRows', { n: counts.rows })],
          [t('countChanged'), of(counts.changed)],
          [t('countDone'), of(counts.done)],
          [t('countFailed'), of(counts.failed)],
          [t('countLeft'), of(counts.left)],
          [t('countRefused'), of(counts.refused)],
          [t('countUnchanged'), of(counts.unchanged)],
        ]}
      />
    </Card>
  );
};

const Job = ({ job }: Job): ReactNode => {
  const [isCancelling, setCancelling] = useState(false);
  const { roundTripId: id, state, failure, selectionId } = job;
  return (
    <>
      <p>
        <Tag tone={jobTone(job)}>{t(`state.${state}`)}</Tag>
      </p>
      {failure !== null && (
        <Notice tone="red" alert>
          <p>{failure.zh}</p>
          <p lang="en">{failure.en}</p>
        </Notice>
      )}
      {isMoving(job) && <Under job={job} />}
      <Counts job={job} />
      {state === 'ready' && <Run job={job} />}
      {state === 'done' && selectionId !== null && (
        <p>
          {t('ranAs')} <Link to={`/selections/${selectionId}`}>{t('openSelection')}</Link>
        </p>
      )}
      {!isEnded(job) && (
        <Actions>
          <Button look="danger" onClick={() => setCancelling(true)}>
            {t('cancel')}
          </Button>
        </Actions>
      )}
      {job.counts !== null && <RoundTripRows job={job} />}
      {isCancelling && <CancelDialog id={id} onClose={() => setCancelling(false)} />}
    </>
  );
};

/** One workbook that came back: looked at cell by cell, then run, and what came of each row. */
export default function RoundTripPage(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['round-trip', id],
    queryFn: () => read(roundTripOne({ path: { id } })),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data !== undefined && isMoving(data) ? ASKS_AGAIN_MS : false),
  });
  return (
    <Page title={query.data?.fileName ?? t('title')} tools={<LinkButton to="/round-trip">{t('toRoundTrips')}</LinkButton>}>
      <Loaded query={query}>{(job) => <Job key={id} job={job} />}</Loaded>
    </Page>
  );
}
