import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { evidenceDownload, findingsReadingDetail } from '../../api/generated/sdk.gen';
import type { FindingsReadingDetailResponse } from '../../api/generated/types.gen';
import { word } from '../../i18n/words';
import { Empty, Fault, Loading } from '../../ui/states';
import { useFileAddress } from '../../ui/use-file-address';
import { t } from './words';
import styles from './notices.module.css';

type File = FindingsReadingDetailResponse['evidence'][number];
type Props = Readonly<{ chosen: readonly string[]; onChange: (chosen: readonly string[]) => void }>;

const TYPES: readonly string[] = ['image/jpeg', 'image/png'];
const PHASES: readonly string[] = ['before', 'after'];
const goesOnPaper = ({ removed, mediaType, phase }: File): boolean => !removed && TYPES.includes(mediaType) && PHASES.includes(phase);

const Thumbnail = ({ findingId, file }: Readonly<{ findingId: string; file: File }>): ReactNode => {
  const path = { id: findingId, evidenceId: file.evidenceId };
  const { data } = useQuery({
    queryKey: ['evidence', findingId, file.evidenceId],
    queryFn: async () => (await read(evidenceDownload({ path, parseAs: 'blob' }))) as Blob,
    staleTime: Infinity,
  });
  const address = useFileAddress(data);
  return address === null ? <Loading /> : <img src={address} alt="" />;
};

const OfFinding = ({ findingId, chosen, onChange }: Props & Readonly<{ findingId: string }>): ReactNode => {
  const { data, error, refetch } = useQuery({
    queryKey: ['finding', findingId],
    queryFn: () => read(findingsReadingDetail({ path: { id: findingId } })),
  });
  if (error !== null) return <Fault error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const photos = data.evidence.filter(goesOnPaper);
  return (
    <fieldset className={styles['photos']}>
      <legend>{t('photosOf', { number: data.number })}</legend>
      {photos.length === 0 && <Empty>{t('noPhotos')}</Empty>}
      {photos.map((file) => {
        const key = `${findingId} ${file.evidenceId}`;
        return (
          <label key={key} className={styles['photo']}>
            <Thumbnail findingId={findingId} file={file} />
            <span>
              <input
                type="checkbox"
                checked={chosen.includes(key)}
                onChange={(event) => onChange(event.target.checked ? [...chosen, key] : chosen.filter((one) => one !== key))}
              />
              {t('photo', { phase: word('phase', file.phase), name: file.name })}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
};

/** Photos of the findings on the notice, to choose for its annex: by finding and file, in the order in which they were chosen. */
export const Photos = ({ findings, ...choice }: Props & Readonly<{ findings: readonly string[] }>): ReactNode =>
  findings.map((findingId) => <OfFinding key={findingId} findingId={findingId} {...choice} />);
