import { useState, type ReactNode } from 'react';
import { useMutation } from '@tanstack/react-query';
import { write } from '../../api/calls';
import { calendarLoad, movedDeadlinesPreview } from '../../api/generated/sdk.gen';
import type { MovedDeadlinesPreviewResponse } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { DeskTable } from '../../ui/desk-table';
import { Dialog } from '../../ui/dialog';
import { FileField, TextArea, TextField } from '../../ui/fields';
import { Actions, FormFault, Notice } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { ActDialog } from './act-dialog';
import { deadlineWords } from './deadline-words';
import { c, t } from './texts';
import type { Year } from './year-card';
import { festivalsMissing, parseYear, yearText, type NamedDay, type YearData } from './year-json';
import styles from './admin.module.css';

/** As many as fit beside the sentence that counts them all. */
const SHOWN = 8;

type Preview = MovedDeadlinesPreviewResponse;
type Ready = Readonly<{ year: number; data: YearData; preview: Preview }>;

/** What a year would move, and what may be missing in it: a festival that was left out makes deadlines come too early. */
export const YearPreview = ({ preview, holidays }: Readonly<{ preview: Preview; holidays: readonly NamedDay[] }>): ReactNode => {
  const absent = festivalsMissing(holidays);
  return (
    <>
      {absent.length > 0 && <Notice tone="amber">{t('festivalsMissing', { festivals: absent.join(t('comma')) })}</Notice>}
      <p>
        <strong>{t('wouldMoveSays', { n: preview.moved, confirmed: preview.confirmed })}</strong>
      </p>
      {preview.first.length > 0 && (
        <DeskTable
          caption={t('wouldMove')}
          rows={preview.first.slice(0, SHOWN).map((one, at) => ({ ...one, at }))}
          keyOf={({ at }) => String(at)}
          columns={[
            { key: 'number', title: t('findingNumber'), cell: ({ number }) => number },
            { key: 'key', title: t('deadline'), cell: ({ key }) => deadlineWords(key) },
            { key: 'from', title: t('dueBefore'), cell: ({ from }) => dateTimeWords(from.at) },
            { key: 'to', title: t('dueAfter'), cell: ({ to }) => dateTimeWords(to.at) },
          ]}
        />
      )}
      {preview.moved > SHOWN && <p className={styles['detail']}>{t('wouldMoveMore', { n: preview.moved, shown: SHOWN })}</p>}
    </>
  );
};

/** What would move is shown before it moves. */
const ConfirmLoad = ({ ready, onBack, onClose }: Readonly<{ ready: Ready; onBack: () => void; onClose: () => void }>): ReactNode => {
  const { year, data, preview } = ready;
  return (
    <ActDialog
      title={t('yearConfirm', { year })}
      submit={t('yearLoadOf', { year })}
      danger={preview.moved > 0}
      consequence={
        <>
          <p>{t('wouldMoveConfirm', { year, n: preview.moved })}</p>
          <p>{t('wouldMoveHow')}</p>
          <p>{t('secondPerson')}</p>
        </>
      }
      body={{ year, data }}
      send={(key) => write((headers) => calendarLoad({ path: { year }, body: data, headers }), { key })}
      done={t('yearLoaded', { year })}
      onClose={onClose}
    >
      {() => (
        <>
          <p>{t('yearSays', { year, holidays: data.holidays.length, swapped: data.swappedWorkdays.length, reference: data.reference })}</p>
          <YearPreview preview={preview} holidays={data.holidays} />
          <Actions>
            <Button onClick={onBack}>{t('yearBack')}</Button>
          </Actions>
        </>
      )}
    </ActDialog>
  );
};

/** Loads a year: paste or choose the file, see which open deadlines would move, confirm. */
export const LoadYearDialog = ({
  year: given,
  present,
  onClose,
}: Readonly<{ year: number; present: Year | undefined; onClose: () => void }>): ReactNode => {
  const [year, setYear] = useState(String(given));
  const [text, setText] = useState('');
  const [isTried, setTried] = useState(false);
  const [ready, setReady] = useState<Ready | null>(null);
  const parsed = parseYear(text);
  const asked = Number(year);
  const yearFault = /^20\d{2}$/.test(year) ? null : t('yearInvalid');
  const textFault =
    'fault' in parsed ? parsed.fault : parsed.year !== null && parsed.year !== asked ? t('yearDiffers', { year: parsed.year }) : null;
  const previewing = useMutation({
    mutationFn: async () => {
      if ('fault' in parsed) return;
      const { data } = parsed;
      const preview = await write((headers) => movedDeadlinesPreview({ path: { year: asked }, body: data, headers }));
      setReady({ year: asked, data, preview });
    },
  });
  if (ready !== null) return <ConfirmLoad ready={ready} onBack={() => setReady(null)} onClose={onClose} />;
  return (
    <Dialog title={t('yearLoad')} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (yearFault === null && textFault === null && !previewing.isPending) previewing.mutate();
        }}
      >
        <Notice>{t('yearHint')}</Notice>
        <TextField label={t('year')} inputMode="numeric" value={year} onChange={setYear} fault={isTried ? yearFault : null} />
        <FileField
          label={t('yearFile')}
          optional
          accept="application/json,.json"
          onFiles={([file]) => {
            if (file !== undefined) void file.text().then(setText);
          }}
        />
        <div className={styles['json']}>
          <TextArea
            label={t('yearJson')}
            hint={t('yearJsonHint')}
            value={text}
            onChange={setText}
            spellCheck={false}
            fault={isTried ? textFault : null}
          />
        </div>
        {present !== undefined && (
          <Actions>
            <Button onClick={() => setText(yearText(present.year, present.holidays, present.swappedWorkdays, ''))}>
              {t('yearFromPresent')}
            </Button>
          </Actions>
        )}
        <FormFault error={previewing.error} />
        <Actions>
          <Button type="submit" look="primary" busy={previewing.isPending}>
            {t('yearPreview')}
          </Button>
          <Button onClick={onClose}>{c('cancel')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
};
