import type { ReactNode } from 'react';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import type { SelectionAnswer } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Notice } from '../../ui/states';
import { nameOf, type Row } from './selection';
import { StepForm } from './step-form';
import { isStep } from './steps';
import { valuesOf } from './values';
import { RowName } from './row-name';
import { useExceptions } from './use-exceptions';

const t = textsOf(zh);
const words = textsOf(common);

/** What is said of one row in place of what is said of all. */
export const ExceptionDialog = ({
  selection: { selectionId, step, data },
  row,
  onClose,
}: Readonly<{ selection: SelectionAnswer; row: Row; onClose: () => void }>): ReactNode => {
  const { change } = useExceptions(selectionId);
  if (!isStep(step)) return null;
  const first = valuesOf(row.own ?? data ?? {});
  return (
    <Dialog title={t('ownTitle', { name: nameOf(row) })} onClose={onClose}>
      <RowName row={row} />
      <Notice>{t('ownNote')}</Notice>
      <StepForm
        step={step}
        first={first}
        submit={t('ownSave')}
        send={async (own, redact) => {
          await change(row, { data: own }, redact);
          onClose();
        }}
      >
        {row.own !== null && (
          <Button
            onClick={() => {
              void change(row, null);
              onClose();
            }}
          >
            {t('ownDrop')}
          </Button>
        )}
        <Button onClick={onClose}>{words('cancel')}</Button>
      </StepForm>
    </Dialog>
  );
};
