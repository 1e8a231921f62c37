import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { write, type WriteHeaders } from '../../api/calls';
import type { ExaminationsTellData } from '../../api/generated/types.gen';
import { newKey } from '../../api/new-key';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SelectField, TextField, type Option } from '../../ui/fields';
import { Actions, FormFault } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { c, t } from './words';
import styles from './inspections.module.css';

export type Told = NonNullable<ExaminationsTellData['body']>;
const KINDS = ['household', 'project', 'person', 'village'] as const;

/** How many of a kind were examined in a village; the same again with another number is a correction. `extra` stands beside it. */
export const ExaminedForm = ({
  title,
  places,
  extra,
  isExtraComplete = true,
  send,
  onClose,
}: Readonly<{
  title: string;
  places: readonly Option[];
  extra?: ReactNode;
  isExtraComplete?: boolean;
  send: (told: Told, headers: WriteHeaders) => ReturnType<Parameters<typeof write>[0]>;
  onClose: () => void;
}>): ReactNode => {
  const [unitId, setUnitId] = useState(places.length === 1 ? (places[0]?.value ?? '') : '');
  const [kind, setKind] = useState<Told['kind'] | ''>('household');
  const [count, setCount] = useState('');
  const [reason, setReason] = useState('');
  const { tried, busy, error, send: act } = useAct();
  const keys = useRef(new Map<string, string>());
  const queries = useQueryClient();
  const say = useToast();
  const isCount = /^\d{1,7}$/.test(count.trim());
  const required = (value: string, label: string): string | null => (tried && value === '' ? c('required', { label }) : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act(unitId !== '' && kind !== '' && isCount && isExtraComplete, async () => {
      if (kind === '') return;
      const told = { unitId, kind, count: Number(count), reason: reason.trim() || null };
      const said = JSON.stringify(told);
      const key = keys.current.get(said) ?? newKey();
      keys.current.set(said, key);
      await write((headers) => send(told, headers), { key });
      await queries.invalidateQueries({ queryKey: ['inspections'] });
      say(t('examinedTold'));
      onClose();
    });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <SelectField
          label={t('examinedWhere')}
          options={places}
          value={unitId}
          onChange={setUnitId}
          fault={required(unitId, t('examinedWhere'))}
        />
        <div className={styles['two']}>
          <SelectField
            label={t('examinedKind')}
            placeholder={null}
            options={KINDS.map((value) => ({ value, label: t(`examined.${value}`) }))}
            value={kind}
            onChange={setKind}
          />
          <TextField
            label={t('examinedCount')}
            inputMode="numeric"
            value={count}
            onChange={setCount}
            fault={tried && !isCount ? t('examinedCountInvalid') : null}
          />
        </div>
        {extra}
        <TextField
          label={t('examinedReason')}
          hint={t('examinedReasonHint')}
          optional
          value={reason}
          onChange={setReason}
          maxLength={300}
        />
        <FormFault error={error} />
        <Actions>
          <Button type="submit" look="primary" busy={busy}>
            {title}
          </Button>
          <Button onClick={onClose}>{c('cancel')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
};
