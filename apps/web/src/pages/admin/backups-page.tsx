import type { ReactNode } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { backupsCancel, backupsList, backupsTake, backupsVerify } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { Progress } from '../../ui/progress';
import { Actions, Card, Empty, FormFault, Loaded, Notice } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { AdminPage } from './admin-frame';
import { shareOf, sizeWords, type Backup, type Backups } from './backups';
import { c, ownWord, t } from './texts';
import styles from './admin.module.css';

const KEY = ['admin', 'backups'] as const;
const LOOK_EVERY_MS = 1_000;
const FAULTS_SHOWN = 20;

/** One way to act on backups: send, then look at the list again. */
const useActs = () => {
  const queries = useQueryClient();
  const look = (): Promise<void> => queries.invalidateQueries({ queryKey: KEY });
  const take = useMutation({ mutationFn: () => write((headers) => backupsTake({ headers })), onSettled: look });
  const verify = useMutation({
    mutationFn: (name: string) => write((headers) => backupsVerify({ path: { name }, headers })),
    onSettled: look,
  });
  const cancel = useMutation({
    mutationFn: (name: string) => write((headers) => backupsCancel({ path: { name }, headers })),
    onSettled: look,
  });
  return { take, verify, cancel };
};
type Acts = ReturnType<typeof useActs>;

const Age = ({ ageDays, overdue }: Backups): ReactNode =>
  ageDays === null ? (
    <Notice tone="red">{t('backupNever')}</Notice>
  ) : (
    <Notice tone={overdue ? 'amber' : 'green'}>{t(overdue ? 'backupOverdue' : 'backupRecent', { n: ageDays })}</Notice>
  );

const UnderWay = ({ work, acts }: Readonly<{ work: NonNullable<Backups['underWay']>; acts: Acts }>): ReactNode => {
  const { kind, name, progress } = work;
  const done = progress === null ? '' : t('backupDone', { phase: ownWord('backup-phase', progress.phase), n: progress.done });
  return (
    <Card title={t(kind === 'taking' ? 'backupTaking' : 'backupVerifying', { name })}>
      <Progress share={shareOf(work)} label={done === '' ? c('loading') : done} />
      <Actions>
        <Button busy={acts.cancel.isPending} onClick={() => acts.cancel.mutate(name)}>
          {c('cancel')}
        </Button>
      </Actions>
    </Card>
  );
};

const Outcome = ({ last }: Readonly<{ last: NonNullable<Backups['last']> }>): ReactNode => {
  const { kind, name, failure, faults } = last;
  if (failure !== null) {
    return (
      <Notice tone="red" alert>
        <p>{t('backupFailed', { name, why: failure.zh })}</p>
        <p lang="en">{failure.en}</p>
      </Notice>
    );
  }
  if (faults.length === 0) return <Notice tone="green">{t(kind === 'taking' ? 'backupTaken' : 'backupSound', { name })}</Notice>;
  return (
    <Notice tone="red" alert>
      <p>{t('backupUnsound', { name, n: faults.length })}</p>
      <ul className={styles['lines']}>
        {faults.slice(0, FAULTS_SHOWN).map((fault) => (
          <li key={fault.file}>{t('backupFault', { kind: ownWord('backup-fault', fault.kind), file: fault.file })}</li>
        ))}
      </ul>
    </Notice>
  );
};

const Shelf = ({ backups, isBusy, acts }: Readonly<{ backups: readonly Backup[]; isBusy: boolean; acts: Acts }>): ReactNode => {
  const columns: readonly Column<Backup>[] = [
    { key: 'name', title: t('backupName'), cell: ({ name }) => name },
    { key: 'at', title: t('at'), cell: ({ takenAt }) => dateTimeWords(takenAt) },
    { key: 'events', title: t('backupEvents'), cell: ({ events }) => events.toLocaleString('zh-CN') },
    { key: 'files', title: t('backupFiles'), cell: ({ files }) => files.toLocaleString('zh-CN') },
    { key: 'bytes', title: t('backupSize'), cell: ({ bytes }) => sizeWords(bytes) },
    {
      key: 'acts',
      title: t('acts'),
      cell: ({ name }) => (
        <Button disabled={isBusy} aria-label={t('actOn', { act: t('backupVerify'), login: name })} onClick={() => acts.verify.mutate(name)}>
          {t('backupVerify')}
        </Button>
      ),
    },
  ];
  if (backups.length === 0) return <Empty>{t('backupNone')}</Empty>;
  return <DeskTable caption={t('area.backups')} columns={columns} rows={backups} keyOf={({ name }) => name} />;
};

/** 备份: when the last one was taken, taking and verifying one, and how to restore by command. */
export default function BackupsPage(): ReactNode {
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => read(backupsList()),
    refetchInterval: ({ state }) => (state.data?.underWay ? LOOK_EVERY_MS : false),
  });
  const acts = useActs();
  const isBusy = acts.take.isPending || acts.verify.isPending || Boolean(query.data?.underWay);
  return (
    <AdminPage
      title={t('area.backups')}
      tools={
        <Button look="primary" disabled={isBusy} onClick={() => acts.take.mutate()}>
          {t('backupTake')}
        </Button>
      }
    >
      <FormFault error={acts.take.error ?? acts.verify.error ?? acts.cancel.error} />
      <Loaded query={query}>
        {(data) => (
          <>
            <Age {...data} />
            {data.underWay !== null && <UnderWay work={data.underWay} acts={acts} />}
            {data.underWay === null && data.last !== null && <Outcome last={data.last} />}
            <Shelf backups={data.backups} isBusy={isBusy} acts={acts} />
            <Card title={t('backupRestore')}>
              <p>{t('backupRestoreHow')}</p>
              <pre
                className={styles['command']}
              >{`npm run cli -- restore ${data.folder}/${data.backups[0]?.name ?? '…'} --key-file …`}</pre>
              <p>{t('backupKeyHow')}</p>
            </Card>
          </>
        )}
      </Loaded>
    </AdminPage>
  );
}
