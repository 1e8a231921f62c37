import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { neighboursTwins } from '../../api/generated/sdk.gen';
import type { TaskPackage } from '../../api/generated/types.gen';
import { newKey } from '../../api/new-key';
import { useOnline } from '../../app/online';
import { openTwins, type FileForm } from '../../offline/filing';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/states';
import styles from './field.module.css';

const t = textsOf(zh);
const SHOWN = 3;

export type Twin = Readonly<{ findingId: string; number: string; text: string }>;

/** The same subject and category, open already: from the phone's package, and from the server while there is a network. */
export const useTwins = (form: FileForm, content: TaskPackage | null): readonly Twin[] => {
  const isOnline = useOnline();
  const { townId, villageId, category, subject } = form;
  const name = subject.name.trim();
  const asked = useQuery({
    // No name in the key of what is kept; what is typed lives in the form only.
    queryKey: ['field', 'twins', townId, villageId, category?.code, subject.kind, [...name][0] ?? ''],
    queryFn: () => {
      const body = { townId, villageId, category: category?.code ?? '', subject: { kind: subject.kind, name } };
      return read(neighboursTwins({ body, headers: { 'Idempotency-Key': newKey() } }));
    },
    enabled: isOnline && subject.subjectKey === null && townId !== '' && category !== null && name !== '',
  });
  const here = openTwins(content?.findings ?? [], form);
  const there = subject.subjectKey === null ? (asked.data?.findings ?? []) : [];
  return [...here, ...there.filter(({ findingId }) => !here.some((one) => one.findingId === findingId))].slice(0, SHOWN);
};

export const TwinsPart = ({ twins, onAdd }: Readonly<{ twins: readonly Twin[]; onAdd: (twin: Twin) => void }>): ReactNode =>
  twins.length === 0 ? null : (
    <Notice tone="amber">
      <p>{t('twins')}</p>
      <ul className={styles['list']}>
        {twins.map((twin) => (
          <li key={twin.findingId}>
            <span>{t('twinsView', twin)}</span>
            <Button onClick={() => onAdd(twin)}>{t('twinsAdd')}</Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
