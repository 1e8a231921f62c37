import { useState, type FormEvent, type PropsWithChildren, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import common from '../../i18n/zh/common.json';
import { textsOf } from '../../i18n/texts';
import { write } from '../../api/calls';
import { noticesCorrect, noticesDeliver, noticesRefuse } from '../../api/generated/sdk.gen';
import type { NoticeDetail } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SelectField, TextArea, TextField } from '../../ui/fields';
import { Actions, FormFault } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import { choices, t, WAYS } from './words';

const words = textsOf(common);
type Props = Readonly<{ of: NoticeDetail; onClose: () => void }>;
type Act = ReturnType<typeof useAct>;

const Form = ({
  title,
  submitText,
  act,
  onSubmit,
  onClose,
  children,
}: PropsWithChildren<Readonly<{ title: string; submitText: string; act: Act; onSubmit: () => void; onClose: () => void }>>): ReactNode => {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        {children}
        <FormFault error={act.error} />
        <Actions>
          <Button type="submit" busy={act.busy}>
            {submitText}
          </Button>
          <Button onClick={onClose}>{words('cancel')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
};

/** Times are the county's, whatever the device is set to. */
const instantOf = (local: string): string | null => (local === '' ? null : `${local}:00+08:00`);

/** Handed over on paper too: how, when and to whom. */
export const DeliverDialog = ({ of, onClose }: Props): ReactNode => {
  const act = useAct();
  const queries = useQueryClient();
  const [way, setWay] = useState<(typeof WAYS)[number] | ''>('');
  const [to, setTo] = useState('');
  const [at, setAt] = useState('');
  const submit = (): void =>
    act.send(way !== '' && to.trim() !== '', async () => {
      if (way === '') return;
      const body = { way, to: to.trim(), deliveredAt: instantOf(at) };
      await write((headers) => noticesDeliver({ path: { id: of.noticeId }, body, headers }), { seen: of.revision });
      await queries.invalidateQueries({ queryKey: ['notices'] });
      onClose();
    });
  return (
    <Form title={t('deliver')} submitText={t('deliverNow')} act={act} onSubmit={submit} onClose={onClose}>
      <SelectField
        label={t('way')}
        options={choices('way', WAYS)}
        value={way}
        onChange={setWay}
        fault={act.tried && way === '' ? t('wayMissing') : null}
      />
      <TextField
        label={t('to')}
        value={to}
        onChange={setTo}
        maxLength={100}
        fault={act.tried && to.trim() === '' ? t('toMissing') : null}
      />
      <TextField label={t('deliveredAt')} hint={t('deliveredAtHint')} optional type="datetime-local" value={at} onChange={setAt} />
    </Form>
  );
};

/** The unit would not take it; two people saw it. */
export const RefuseDialog = ({ of, onClose }: Props): ReactNode => {
  const act = useAct();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [one, setOne] = useState('');
  const [two, setTwo] = useState('');
  const missing = (text: string, fault: string): string | null => (act.tried && text.trim() === '' ? fault : null);
  const submit = (): void =>
    act.send(
      [reason, one, two].every((text) => text.trim() !== ''),
      async () => {
        const body = { reason: reason.trim(), witnesses: [one.trim(), two.trim()] };
        await write((headers) => noticesRefuse({ path: { id: of.noticeId }, body, headers }), { seen: of.revision });
        await queries.invalidateQueries({ queryKey: ['notices'] });
        onClose();
      },
    );
  return (
    <Form title={t('refuse')} submitText={t('refuseNow')} act={act} onSubmit={submit} onClose={onClose}>
      <TextArea label={t('reason')} value={reason} onChange={setReason} maxLength={500} fault={missing(reason, t('reasonMissing'))} />
      <TextField label={t('witnessOne')} value={one} onChange={setOne} maxLength={60} fault={missing(one, t('witnessMissing'))} />
      <TextField label={t('witnessTwo')} value={two} onChange={setTwo} maxLength={60} fault={missing(two, t('witnessMissing'))} />
    </Form>
  );
};

/** What was issued stays; a notice of its own says what was wrong. */
export const CorrectDialog = ({ of, onClose }: Props): ReactNode => {
  const act = useAct();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const submit = (): void =>
    act.send(text.trim() !== '', async () => {
      const body = { text: text.trim() };
      const { noticeId } = await write((headers) => noticesCorrect({ path: { id: of.noticeId }, body, headers }));
      await queries.invalidateQueries({ queryKey: ['notices'] });
      onClose();
      await navigate(`/notices/${noticeId}`);
    });
  return (
    <Form title={t('correct')} submitText={t('correctNow')} act={act} onSubmit={submit} onClose={onClose}>
      <p>{t('correctNote')}</p>
      <TextArea
        label={t('correctText')}
        value={text}
        onChange={setText}
        maxLength={4000}
        fault={act.tried && text.trim() === '' ? t('correctMissing') : null}
      />
    </Form>
  );
};
