import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { Button } from '../../ui/button';
import { Checkbox, TextField } from '../../ui/fields';
import { Empty, Loaded, Tools } from '../../ui/states';
import { AdminPage } from './admin-frame';
import { useUnits, type Unit } from './data';
import { t } from './texts';
import { EstablishDialog } from './unit-acts';
import { UnitCard } from './unit-card';
import { UnitTree } from './unit-tree-view';
import styles from './admin.module.css';

const Units = ({ units }: Readonly<{ units: readonly Unit[] }>): ReactNode => {
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [withGone, setWithGone] = useState(false);
  const chosen = units.find(({ id }) => id === params.get('unit'));
  const choose = (id: string | null): void => setParams(id === null ? {} : { unit: id });
  return (
    <div className={styles['split']} data-chosen={chosen !== undefined}>
      <section className={styles['tree']} aria-label={t('unitTree')}>
        <Tools>
          <TextField type="search" label={t('unitSearch')} hint={t('unitSearchHint')} value={typed} onChange={setTyped} />
          <Checkbox label={t('withGone')} value={withGone} onChange={setWithGone} />
        </Tools>
        <UnitTree
          units={withGone ? units : units.filter(({ status }) => status === 'active')}
          typed={typed}
          chosen={chosen?.id ?? null}
          onChoose={choose}
        />
      </section>
      {chosen === undefined ? <Empty>{t('unitChoose')}</Empty> : <UnitCard key={chosen.id} unit={chosen} onChoose={choose} />}
    </div>
  );
};

/** 单位: the tree with dates; what is established, renamed, moved, merged or dissolved holds from a day. */
export default function UnitsPage(): ReactNode {
  const { query } = useUnits();
  const [isNew, setNew] = useState(false);
  return (
    <AdminPage
      title={t('area.units')}
      tools={
        <Button look="primary" onClick={() => setNew(true)}>
          {t('establish')}
        </Button>
      }
    >
      <Loaded query={query}>{({ units }) => <Units units={units} />}</Loaded>
      {isNew && <EstablishDialog onClose={() => setNew(false)} />}
    </AdminPage>
  );
}
