import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useSession } from '../../app/session';
import { word } from '../../i18n/words';
import { Button } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { Checkbox, TextField } from '../../ui/fields';
import { Empty, Loaded, Tag, Tools } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { AdminPage } from './admin-frame';
import { lineInForce } from './categories';
import { DefineDialog } from './category-acts';
import { CategoryCard } from './category-card';
import { useCategories, useShown, useUnits, type Category } from './data';
import { t } from './texts';
import styles from './admin.module.css';

const CategoryTable = ({
  categories,
  onChoose,
}: Readonly<{ categories: readonly Category[]; onChoose: (code: string) => void }>): ReactNode => {
  const units = useUnits();
  const all = useCategories();
  const { today } = useSession().who;
  const { rows, more } = useShown(categories);
  const columns: readonly Column<Category>[] = [
    { key: 'code', title: t('code'), cell: ({ code }) => code },
    {
      key: 'name',
      title: t('categoryName'),
      cell: ({ code, name, retiredAfter }) => (
        <>
          <button type="button" className={styles['name']} onClick={() => onChoose(code)}>
            {name}
          </button>
          {retiredAfter !== null && <Tag>{t('retiredAfter', { day: dayWords(retiredAfter) })}</Tag>}
        </>
      ),
    },
    { key: 'parent', title: t('categoryParent'), cell: ({ parent }) => (parent === null ? '' : all.nameOf(parent)) },
    {
      key: 'line',
      title: t('responsibleToday'),
      cell: ({ lines }) => {
        const line = lineInForce(lines, today);
        if (line === null) return t('inherits');
        return line.unitId === null ? t('noDepartment') : `${units.nameOf(line.unitId)} · ${word('duty', line.duty)}`;
      },
    },
  ];
  if (categories.length === 0) return <Empty>{t('nothingFound')}</Empty>;
  return <DeskTable caption={t('area.categories')} columns={columns} rows={rows} keyOf={({ code }) => code} more={more} />;
};

const Categories = ({ categories }: Readonly<{ categories: readonly Category[] }>): ReactNode => {
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [withRetired, setWithRetired] = useState(false);
  const chosen = categories.find(({ code }) => code === params.get('code'));
  if (chosen !== undefined) return <CategoryCard key={chosen.code} category={chosen} onBack={() => setParams({})} />;
  const text = typed.trim().toLowerCase();
  const shown = categories.filter(
    ({ code, name, initials, retiredAfter }) =>
      (withRetired || retiredAfter === null) && (name.includes(text) || code.includes(text) || initials.startsWith(text)),
  );
  return (
    <>
      <Tools>
        <TextField type="search" label={t('categorySearch')} hint={t('narrowHint')} value={typed} onChange={setTyped} />
        <Checkbox label={t('withRetired')} value={withRetired} onChange={setWithRetired} />
      </Tools>
      <CategoryTable key={`${typed}-${String(withRetired)}`} categories={shown} onChoose={(code) => setParams({ code })} />
    </>
  );
};

/** 问题类别: which department answers for what, from which day on. */
export default function CategoriesPage(): ReactNode {
  const { query } = useCategories();
  const [isNew, setNew] = useState(false);
  return (
    <AdminPage
      title={t('area.categories')}
      tools={
        <Button look="primary" onClick={() => setNew(true)}>
          {t('define')}
        </Button>
      }
    >
      <Loaded query={query}>{({ categories }) => <Categories categories={categories} />}</Loaded>
      {isNew && <DefineDialog onClose={() => setNew(false)} />}
    </AdminPage>
  );
}
