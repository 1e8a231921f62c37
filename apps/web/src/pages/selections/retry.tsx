import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import { write } from '../../api/calls';
import { selectionsOpen } from '../../api/generated/sdk.gen';
import type { SelectionAnswer, SelectionsOpenData } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { FormFault } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import { exceptionsOf } from './selection';
import { isStep } from './steps';
import { everyRow } from './use-exceptions';

const t = textsOf(zh);

/** What was refused, once more with the same words: a selection of its own, previewed as any other. */
export const Retry = ({ selection }: Readonly<{ selection: SelectionAnswer }>): ReactNode => {
  const { selectionId, counts, step, data } = selection;
  const { busy, error, send } = useAct();
  const navigate = useNavigate();
  if (!isStep(step)) return null;
  const again = (): void =>
    send(true, async () => {
      const rows = await everyRow(selectionId, 'refused');
      const body = {
        step,
        rows: rows.map(({ findingId, legId }) => ({ findingId, legId })),
        data: data ?? {},
        exceptions: exceptionsOf(rows),
      } as SelectionsOpenData['body'];
      const opened = await write((headers) => selectionsOpen({ body, headers }));
      void navigate(`/selections/${opened.selectionId}`);
    });
  return (
    <>
      <Button look="primary" busy={busy} onClick={again}>
        {t('retry', { n: counts.refused })}
      </Button>
      <FormFault error={error} />
    </>
  );
};
