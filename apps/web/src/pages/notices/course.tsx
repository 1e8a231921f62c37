import { useState, type FormEvent, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { write } from '../../api/calls';
import { noticesReply, noticesSign } from '../../api/generated/sdk.gen';
import type { NoticeDetail } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { TextArea } from '../../ui/fields';
import { Actions, Card, FormFault } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { CorrectDialog, DeliverDialog, RefuseDialog } from './step-dialogs';
import { own, t } from './words';
import styles from './notices.module.css';

type Of = Readonly<{ of: NoticeDetail }>;
type Step = Readonly<{ at: string; said: string }>;

/** Everything that happened to the notice, in its order. */
const stepsOf = (of: NoticeDetail): readonly Step[] => {
  const said = (at: string, key: Parameters<typeof t>[0], params: Readonly<Record<string, string>>): Step => ({
    at,
    said: t(key, { at: dateTimeWords(at), ...params }),
  });
  const steps = [
    said(of.issuedAt, 'course.issued', { name: of.issuedBy.name }),
    ...of.deliveries.map(({ deliveredAt, way, to, by }) =>
      said(deliveredAt, 'course.delivered', { way: own(`way.${way}`), to, name: by.name }),
    ),
    ...(of.signedAt === null || of.signedBy === null ? [] : [said(of.signedAt, 'course.signed', { name: of.signedBy.name })]),
    ...(of.signature === 'deemed' ? [said(of.signDueAt, 'course.deemed', {})] : []),
    ...(of.refusal === null
      ? []
      : [
          said(of.refusal.at, 'course.refused', {
            reason: of.refusal.reason,
            witnesses: of.refusal.witnesses.join(t('comma')),
            name: of.refusal.by.name,
          }),
        ]),
    ...of.replies.map(({ at, text, by }) => said(at, 'course.replied', { name: by.name, text })),
  ];
  return steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

const Sign = ({ of }: Of): ReactNode => {
  const { busy, error, send } = useAct();
  const queries = useQueryClient();
  const toast = useToast();
  const sign = (): void =>
    send(true, async () => {
      await write((headers) => noticesSign({ path: { id: of.noticeId }, headers }), { seen: of.revision });
      await queries.invalidateQueries({ queryKey: ['notices'] });
      toast(t('signDone'));
    });
  return (
    <>
      <Button look="primary" busy={busy} onClick={sign}>
        {t('sign')}
      </Button>
      <FormFault error={error} />
    </>
  );
};

const Reply = ({ of }: Of): ReactNode => {
  const [text, setText] = useState('');
  const { tried, busy, error, send } = useAct();
  const queries = useQueryClient();
  const toast = useToast();
  const isMissing = text.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(!isMissing, async () => {
      const body = { text: text.trim() };
      await write((headers) => noticesReply({ path: { id: of.noticeId }, body, headers }), { seen: of.revision });
      await queries.invalidateQueries({ queryKey: ['notices'] });
      setText('');
      toast(t('replyDone'));
    });
  };
  return (
    <form noValidate onSubmit={submit} aria-label={t('reply')}>
      <TextArea
        label={t('replyLabel')}
        value={text}
        onChange={setText}
        maxLength={4000}
        fault={tried && isMissing ? t('replyMissing') : null}
      />
      <FormFault error={error} />
      <Actions>
        <Button type="submit" busy={busy}>
          {t('replyNow')}
        </Button>
      </Actions>
    </form>
  );
};

/** Delivery, signature, refusal and answers, and what the reader may add. */
export const Course = ({ of }: Of): ReactNode => {
  const [open, setOpen] = useState<'deliver' | 'refuse' | 'correct' | null>(null);
  const close = (): void => setOpen(null);
  const { sign, reply, deliver, correct } = of.offers;
  return (
    <Card title={t('course')}>
      <ol className={styles['course']}>
        {stepsOf(of).map(({ at, said }) => (
          <li key={`${at} ${said}`}>{said}</li>
        ))}
      </ol>
      {sign && <Sign of={of} />}
      {reply && <Reply of={of} />}
      <Actions>
        {deliver && <Button onClick={() => setOpen('deliver')}>{t('deliver')}</Button>}
        {deliver && of.signedAt === null && of.refusal === null && <Button onClick={() => setOpen('refuse')}>{t('refuse')}</Button>}
        {correct && <Button onClick={() => setOpen('correct')}>{t('correct')}</Button>}
      </Actions>
      {open === 'deliver' && <DeliverDialog of={of} onClose={close} />}
      {open === 'refuse' && <RefuseDialog of={of} onClose={close} />}
      {open === 'correct' && <CorrectDialog of={of} onClose={close} />}
    </Card>
  );
};
