import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { read } from '../../api/calls';
import { importsAll, listsReadingOne } from '../../api/generated/sdk.gen';
import type { ImportAnswer, SourceKind } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import zh from '../../i18n/zh/imports.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskProgress } from '../../ui/desk-progress';
import { DeskTable } from '../../ui/desk-table';
import { FileField, RadioGroup, SelectField, TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Actions, Card, Empty, Fault, FormFault, Loaded, Notice, Tag } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { isOver, isRunning } from './import-preview';
import { SOURCES } from './list-head-form';
import { uploadImport } from './upload';
import { useAct } from '../../ui/use-act';
import styles from './office.module.css';

const t = textsOf(zh);
const ASKS_AGAIN_MS = 1_500;
const COLUMNS: readonly Column<ImportAnswer>[] = [
  { key: 'file', title: t('file'), cell: (job) => <Link to={`/imports/${job.importId}`}>{job.fileName}</Link> },
  {
    key: 'state',
    title: t('state'),
    cell: (job) => (
      <>
        <Tag tone={job.state === 'ready' ? 'amber' : isOver(job) ? 'grey' : 'blue'}>{t(`state.${job.state}`)}</Tag>{' '}
        {isRunning(job) && job.rowsTotal > 0 && t('rowsOf', { done: job.rowsDone, total: job.rowsTotal })}
      </>
    ),
  },
  {
    key: 'rows',
    title: t('rows'),
    cell: ({ counts }) => counts !== null && t('countsShort', { good: counts.good, wrong: counts.wrong }),
  },
  { key: 'at', title: t('uploadedAt'), cell: (job) => dateTimeWords(job.createdAt) },
];

const UploadForm = ({ listId }: Readonly<{ listId: string | null }>): ReactNode => {
  const { who } = useSession();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<'finding' | 'task'>('finding');
  const [sourceKind, setSourceKind] = useState<SourceKind | ''>('');
  const [sourceName, setSourceName] = useState('');
  const [batch, setBatch] = useState('');
  const [share, setShare] = useState<number | null>(null);
  const [stop, setStop] = useState<(() => void) | null>(null);
  const { tried, busy, error, send } = useAct();
  const submit = (): void =>
    send(file !== null, async () => {
      const form = new FormData();
      const said: Readonly<Record<string, string>> = { kind, sourceName, sourceKind: sourceName.trim() === '' ? '' : sourceKind, batch };
      Object.entries(said).forEach(([name, value]) => value.trim() !== '' && form.append(name, value.trim()));
      if (listId !== null) form.append('listId', listId);
      if (file !== null) form.append('file', file);
      const upload = uploadImport(form, who.csrf ?? '', setShare);
      setStop(() => upload.stop);
      try {
        const { importId } = await upload.done;
        void navigate(`/imports/${importId}`);
      } finally {
        setStop(null);
        setShare(null);
      }
    });
  return (
    <>
      <FileField
        label={t('chooseFile')}
        hint={file === null ? t('chooseFileHint') : t('chosenFile', { name: file.name })}
        accept=".xlsx,.csv"
        onFiles={(files) => setFile(files[0] ?? null)}
        fault={tried && file === null ? t('fileMissing') : null}
      />
      <RadioGroup
        label={t('kind')}
        value={kind}
        onChange={(one) => one !== '' && setKind(one)}
        options={[
          { value: 'finding', label: wordOf(words, 'kind.finding') },
          { value: 'task', label: wordOf(words, 'kind.task') },
        ]}
      />
      {listId === null && (
        <div className={styles['fields']}>
          <TextField label={t('sourceName')} optional hint={t('sourceHint')} value={sourceName} onChange={setSourceName} />
          <SelectField
            label={t('sourceKind')}
            optional
            value={sourceKind}
            onChange={setSourceKind}
            options={SOURCES.map((one) => ({ value: one, label: wordOf(words, `source.${one}`) }))}
          />
          <TextField label={t('batch')} optional value={batch} onChange={setBatch} />
        </div>
      )}
      <FormFault error={error} />
      {share !== null && (
        <div>
          {t('uploadedShare', { percent: Math.floor(share * 100) })}
          <DeskProgress share={share} label={t('uploading')} />
        </div>
      )}
      <Actions>
        <Button look="primary" busy={busy} onClick={submit}>
          {t('upload')}
        </Button>
        {stop !== null && <Button onClick={stop}>{t('stop')}</Button>}
      </Actions>
    </>
  );
};

/** 导入: a sheet is uploaded, and every import of the unit is found again with its state. */
export default function ImportsPage(): ReactNode {
  const [search] = useSearchParams();
  const listId = search.get('list');
  const list = useQuery({
    queryKey: ['findings', 'list', listId],
    queryFn: () => read(listsReadingOne({ path: { id: listId ?? '' } })),
    enabled: listId !== null,
  });
  const query = useQuery({
    queryKey: ['imports'],
    queryFn: () => read(importsAll()),
    // Whoever comes back looks for what they just uploaded.
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.imports.some(isRunning) === true ? ASKS_AGAIN_MS : false),
  });
  // Refused to whoever is not of the office: nothing is offered that would be.
  if (query.error !== null)
    return (
      <Page title={t('title')}>
        <Fault error={query.error} again={() => void query.refetch()} />
      </Page>
    );
  return (
    <Page title={t('title')}>
      <Card title={t('newImport')}>
        {list.data !== undefined && (
          <Notice>
            <p>
              {t('intoList')} <Link to={`/lists/${list.data.listId}`}>{list.data.title}</Link>
            </p>
          </Notice>
        )}
        <UploadForm listId={listId} />
      </Card>
      <h2>{t('all')}</h2>
      <Loaded query={query}>
        {({ imports }) =>
          imports.length === 0 ? (
            <Empty>{t('none')}</Empty>
          ) : (
            <DeskTable caption={t('all')} columns={COLUMNS} rows={imports} keyOf={(job) => job.importId} />
          )
        }
      </Loaded>
    </Page>
  );
}
