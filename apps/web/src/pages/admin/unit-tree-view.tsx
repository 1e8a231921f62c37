import { useState, type ReactNode } from 'react';
import { word } from '../../i18n/words';
import { Empty } from '../../ui/states';
import { useShown, type Unit } from './data';
import { ownWord, t } from './texts';
import { treeOf, unitsLike, type Branch } from './unit-tree';
import styles from './admin.module.css';

type Choosing = Readonly<{ chosen: string | null; onChoose: (id: string) => void }>;

const UnitName = ({ unit, chosen, onChoose }: Choosing & Readonly<{ unit: Unit }>): ReactNode => (
  <button
    type="button"
    className={`${styles['unit'] ?? ''} ${unit.status === 'active' ? '' : (styles['gone'] ?? '')}`}
    aria-current={chosen === unit.id}
    onClick={() => onChoose(unit.id)}
  >
    {unit.name}
    <small>{unit.status === 'active' ? word('unit-kind', unit.kind) : ownWord('unit-status', unit.status)}</small>
  </button>
);

const BranchItem = ({
  branch: { unit, below },
  open,
  onFold,
  ...choosing
}: Choosing & Readonly<{ branch: Branch; open: ReadonlySet<string>; onFold: (id: string) => void }>): ReactNode => {
  const isOpen = open.has(unit.id);
  return (
    <li>
      <div className={styles['node']}>
        {below.length === 0 ? (
          <span className={styles['leaf']} />
        ) : (
          <button
            type="button"
            className={styles['fold']}
            aria-expanded={isOpen}
            aria-label={t('below', { name: unit.name, n: below.length })}
            onClick={() => onFold(unit.id)}
          >
            <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
          </button>
        )}
        <UnitName unit={unit} {...choosing} />
      </div>
      {isOpen && (
        <ul>
          {below.map((one) => (
            <BranchItem key={one.unit.id} branch={one} open={open} onFold={onFold} {...choosing} />
          ))}
        </ul>
      )}
    </li>
  );
};

const Found = ({ units, ...choosing }: Choosing & Readonly<{ units: readonly Unit[] }>): ReactNode => {
  const { rows, more } = useShown(units);
  if (units.length === 0) return <Empty>{t('nothingFound')}</Empty>;
  return (
    <>
      <ul>
        {rows.map((unit) => (
          <li key={unit.id}>
            <UnitName unit={unit} {...choosing} />
          </li>
        ))}
      </ul>
      {more !== undefined && (
        <button type="button" className={styles['unit']} onClick={more}>
          {t('moreFound', { n: units.length - rows.length })}
        </button>
      )}
    </>
  );
};

/** Units as a tree to unfold; what is typed turns it into the list of those that fit. */
export const UnitTree = ({ units, typed, ...choosing }: Choosing & Readonly<{ units: readonly Unit[]; typed: string }>): ReactNode => {
  const tree = treeOf(units);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(tree.map(({ unit }) => unit.id)));
  const fold = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  if (typed.trim() !== '') return <Found key={typed} units={unitsLike(units, typed)} {...choosing} />;
  return (
    <ul>
      {tree.map((branch) => (
        <BranchItem key={branch.unit.id} branch={branch} open={open} onFold={fold} {...choosing} />
      ))}
    </ul>
  );
};
