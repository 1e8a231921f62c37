import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { adminCategoriesRetire } from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { word } from '../../i18n/words';
import { Button } from '../../ui/button';
import { Actions, Card, Facts, Notice, Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { lineInForce } from './categories';
import { ChangeCategoryDialog, ResponsibleDialog } from './category-acts';
import { useCategories, useUnits, type Category } from './data';
import { EndDialog } from './end-dialog';
import { periodWords } from './period';
import { ownWord, t } from './texts';
import styles from './admin.module.css';

const Lines = ({ category }: Readonly<{ category: Category }>): ReactNode => {
  const { nameOf } = useUnits();
  const { today } = useSession().who;
  const inForce = lineInForce(category.lines, today);
  if (category.lines.length === 0) return <p className={styles['detail']}>{t('inherits')}</p>;
  return (
    <ul className={styles['lines']}>
      {[...category.lines].reverse().map((line) => (
        <li key={line.version}>
          <span>
            <strong>{line.unitId === null ? t('noDepartment') : nameOf(line.unitId)}</strong>{' '}
            {line.unitId !== null && t('lineHow', { duty: word('duty', line.duty), leads: word('line', line.leads) })} {periodWords(line)}
          </span>
          <span>
            {t('version', { n: line.version })} {line === inForce && <Tag tone="green">{ownWord('phase', 'now')}</Tag>}
          </span>
        </li>
      ))}
    </ul>
  );
};

/** One category: what proves a result, and who answered, answers and will answer for it. */
export const CategoryCard = ({ category, onBack }: Readonly<{ category: Category; onBack: () => void }>): ReactNode => {
  const { nameOf } = useCategories();
  const [open, setOpen] = useState<'change' | 'responsible' | 'retire' | null>(null);
  const close = (): void => setOpen(null);
  const { code, retiredAfter } = category;
  return (
    <div className={styles['card2']}>
      <div>
        <Button onClick={onBack}>{t('backToList')}</Button>
      </div>
      <Card title={category.name}>
        {retiredAfter !== null && <Notice tone="grey">{t('retiredAfter', { day: dayWords(retiredAfter) })}</Notice>}
        <Facts
          of={[
            [t('code'), code],
            [t('categoryParent'), category.parent === null ? t('noParent') : nameOf(category.parent)],
            [t('evidenceKinds'), category.evidenceKinds.map((kind) => ownWord('evidence-kind', kind)).join(t('comma'))],
          ]}
        />
        {retiredAfter === null && (
          <Actions>
            <Button onClick={() => setOpen('change')}>{t('categoryChange')}</Button>
            <Button look="danger" onClick={() => setOpen('retire')}>
              {t('retire')}
            </Button>
          </Actions>
        )}
      </Card>
      <Card title={t('responsible')}>
        <Lines category={category} />
        {retiredAfter === null && (
          <Actions>
            <Button onClick={() => setOpen('responsible')}>{t('responsibleSet')}</Button>
          </Actions>
        )}
      </Card>
      {open === 'change' && <ChangeCategoryDialog category={category} onClose={close} />}
      {open === 'responsible' && <ResponsibleDialog category={category} onClose={close} />}
      {open === 'retire' && (
        <EndDialog
          title={t('retireOf', { name: category.name })}
          submit={t('retire')}
          consequence={t('retireConsequence')}
          send={(body, key) => write((headers) => adminCategoriesRetire({ path: { code }, body, headers }), { key })}
          onClose={close}
        />
      )}
    </div>
  );
};
