import { useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { Button } from '../../ui/button';
import { Card, Empty } from '../../ui/states';
import { EvidenceFile, EvidenceImage, isImage } from './evidence-file';
import type { Detail } from './detail';
import styles from './finding.module.css';

const t = textsOf(zh);
type File = Detail['evidence'][number];
/** Fetched at once; the rest on request, so that a village's network carries it. */
const FIRST = 4;

const Side = ({ finding, files, title }: Readonly<{ finding: Detail; files: readonly File[]; title: string }>): ReactNode => {
  const [all, setAll] = useState(false);
  const shown = all ? files : files.slice(0, FIRST);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {files.length === 0 ? (
        <Empty>{t('noPhotos')}</Empty>
      ) : (
        <div className={styles['photos']}>
          {shown.map((file) => (
            <EvidenceImage key={file.evidenceId} findingId={finding.findingId} file={file} />
          ))}
        </div>
      )}
      {!all && files.length > FIRST && <Button onClick={() => setAll(true)}>{t('allPhotos', { n: files.length })}</Button>}
    </section>
  );
};

/** Evidence, before and after side by side; what is no picture, as files. */
export const Album = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const there = finding.evidence.filter(({ removed }) => !removed);
  const removed = finding.evidence.length - there.length;
  if (finding.evidence.length === 0) return null;
  const pictures = there.filter(isImage);
  const before = pictures.filter(({ phase }) => phase === 'before');
  const after = pictures.filter(({ phase }) => phase !== 'before');
  const files = there.filter((file) => !isImage(file));
  return (
    <Card title={t('album', { n: there.length })}>
      {pictures.length > 0 && (
        <div className={styles['sides']}>
          <Side finding={finding} files={before} title={word('phase', 'before')} />
          <Side finding={finding} files={after} title={word('phase', 'after')} />
        </div>
      )}
      {files.length > 0 && (
        <ul className={styles['plainList']} aria-label={t('files')}>
          {files.map((file) => (
            <EvidenceFile key={file.evidenceId} findingId={finding.findingId} file={file} />
          ))}
        </ul>
      )}
      {removed > 0 && <p className={styles['soft']}>{t('removedFiles', { n: removed })}</p>}
    </Card>
  );
};
