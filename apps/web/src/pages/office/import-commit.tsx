import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { importsCommit, listsReadingAll } from '../../api/generated/sdk.gen';
import type { ImportAnswer } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/imports.json';
import { textsOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { Checkbox, SelectField, TextField } from '../../ui/fields';
import { Actions, Card, FormFault, Notice } from '../../ui/states';
import { useAct } from '../../ui/use-act';

const t = textsOf(zh);

/** The good rows go into a list: a new draft, or one that is there. */
export const ImportCommit = ({ job, onSent }: Readonly<{ job: ImportAnswer; onSent: () => void }>): ReactNode => {
  const { counts, target, understood, fileName, importId: id } = job;
  const [listId, setList] = useState(target?.listId ?? '');
  const [title, setTitle] = useState(understood?.titles.title ?? fileName.replace(/\.[a-z]+$/i, ''));
  const [isConfirmed, setConfirmed] = useState(false);
  const [carryOver, setCarryOver] = useState(false);
  const { tried, busy, error, send } = useAct();
  const { data } = useQuery({ queryKey: ['findings', 'lists'], queryFn: () => read(listsReadingAll({ query: { limit: 500 } })) });
  const toConfirm = counts?.toConfirm ?? 0;
  const good = counts?.good ?? 0;
  const saysCleared = counts?.saysCleared ?? 0;
  const mayGo = toConfirm === 0 || isConfirmed;
  const submit = (): void =>
    send(mayGo, async () => {
      const into = listId === '' ? { draft: { title } } : { listId };
      await write((headers) => importsCommit({ path: { id }, body: { ...into, confirmPersonal: isConfirmed, carryOver }, headers }));
      onSent();
    });
  if (good === 0) return <Notice tone="amber">{t('nothingGood')}</Notice>;
  return (
    <Card title={t('commit')}>
      <SelectField
        label={t('commitInto')}
        optional
        value={listId}
        onChange={setList}
        options={(data?.lists ?? [])
          .filter((list) => list.status !== 'discarded')
          .map((list) => ({ value: list.listId, label: [list.number, list.title].filter(Boolean).join(' ') }))}
      />
      {listId === '' && <TextField label={t('listTitle')} hint={t('commitNew')} value={title} onChange={setTitle} />}
      {saysCleared > 0 && (
        <Notice>
          <p>{t('saysCleared', { n: saysCleared })}</p>
          <Checkbox label={t('carryOver', { n: saysCleared })} value={carryOver} onChange={setCarryOver} />
          <p>{t(carryOver ? 'carryOverOn' : 'carryOverOff')}</p>
        </Notice>
      )}
      {toConfirm > 0 && <Checkbox label={t('confirmPersonal', { n: toConfirm })} value={isConfirmed} onChange={setConfirmed} />}
      {tried && !mayGo && (
        <Notice tone="red" alert>
          {t('confirmNeeded')}
        </Notice>
      )}
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={submit}>
          {t('commitN', { n: good })}
        </Button>
      </Actions>
    </Card>
  );
};
