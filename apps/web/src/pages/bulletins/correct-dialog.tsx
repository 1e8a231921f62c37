import { useState, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { bulletinsCorrect, bulletinsProposed } from '../../api/generated/sdk.gen';
import type { BulletinShown, ProposedCorrections } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { DataTable } from '../../ui/data-table';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/fields';
import { Actions, Empty, FormFault, Loaded, Notice } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { figureWord, t } from './words';

type Line = ProposedCorrections['lines'][number];
const keyOf = ({ scope, id, figure }: Line): string => `${scope}/${id}/${figure}`;
const nameOf = (line: Line): string => `${line.name} ${figureWord(line.scope, line.figure)}`;

const Lines = ({ of, lines, onClose }: Readonly<{ of: BulletinShown; lines: readonly Line[]; onClose: () => void }>): ReactNode => {
  const [keys, setKeys] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  const { tried, busy, error, send } = useAct();
  const queries = useQueryClient();
  const say = useToast();
  const isMissing = reason.trim() === '';
  const correct = (): void =>
    send(!isMissing && keys.length > 0, async () => {
      const numbers = lines.filter((line) => keys.includes(keyOf(line))).map(({ scope, id, figure }) => ({ scope, id, figure }));
      const { bulletinId } = of.content;
      await write((headers) => bulletinsCorrect({ path: { id: bulletinId }, body: { numbers, reason: reason.trim() }, headers }), {
        seen: of.revision,
      });
      await queries.invalidateQueries({ queryKey: ['bulletins'] });
      say(t('correctDone'));
      onClose();
    });
  return (
    <>
      <Notice>{t('correctNote')}</Notice>
      <DataTable<Line>
        caption={t('correctTitle')}
        rows={lines}
        keyOf={keyOf}
        nameOf={nameOf}
        selection={{ keys, onChange: setKeys }}
        columns={[
          { key: 'what', title: t('colWhat'), cell: nameOf },
          { key: 'was', title: t('colWas'), number: true, cell: ({ was }) => was },
          { key: 'is', title: t('colIs'), number: true, cell: ({ is }) => is },
        ]}
      />
      <TextArea
        label={t('reason')}
        value={reason}
        onChange={setReason}
        maxLength={300}
        fault={tried && isMissing ? t('reasonMissing') : null}
      />
      {tried && keys.length === 0 && (
        <Notice tone="red" alert>
          {t('pickMissing')}
        </Notice>
      )}
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={correct}>
          {t('correctDo', { n: keys.length })}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </Actions>
    </>
  );
};

/** Later truths, found by the system; a person says which of them go out as a correction, and why. */
export const CorrectDialog = ({ of, onClose }: Readonly<{ of: BulletinShown; onClose: () => void }>): ReactNode => {
  const id = of.content.bulletinId;
  const query = useQuery({ queryKey: ['bulletins', 'proposed', id], queryFn: () => read(bulletinsProposed({ path: { id } })), gcTime: 0 });
  return (
    <Dialog title={t('correctTitle')} onClose={onClose}>
      <Loaded query={query}>
        {({ lines }) => (lines.length === 0 ? <Empty>{t('correctNone')}</Empty> : <Lines of={of} lines={lines} onClose={onClose} />)}
      </Loaded>
    </Dialog>
  );
};
