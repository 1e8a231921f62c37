import { useState, type ReactNode } from 'react';
import { useQueries } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import { wordsOf } from '../../i18n/words';
import { read, write } from '../../api/calls';
import { offersOffers, selectionsOpen } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/fields';
import { Loading, Notice } from '../../ui/states';
import { asked, offeredSteps, probes, type Filter } from './selection';
import { StepForm } from './step-form';
import type { Step } from './steps';
import type { Selectable } from './use-ticks';

const t = textsOf(zh);
const words = textsOf(common);

/** What may be done with some of the ticked rows; whether with each of them is what the preview says. */
const useOfferedSteps = (chosen: readonly Selectable[]): readonly Step[] | null => {
  const asked = probes(chosen);
  const answers = useQueries({
    queries: asked.map(({ findingId }) => ({
      queryKey: ['finding', findingId, 'offers'],
      queryFn: () => read(offersOffers({ path: { id: findingId } })),
    })),
  });
  if (answers.some(({ isPending }) => isPending)) return null;
  return offeredSteps(asked.map((row, at) => ({ row, offers: answers[at]?.data?.offers ?? [] })));
};

/** Which step, and what is said of all rows alike; the preview follows. */
export default function StepDialog({
  chosen,
  filter,
  total,
  onClose,
}: Readonly<{ chosen: readonly Selectable[]; filter: Filter | null; total: string; onClose: () => void }>): ReactNode {
  const steps = useOfferedSteps(chosen);
  const [wanted, setWanted] = useState<Step | ''>('');
  const navigate = useNavigate();
  const step = wanted === '' && steps?.length === 1 ? (steps[0] ?? '') : wanted;
  const send = async (data: Readonly<Record<string, unknown>>, redact: boolean): Promise<void> => {
    if (step === '') return;
    const body = { ...asked(step, chosen, filter), data };
    const { selectionId } = await write((headers) => selectionsOpen({ body, headers }), { redact });
    void navigate(`/selections/${selectionId}`);
  };
  return (
    <Dialog title={t('dialogTitle', { n: total })} onClose={onClose}>
      {steps === null && <Loading />}
      {steps?.length === 0 && <Notice tone="amber">{t('nothingOffered')}</Notice>}
      {steps !== null && steps.length > 0 && (
        <SelectField label={t('step')} value={step} onChange={setWanted} options={wordsOf('command', steps)} />
      )}
      {step === '' ? (
        <Button onClick={onClose}>{words('cancel')}</Button>
      ) : (
        <StepForm key={step} step={step} first={{}} submit={t('preview')} send={send}>
          <Button onClick={onClose}>{words('cancel')}</Button>
        </StepForm>
      )}
      <p>{t('previewFirst')}</p>
    </Dialog>
  );
}
