import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { read, write } from '../../api/calls';
import { selectionsRows, selectionsRun } from '../../api/generated/sdk.gen';
import type { SelectionAnswer } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Actions, FormFault, Loaded } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import { RowName } from './row-name';

const t = textsOf(zh);
const words = textsOf(common);
/** So many are named one by one; the others stand in the preview behind. */
const NAMED = 20;

/** Count and list, before anything of it happens (R12). */
export const RunDialog = ({
  selection,
  onStarted,
  onClose,
}: Readonly<{ selection: SelectionAnswer; onStarted: () => Promise<void>; onClose: () => void }>): ReactNode => {
  const { selectionId: id, counts, step } = selection;
  const { busy, error, send } = useAct();
  const query = useQuery({
    queryKey: ['selections', id, 'named'],
    queryFn: () => read(selectionsRows({ path: { id }, query: { only: 'waiting', limit: NAMED } })),
    staleTime: 0,
  });
  const run = (): void =>
    send(true, async () => {
      await write((headers) => selectionsRun({ path: { id }, body: {}, headers }));
      await onStarted();
      onClose();
    });
  const name = word('command', step);
  return (
    <Dialog title={t('runTitle', { name, n: counts.waiting })} onClose={onClose}>
      <p>{t(step === 'VerifyFinding' ? 'runVerifyNote' : 'runNote', { name, n: counts.waiting })}</p>
      <Loaded query={query}>
        {({ rows }) => (
          <>
            <ol>
              {rows.map((row) => (
                <li key={`${row.findingId} ${row.legId ?? ''}`}>
                  <RowName row={row} />
                </li>
              ))}
            </ol>
            {counts.waiting > rows.length && <p>{t('andMore', { n: counts.waiting - rows.length })}</p>}
          </>
        )}
      </Loaded>
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={run}>
          {t(step === 'VerifyFinding' ? 'drawSample' : 'runNow', { name, n: counts.waiting })}
        </Button>
        <Button onClick={onClose}>{words('cancel')}</Button>
      </Actions>
    </Dialog>
  );
};
