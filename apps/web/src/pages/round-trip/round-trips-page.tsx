import { useState, type FormEvent, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import zh from '../../i18n/zh/round-trip.json';
import { textsOf } from '../../i18n/texts';
import { read, write } from '../../api/calls';
import { roundTripAll, roundTripUpload, roundTripWorkbook } from '../../api/generated/sdk.gen';
import type { RoundTripAnswer } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { DataTable, type Column } from '../../ui/data-table';
import { FileField, TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { saveFile } from '../../ui/save-file';
import { Actions, Card, Empty, FormFault, Loaded, Tag } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { isMoving, jobTone } from './round-trip';

const t = textsOf(zh);
const ASKS_AGAIN_MS = 1_500;

/** What goes out names its reader, the time and the purpose, and is logged (R40). */
const Download = (): ReactNode => {
  const [purpose, setPurpose] = useState('');
  const { tried, busy, error, send } = useAct();
  const say = useToast();
  const isMissing = purpose.trim().length < 2;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(!isMissing, async () => {
      const file = await read(roundTripWorkbook({ query: { purpose: purpose.trim() }, parseAs: 'blob' }));
      saveFile(file as Blob, t('fileName'));
      say(t('downloaded'));
    });
  };
  return (
    <Card title={t('stepDownload')}>
      <p>{t('downloadNote')}</p>
      <form noValidate onSubmit={submit}>
        <TextField
          label={t('purpose')}
          hint={t('purposeHint')}
          value={purpose}
          onChange={setPurpose}
          maxLength={200}
          fault={tried && isMissing ? t('purposeMissing') : null}
        />
        <FormFault error={error} />
        <Actions>
          <Button type="submit" look="primary" busy={busy}>
            {t('download')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
};

const Upload = (): ReactNode => {
  const [file, setFile] = useState<File | null>(null);
  const { tried, busy, error, send } = useAct();
  const navigate = useNavigate();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(file !== null, async () => {
      if (file === null) return;
      const { roundTripId } = await write((headers) => roundTripUpload({ body: { file }, headers }));
      void navigate(`/round-trip/${roundTripId}`);
    });
  };
  return (
    <Card title={t('stepUpload')}>
      <p>{t('uploadNote')}</p>
      <form noValidate onSubmit={submit}>
        <FileField
          label={t('chooseFile')}
          hint={file === null ? t('chooseFileHint') : t('chosenFile', { name: file.name })}
          accept=".xlsx"
          onFiles={(files) => setFile(files[0] ?? null)}
          fault={tried && file === null ? t('fileMissing') : null}
        />
        <FormFault error={error} />
        <Actions>
          <Button type="submit" look="primary" busy={busy}>
            {t('upload')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
};

const columns: readonly Column<RoundTripAnswer>[] = [
  { key: 'file', title: t('colFile'), cell: ({ roundTripId, fileName }) => <Link to={`/round-trip/${roundTripId}`}>{fileName}</Link> },
  { key: 'state', title: t('colState'), cell: (job) => <Tag tone={jobTone(job)}>{t(`state.${job.state}`)}</Tag> },
  {
    key: 'counts',
    title: t('colCounts'),
    cell: ({ counts }) =>
      counts === null ? '' : t('countsSaid', { changed: counts.changed, done: counts.done, refused: counts.refused + counts.failed }),
  },
  { key: 'at', title: t('colAt'), cell: ({ createdAt }) => <time dateTime={createdAt}>{dateTimeWords(createdAt)}</time> },
];

/** 台账填报: the ledger goes out, is filled in where people are used to it, and comes back. */
export default function RoundTripsPage(): ReactNode {
  const query = useQuery({
    queryKey: ['round-trip'],
    queryFn: () => read(roundTripAll()),
    // Whoever comes back looks for what they just sent.
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.roundTrips.some(isMoving) === true ? ASKS_AGAIN_MS : false),
  });
  return (
    <Page title={t('title')}>
      <p>{t('intro')}</p>
      <Download />
      <Card title={t('stepFill')}>
        <ul>
          <li>{t('fill1')}</li>
          <li>{t('fill2')}</li>
          <li>{t('fill3')}</li>
        </ul>
      </Card>
      <Upload />
      <h2>{t('all')}</h2>
      <Loaded query={query}>
        {({ roundTrips }) =>
          roundTrips.length === 0 ? (
            <Empty>{t('none')}</Empty>
          ) : (
            <DataTable caption={t('all')} columns={columns} rows={roundTrips} keyOf={({ roundTripId }) => roundTripId} />
          )
        }
      </Loaded>
    </Page>
  );
}
