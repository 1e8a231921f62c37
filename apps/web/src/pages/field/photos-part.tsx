import { useId, useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import type { Phase, Photo } from '../../offline/draft';
import { phone } from '../../offline/phone';
import { scaledDown } from '../../offline/photos';
import { Button } from '../../ui/button';
import styles from './field.module.css';
import { usePicture } from './use-field';

const t = textsOf(zh);

const Thumb = ({ photoId, name, onRemove }: Readonly<{ photoId: string; name: string; onRemove: () => void }>): ReactNode => {
  const address = usePicture(photoId, phone.photo);
  return (
    <li>
      {address !== null && <img src={address} alt={name} />}
      <Button look="plain" onClick={onRemove} aria-label={t('photoRemove', { name })}>
        ✕
      </Button>
    </li>
  );
};

/** Photos of one phase: taken or chosen, scaled down on the phone, shown small. */
export const PhotosPart = ({
  label,
  phase,
  photos,
  draftFor,
  fault = null,
}: Readonly<{
  label: string;
  phase: Phase;
  photos: readonly Photo[];
  /** The draft they belong to; begun if there is none yet. */
  draftFor: () => Promise<string>;
  fault?: string | null;
}>): ReactNode => {
  const [unreadable, setUnreadable] = useState(false);
  const id = useId();
  const words = unreadable ? t('photoFault') : fault;
  const shown = photos.filter((photo) => photo.phase === phase);
  const add = async (files: readonly File[]): Promise<void> => {
    setUnreadable(false);
    const draftId = await draftFor();
    for (const file of files) {
      try {
        await phone.addPhoto(draftId, phase, await scaledDown(file));
      } catch {
        setUnreadable(true);
      }
    }
  };
  return (
    <div>
      <label className={styles['photoAdd']}>
        <span>{`${label}${fault === null && phase === 'before' ? t('optional') : ''} · ${t('photoAdd')}`}</span>
        <input
          className="visually-hidden"
          type="file"
          accept="image/*"
          capture="environment"
          multiple
          aria-invalid={words === null ? undefined : true}
          aria-describedby={words === null ? undefined : id}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = '';
            void add(files);
          }}
        />
      </label>
      {words !== null && (
        <p id={id} className={styles['fault']} role="alert">
          {words}
        </p>
      )}
      {shown.length > 0 && (
        <ul className={styles['thumbs']}>
          {shown.map(({ photoId }, at) => (
            <Thumb
              key={photoId}
              photoId={photoId}
              name={t(phase === 'before' ? 'photoBeforeOf' : 'photoAfterOf', { n: at + 1 })}
              onRemove={() => void draftFor().then((draftId) => phone.removePhoto(draftId, photoId))}
            />
          ))}
        </ul>
      )}
    </div>
  );
};
