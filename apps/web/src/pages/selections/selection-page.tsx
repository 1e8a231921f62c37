import { useState, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { read, write } from '../../api/calls';
import { selectionsCancel, selectionsOne } from '../../api/generated/sdk.gen';
import type { SelectionAnswer } from '../../api/generated/types.gen';
import { Button, LinkButton } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Progress } from '../../ui/progress';
import { Actions, Card, FormFault, Loaded, Notice } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import { Retry } from './retry';
import { RunDialog } from './run-dialog';
import { SamplePart } from './sample-part';
import { isEnded, isMoving, shareOf } from './selection';
import { SelectionRows } from './selection-rows';
import { Said } from './said';

const t = textsOf(zh);
const words = textsOf(common);
const ASKS_AGAIN_MS = 500;
/** While nothing moves by itself somebody else may still judge a sample. */
const LOOKS_AGAIN_MS = 5_000;

const Under = ({ selection }: Readonly<{ selection: SelectionAnswer }>): ReactNode => {
  const { counts, state } = selection;
  const share = shareOf(selection);
  const label =
    state === 'preparing'
      ? t('preparing', { done: counts.looked, total: counts.rows })
      : t('running', { done: counts.done + counts.unchanged, left: counts.waiting });
  return (
    <Card>
      <Progress share={share} label={label} />
      <p>{t('mayLeave')}</p>
    </Card>
  );
};

const CancelDialog = ({ id, onClose }: Readonly<{ id: string; onClose: () => void }>): ReactNode => {
  const queries = useQueryClient();
  const { busy, error, send } = useAct();
  const cancel = (): void =>
    send(true, async () => {
      await write((headers) => selectionsCancel({ path: { id }, body: {}, headers }));
      await queries.invalidateQueries({ queryKey: ['selections'] });
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

const Ended = ({ selection }: Readonly<{ selection: SelectionAnswer }>): ReactNode => {
  const { state, counts } = selection;
  const { done, unchanged, refused, waiting } = counts;
  const said = { done: done + unchanged, refused, waiting };
  if (state === 'blocked')
    return (
      <Notice tone="red" alert>
        <p>{t('blockedSaid')}</p>
      </Notice>
    );
  if (state === 'cancelled') return <Notice tone="amber">{t('cancelledSaid', said)}</Notice>;
  return <Notice tone={refused === 0 ? 'green' : 'amber'}>{t(refused === 0 ? 'allDone' : 'someRefused', said)}</Notice>;
};

const Selection = ({ selection }: Readonly<{ selection: SelectionAnswer }>): ReactNode => {
  const { selectionId: id, state, counts, step } = selection;
  const [asks, setAsks] = useState<'run' | 'cancel' | null>(null);
  const queries = useQueryClient();
  const hasSample = counts.sample > 0;
  return (
    <>
      {isMoving(selection) && <Under selection={selection} />}
      {isEnded(selection) && <Ended selection={selection} />}
      {state === 'ready' && (
        <Notice tone={counts.refused === 0 ? 'blue' : 'amber'}>
          <p>{t(counts.refused === 0 ? 'readyAll' : 'readySome', { n: counts.waiting, refused: counts.refused })}</p>
        </Notice>
      )}
      <Said selection={selection} />
      {hasSample && <SamplePart selection={selection} />}
      <Actions>
        {state === 'ready' && counts.waiting > 0 && (
          <Button look="primary" onClick={() => setAsks('run')}>
            {t('run', { name: word('command', step), n: counts.waiting })}
          </Button>
        )}
        {state === 'done' && counts.refused > 0 && <Retry selection={selection} />}
        {!isEnded(selection) && (
          <Button look="danger" onClick={() => setAsks('cancel')}>
            {t('cancel')}
          </Button>
        )}
      </Actions>
      {(state !== 'preparing' || counts.looked > 0) && <SelectionRows selection={selection} />}
      {asks === 'run' && (
        <RunDialog
          selection={selection}
          onStarted={() => queries.invalidateQueries({ queryKey: ['selections'] })}
          onClose={() => setAsks(null)}
        />
      )}
      {asks === 'cancel' && <CancelDialog id={id} onClose={() => setAsks(null)} />}
    </>
  );
};

/** One batch: previewed, confirmed, run, and what came of each row. It goes on without the page, and is found again. */
export default function SelectionPage(): ReactNode {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['selections', id],
    queryFn: () => read(selectionsOne({ path: { id } })),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data === undefined || isEnded(data) ? false : isMoving(data) ? ASKS_AGAIN_MS : LOOKS_AGAIN_MS,
  });
  const title =
    query.data === undefined ? t('title') : t('pageTitle', { name: word('command', query.data.step), n: query.data.counts.rows });
  return (
    <Page title={title} tools={<LinkButton to="/selections">{t('toSelections')}</LinkButton>}>
      <Loaded query={query}>{(selection) => <Selection key={id} selection={selection} />}</Loaded>
    </Page>
  );
}
