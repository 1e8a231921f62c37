import { useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import { recentCategories, searchCategories, type SearchedCategory } from '../../offline/category-search';
import type { FileForm } from '../../offline/filing';
import { RadioGroup, TextField } from '../../ui/fields';

const t = textsOf(zh);

/** The six filed last, or whatever the typed characters or pinyin initials find. */
export const CategoryPart = ({
  categories,
  recent,
  chosen,
  onChange,
  fault,
}: Readonly<{
  categories: readonly SearchedCategory[];
  recent: readonly string[];
  chosen: FileForm['category'];
  onChange: (category: NonNullable<FileForm['category']>) => void;
  fault: string | null;
}>): ReactNode => {
  const [typed, setTyped] = useState('');
  const found = typed.trim() === '' ? recentCategories(categories, recent) : searchCategories(categories, typed);
  const shown = chosen === null || found.some(({ code }) => code === chosen.code) ? found : [chosen, ...found];
  return (
    <>
      <RadioGroup
        label={t('category')}
        value={chosen?.code ?? ''}
        onChange={(code) => {
          const category = shown.find((one) => one.code === code);
          if (category !== undefined) onChange({ code: category.code, name: category.name });
        }}
        options={shown.map(({ code, name }) => ({ value: code, label: name }))}
        fault={fault}
      />
      <TextField
        label={t('categorySearch')}
        hint={found.length === 0 ? t('categoryNone') : t('categoryHint')}
        type="search"
        value={typed}
        onChange={setTyped}
        autoComplete="off"
        autoCapitalize="none"
      />
    </>
  );
};
