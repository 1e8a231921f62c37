import type { ReactNode } from 'react';
import common from '../../../i18n/zh/common.json';
import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { word } from '../../../i18n/words';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { Actions } from '../../../ui/states';
import { useToast } from '../../../ui/toast';
import { EvidenceUpload } from './evidence-picker';
import type { Occasion } from './fields';

const t = textsOf(zh);
const words = textsOf(common);

/** Files for the finding: each is evidence as soon as it arrived. */
export const EvidenceDialog = ({ at, onClose }: Readonly<{ at: Occasion; onClose: () => void }>): ReactNode => {
  const say = useToast();
  return (
    <Dialog title={word('command', 'AddEvidence')} onClose={onClose}>
      <EvidenceUpload finding={at.finding} legId={at.legId} onAdded={(added) => say(t('uploaded', { n: added.length }))} />
      <Actions>
        <Button onClick={onClose}>{words('close')}</Button>
      </Actions>
    </Dialog>
  );
};
