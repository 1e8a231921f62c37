import { lazy, Suspense, useState, type ReactNode } from 'react';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import type { Filter } from './selection';
import type { Ticks } from './use-ticks';
import styles from './selections.module.css';

const t = textsOf(zh);
const words = textsOf(common);
/** The forms of all steps: fetched by whoever begins one. */
const StepDialog = lazy(() => import('./step-dialog'));

/** Above a list: how many rows are ticked, everything that matches, and what to do with them. */
export const SelectionBar = ({
  ticks,
  total,
  filter,
}: Readonly<{ ticks: Ticks; total: Readonly<{ total: number; exact: boolean }> | undefined; filter: Filter | null }>): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  const { chosen, everything } = ticks;
  if (total === undefined || total.total === 0) return null;
  const all = total.exact ? String(total.total) : t('atLeast', { n: total.total });
  return (
    <div className={styles['bar']} role="group" aria-label={t('bar')}>
      <span role="status">
        {everything ? t('everything', { n: all }) : chosen.length === 0 ? t('tickHint') : t('ticked', { n: chosen.length })}
      </span>
      {!everything && filter !== null && chosen.length > 0 && (chosen.length < total.total || !total.exact) && (
        <Button onClick={ticks.takeEverything}>{t('takeEverything', { n: all })}</Button>
      )}
      {chosen.length === 0 && <Button onClick={ticks.takePage}>{words('selectAll')}</Button>}
      {chosen.length > 0 && (
        <>
          <Button look="primary" onClick={() => setOpen(true)}>
            {t('begin')}
          </Button>
          <Button look="plain" onClick={ticks.clear}>
            {t('clear')}
          </Button>
        </>
      )}
      {isOpen && (
        <Suspense fallback={null}>
          <StepDialog
            chosen={chosen}
            filter={everything ? filter : null}
            total={everything ? all : String(chosen.length)}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
};
