import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { examinationsOwn, examinationsTellOwn } from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Loaded, Notice } from '../../ui/states';
import { useUnits } from '../../ui/use-units';
import { ExaminedForm } from './examined-form';
import { ExaminedList } from './examined-list';
import { t } from './words';
import styles from './inspections.module.css';

const TellDialog = ({ onClose }: Readonly<{ onClose: () => void }>): ReactNode => {
  const { who } = useSession();
  const [from, setFrom] = useState(who.today);
  const [to, setTo] = useState(who.today);
  const own = who.acting?.unit;
  const villages = useUnits('village', own?.id).data ?? [];
  const places = [...(own === undefined ? [] : [own]), ...villages];
  return (
    <ExaminedForm
      title={t('selfCheckTell')}
      places={places.map(({ id, name }) => ({ value: id, label: name }))}
      extra={
        <div className={styles['two']}>
          <TextField type="date" label={t('from')} max={who.today} value={from} onChange={setFrom} />
          <TextField type="date" label={t('to')} min={from} max={who.today} value={to} onChange={setTo} />
        </div>
      }
      isExtraComplete={from !== '' && to !== ''}
      send={(told, headers) => examinationsTellOwn({ body: { ...told, from, to }, headers })}
      onClose={onClose}
    />
  );
};

/** 自查覆盖: what was examined in the own town, by itself and by others. */
export default function SelfChecksPage(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const query = useQuery({ queryKey: ['inspections', 'self-checks'], queryFn: () => read(examinationsOwn()) });
  return (
    <Page
      title={t('selfChecks')}
      tools={
        <Button look="primary" onClick={() => setOpen(true)}>
          {t('selfCheckTell')}
        </Button>
      }
    >
      <Notice>{t('selfChecksNote')}</Notice>
      <Loaded query={query}>{(list) => <ExaminedList {...list} />}</Loaded>
      {isOpen && <TellDialog onClose={() => setOpen(false)} />}
    </Page>
  );
}
