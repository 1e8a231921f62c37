import type { ReactNode } from 'react';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import { useOnline } from '../../app/online';
import { phone } from '../../offline/phone';
import styles from './field.module.css';
import { usePicture } from './use-field';

const t = textsOf(zh);
export type ShownEvidence = Readonly<{ evidenceId: string; phase: string; mediaType: string }>;

const Picture = ({ findingId, evidenceId, name }: Readonly<{ findingId: string; evidenceId: string; name: string }>): ReactNode => {
  const isOnline = useOnline();
  const here = usePicture(evidenceId, phone.image);
  const address = here ?? (isOnline ? `/api/findings/${findingId}/evidence/${evidenceId}` : null);
  return address === null ? <p className={styles['soft']}>{t('photosOnline')}</p> : <img src={address} alt={name} loading="lazy" />;
};

/** Before and after, beside each other; also without a network where the phone took them along. */
export const EvidencePair = ({ findingId, evidence }: Readonly<{ findingId: string; evidence: readonly ShownEvidence[] }>): ReactNode => (
  <div className={styles['pair']}>
    {(['before', 'after'] as const).map((phase) => {
      const shown = evidence.filter((one) => one.phase === phase && one.mediaType.startsWith('image/'));
      return (
        <section key={phase}>
          <h2>{t(phase)}</h2>
          {shown.length === 0 && <p className={styles['soft']}>{t('noPhotos')}</p>}
          {shown.map(({ evidenceId }, at) => (
            <Picture
              key={evidenceId}
              findingId={findingId}
              evidenceId={evidenceId}
              name={t('evidenceOf', { phase: t(phase), n: at + 1 })}
            />
          ))}
        </section>
      );
    })}
  </div>
);
