import { useState, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { read, write } from '../../api/calls';
import { importsCancel, importsOne } from '../../api/generated/sdk.gen';
import type { ImportAnswer, Understood } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/imports.json';
import { textsOf } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { DeskProgress, DeskSteps } from '../../ui/desk-progress';
import { Dialog } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Actions, Card, Facts, FormFault, Loaded, Notice, Tag } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { useAddress } from '../../ui/use-address';
import { ImportCommit } from './import-commit';
import { ImportMapping } from './import-mapping';
import { isOver, isRunning, ONLY, shareOf, stepOf } from './import-preview';
import { ImportRows, useImportRows } from './import-rows';
import { useAct } from '../../ui/use-act';
import { Tabs } from '../../ui/tabs';
import styles from './office.module.css';

const t = textsOf(zh);
const ASKS_AGAIN_MS = 1_000;

const Running = ({ job }: Readonly<{ job: ImportAnswer }>): ReactNode => {
  const share = shareOf(job);
  const state = t(`state.${job.state}`);
  const said = share === null ? t('runningUnknown', { state }) : t('running', { state, done: job.rowsDone, total: job.rowsTotal });
  return (
    <Card>
      <p role="status">{said}</p>
      <DeskProgress share={share} label={said} />
      <p className={styles['soft']}>{t('leave')}</p>
    </Card>
  );
};

const Summary = ({ counts, understood }: Readonly<{ counts: NonNullable<ImportAnswer['counts']>; understood: Understood }>): ReactNode => {
  const of = (n: number): string | null => (n === 0 ? null : t('nRows', { n }));
  return (
    <Card title={t('summary')}>
      <Facts
        of={[
          [t('titlesRead'), understood.titles.lines.join(' ')],
          [t('countRows'), t('nRows', { n: counts.rows })],
          [
            t('countGood'),
            <Tag key="good" tone="green">
              {t('nRows', { n: counts.good })}
            </Tag>,
          ],
          [
            t('countWrong'),
            counts.wrong === 0 ? null : (
              <Tag key="wrong" tone="red">
                {t('nRows', { n: counts.wrong })}
              </Tag>
            ),
          ],
          [t('countWarned'), of(counts.withWarnings)],
          [t('countCleared'), of(counts.saysCleared)],
          [t('countCarried'), of(counts.carriedOver)],
          [t('countKnown'), of(counts.known)],
          [t('countDiffers'), of(counts.differs)],
          [t('countPersonal'), of(counts.toConfirm)],
        ]}
      />
      {understood.skipped.length > 0 && <p className={styles['soft']}>{t('skippedRows', { n: understood.skipped.length })}</p>}
    </Card>
  );
};

const Ready = ({ job, understood }: Readonly<{ job: ImportAnswer; understood: Understood }>): ReactNode => {
  const { importId: id, counts } = job;
  const { get } = useAddress();
  const only = ONLY.find((one) => one === get('only')) ?? 'all';
  const queries = useQueryClient();
  const say = useToast();
  const rows = useImportRows(job, only);
  const totals = counts === null ? null : { all: counts.rows, wrong: counts.wrong, warnings: counts.withWarnings, differs: counts.differs };
  const isReady = job.state === 'ready';
  return (
    <>
      {counts !== null && <Summary counts={counts} understood={understood} />}
      {isReady && (
        <Card>
          <details open={understood.unknownUnits.length > 0}>
            <summary>{t('mapping')}</summary>
            <ImportMapping
              job={job}
              understood={understood}
              rows={rows.query.data?.rows ?? []}
              onSent={() => {
                say(t('sent'));
                void queries.invalidateQueries({ queryKey: ['imports'] });
              }}
            />
          </details>
        </Card>
      )}
      <h2>{t('preview')}</h2>
      <Tabs
        label={t('preview')}
        items={ONLY.map((one) => ({
          to: `/imports/${id}?only=${one}`,
          label: t(`only.${one}`),
          count: totals?.[one],
          current: one === only,
        }))}
      />
      {(counts?.wrong ?? 0) > 0 && (
        <p>
          <a className={styles['anyLink']} href={`/api/imports/${id}/rejected.xlsx`} download>
            {t('rejected')}
          </a>
        </p>
      )}
      <ImportRows understood={understood} total={counts?.rows ?? 0} rows={rows} />
      {isReady && <ImportCommit job={job} onSent={() => void queries.invalidateQueries({ queryKey: ['imports'] })} />}
    </>
  );
};

const CancelDialog = ({ id, onClose }: Readonly<{ id: string; onClose: () => void }>): ReactNode => {
  const queries = useQueryClient();
  const say = useToast();
  const { busy, error, send } = useAct();
  const cancel = (): void =>
    send(true, async () => {
      await write((headers) => importsCancel({ path: { id }, headers }));
      say(t('cancelled'));
      onClose();
      await queries.invalidateQueries({ queryKey: ['imports'] });
    });
  return (
    <Dialog title={t('cancel')} onClose={onClose}>
      <p>{t('cancelAsk')}</p>
      <FormFault error={error} />
      <Actions>
        <Button look="danger" busy={busy} onClick={cancel}>
          {t('cancelNow')}
        </Button>
      </Actions>
    </Dialog>
  );
};

const Job = ({ job }: Readonly<{ job: ImportAnswer }>): ReactNode => {
  const [isCancelling, setCancelling] = useState(false);
  const { importId, state, understood, failure, target, committedBefore, counts } = job;
  const carried = counts?.carriedOver ?? 0;
  return (
    <>
      <DeskSteps steps={[t('step.read'), t('step.check'), t('step.commit')]} at={stepOf(job)} />
      <p>
        <Tag tone={state === 'ready' ? 'amber' : 'blue'}>{t(`state.${state}`)}</Tag>
      </p>
      {failure !== null && (
        <Notice tone="red" alert>
          <p>{failure.zh}</p>
          <p lang="en">{failure.en}</p>
        </Notice>
      )}
      {committedBefore !== null && state === 'ready' && (
        <Notice tone="amber">
          <p>
            {t('committedBefore')} <Link to={`/imports/${committedBefore}`}>{t('openImport')}</Link>
          </p>
        </Notice>
      )}
      {state === 'committed' && target !== null && (
        <Notice tone="green">
          <p>
            {t('committedSaid')} <Link to={`/lists/${target.listId}`}>{t('openList')}</Link>
          </p>
          {carried > 0 && (
            <p>
              {t('carriedSaid', { n: carried })} <Link to={`/carry-overs?import=${importId}`}>{t('openCarried')}</Link>
            </p>
          )}
        </Notice>
      )}
      {state === 'cancelled' && <Notice>{t('cancelledSaid')}</Notice>}
      {isRunning(job) && <Running job={job} />}
      {understood !== null && (state === 'ready' || state === 'committed') && <Ready job={job} understood={understood} />}
      {!isOver(job) && (
        <Actions>
          <Button look="danger" onClick={() => setCancelling(true)}>
            {t('cancel')}
          </Button>
        </Actions>
      )}
      {isCancelling && <CancelDialog id={job.importId} onClose={() => setCancelling(false)} />}
    </>
  );
};

/** One import: read, looked at with its errors in their cells, corrected, committed or given up. */
export default function ImportPage(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['imports', id],
    queryFn: () => read(importsOne({ path: { id } })),
    refetchInterval: ({ state }) => (state.data !== undefined && isRunning(state.data) ? ASKS_AGAIN_MS : false),
  });
  return (
    <Page title={query.data?.fileName ?? t('title')} tools={<LinkButton to="/imports">{t('toImports')}</LinkButton>}>
      <Loaded query={query}>{(job) => <Job key={id} job={job} />}</Loaded>
    </Page>
  );
}
