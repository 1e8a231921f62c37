import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { read } from '../../api/calls';
import { evidenceDownload } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { saveFile } from '../../ui/save-file';
import { Actions, Fault, FormFault, Loading } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import { useFileAddress } from '../../ui/use-file-address';
import type { Detail } from './detail';
import styles from './finding.module.css';

const t = textsOf(zh);
type File = Detail['evidence'][number];
type Props = Readonly<{ findingId: string; file: File }>;

/** What browsers show; anything else is downloaded. */
const SHOWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);
export const isImage = ({ mediaType }: File): boolean => SHOWN.has(mediaType);

const fetched = async (findingId: string, { evidenceId }: File): Promise<Blob> =>
  (await read(evidenceDownload({ path: { id: findingId, evidenceId }, parseAs: 'blob' }))) as Blob;

const sizeWords = (size: number): string =>
  size < 1_000_000 ? t('kilobytes', { n: Math.ceil(size / 1_000) }) : t('megabytes', { n: (size / 1_000_000).toFixed(1) });

const Caption = ({ file }: Readonly<{ file: File }>): ReactNode => (
  <span className={styles['soft']}>
    {t('fileCaption', { phase: word('phase', file.phase), by: file.by.name, size: sizeWords(file.size) })}
  </span>
);

export const EvidenceImage = ({ findingId, file }: Props): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  // Not below the finding's key: bytes never change, whatever else does.
  const { data, error, refetch } = useQuery({
    queryKey: ['evidence', findingId, file.evidenceId],
    queryFn: () => fetched(findingId, file),
    staleTime: Infinity,
  });
  const address = useFileAddress(data);
  if (error !== null) return <Fault error={error} again={() => void refetch()} />;
  if (data === undefined || address === null) return <Loading />;
  return (
    <figure className={styles['photo']}>
      <button type="button" onClick={() => setOpen(true)} aria-label={t('openPhoto', { name: file.name })}>
        <img src={address} alt={file.name} />
      </button>
      <figcaption>
        <Caption file={file} />
      </figcaption>
      {isOpen && (
        <Dialog title={file.name} onClose={() => setOpen(false)}>
          <img className={styles['large']} src={address} alt={file.name} />
          <Caption file={file} />
          <Actions>
            <Button onClick={() => saveFile(data, file.name)}>{t('download')}</Button>
            <Button onClick={() => setOpen(false)}>{t('close')}</Button>
          </Actions>
        </Dialog>
      )}
    </figure>
  );
};

export const EvidenceFile = ({ findingId, file }: Props): ReactNode => {
  const { busy, error, send } = useAct();
  const download = (): void => send(true, async () => saveFile(await fetched(findingId, file), file.name));
  return (
    <li>
      <Button look="plain" busy={busy} aria-label={t('downloadOf', { name: file.name })} onClick={download}>
        {file.name}
      </Button>{' '}
      <Caption file={file} />
      <FormFault error={error} />
    </li>
  );
};
