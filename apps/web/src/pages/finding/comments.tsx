import { useState, type FormEvent, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { write } from '../../api/calls';
import { findingsComment } from '../../api/generated/sdk.gen';
import { asRefused } from '../../api/problem';
import { Button } from '../../ui/button';
import { TextArea } from '../../ui/fields';
import { Actions, Card, FormFault } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { useAct } from '../../ui/use-act';
import { useOffers, useTimeline, type Detail } from './detail';
import styles from './finding.module.css';

const t = textsOf(zh);

const CommentForm = ({ findingId }: Readonly<{ findingId: string }>): ReactNode => {
  const [text, setText] = useState('');
  const { busy, error, send } = useAct();
  const queries = useQueryClient();
  const isPersonal = error !== null && asRefused(error).code === 'personal-data-found';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { text: text.trim() };
    send(body.text !== '', async () => {
      await write((headers) => findingsComment({ path: { id: findingId }, body, headers }), { redact: isPersonal });
      setText('');
      await queries.invalidateQueries({ queryKey: ['finding', findingId] });
    });
  };
  return (
    <form onSubmit={submit}>
      <TextArea label={t('commentLabel')} hint={t('commentHint')} value={text} onChange={setText} maxLength={2000} rows={3} />
      <FormFault error={error} />
      <Actions>
        <Button type="submit" busy={busy}>
          {isPersonal ? t('maskAndSend') : t('commentSend')}
        </Button>
      </Actions>
    </form>
  );
};

/** What people said to each other about the finding; everybody who may see it reads it. */
export const Comments = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const { lines = [] } = useTimeline(finding.findingId);
  const offers = useOffers(finding.findingId).data?.offers ?? [];
  const comments = lines.filter(({ type }) => type === 'CommentAdded');
  const may = offers.some(({ command, allowed }) => command === 'AddComment' && allowed);
  if (!may && comments.length === 0) return null;
  return (
    <Card title={t('comments', { n: comments.length })}>
      {comments.map(({ position, person, unit, at, params }) => (
        <article key={position} className={styles['said']}>
          <p className={styles['soft']}>
            {t('personOf', { person: person.name, unit: unit.name })} <time dateTime={at}>{dateTimeWords(at)}</time>
          </p>
          <p>{typeof params['text'] === 'string' ? params['text'] : ''}</p>
        </article>
      ))}
      {may && <CommentForm findingId={finding.findingId} />}
    </Card>
  );
};
