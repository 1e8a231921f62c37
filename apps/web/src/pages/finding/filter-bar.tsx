import { useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { wordsOf } from '../../i18n/words';
import { Button } from '../../ui/button';
import { SelectField, TextField, type Option } from '../../ui/fields';
import { Actions, Card, Notice } from '../../ui/states';
import { useAddress } from '../../ui/use-address';
import { useCategories, useUnits } from '../../ui/use-units';
import { FLAGS, SERIOUSNESS, SOURCES, STAGES } from './filters';
import styles from './finding.module.css';

const t = textsOf(zh);
const FILTERS = [
  'unit',
  'town',
  'department',
  'team',
  'village',
  'category',
  'source',
  'list',
  'kind',
  'seriousness',
  'status',
  'stage',
  'flag',
  'parent',
  'overdue',
  'dueFrom',
  'dueTo',
  'filedFrom',
  'filedTo',
];
/** Given by a number that opened the list; there is nothing to choose them from here. */
const FROM_LINK = ['unit', 'village', 'list', 'status', 'parent'];
/** Behind "more", open where one of them narrows the list. */
const MORE = [
  'town',
  'category',
  'department',
  'team',
  'source',
  'seriousness',
  'flag',
  'kind',
  'dueFrom',
  'dueTo',
  'filedFrom',
  'filedTo',
];
const NOTHING: Readonly<Record<string, string>> = Object.fromEntries(FILTERS.map((key) => [key, '']));

type Choice = Readonly<{ name: string; label: string; options: readonly Option[] }>;
/** One filter of the address as a list to choose from; what the address holds besides is kept in sight. */
const AddressSelect = ({ name, label, options }: Choice): ReactNode => {
  const { get, set } = useAddress();
  const value = get(name);
  const all = value === '' || options.some((option) => option.value === value) ? options : [...options, { value, label: t('asGiven') }];
  return <SelectField label={label} placeholder={t('any')} options={all} value={value} onChange={(next) => set({ [name]: next })} />;
};
const AddressDay = ({ name, label }: Readonly<{ name: string; label: string }>): ReactNode => {
  const { get, set } = useAddress();
  return <TextField type="date" label={label} value={get(name)} onChange={(next) => set({ [name]: next })} />;
};

const MoreFilters = (): ReactNode => {
  const towns = useUnits('town').data ?? [];
  const departments = useUnits('department').data ?? [];
  const teams = useUnits('team').data ?? [];
  const categories = useCategories().data ?? [];
  const named = (units: readonly Readonly<{ id: string; name: string }>[]): Option[] =>
    units.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className={styles['filters']}>
      <AddressSelect name="town" label={t('town')} options={named(towns)} />
      <AddressSelect name="category" label={t('category')} options={categories.map(({ code, name }) => ({ value: code, label: name }))} />
      <AddressSelect name="department" label={t('department')} options={named(departments)} />
      <AddressSelect name="team" label={t('team')} options={named(teams)} />
      <AddressSelect name="source" label={t('source')} options={wordsOf('source', SOURCES)} />
      <AddressSelect name="seriousness" label={t('seriousness')} options={wordsOf('seriousness', SERIOUSNESS)} />
      <AddressSelect name="flag" label={t('flag')} options={wordsOf('flag', FLAGS)} />
      <AddressSelect name="kind" label={t('kind')} options={wordsOf('kind', ['finding', 'task'])} />
      <AddressDay name="dueFrom" label={t('dueFrom')} />
      <AddressDay name="dueTo" label={t('dueTo')} />
      <AddressDay name="filedFrom" label={t('filedFrom')} />
      <AddressDay name="filedTo" label={t('filedTo')} />
    </div>
  );
};

/** The search stays on the page: it may be somebody's name. Everything else stands in the address. */
export const FilterBar = ({
  text,
  onText,
  narrowed,
}: Readonly<{ text: string; onText: (text: string) => void; narrowed: number }>): ReactNode => {
  const { get, set } = useAddress();
  const [wanted, setWanted] = useState(text);
  const [isOpen, setOpen] = useState(() => MORE.some((key) => get(key) !== ''));
  return (
    <Card>
      {FROM_LINK.some((key) => get(key) !== '') && <Notice>{t('fromLink')}</Notice>}
      <form
        role="search"
        className={styles['filters']}
        onSubmit={(event) => {
          event.preventDefault();
          onText(wanted.trim());
        }}
      >
        <TextField type="search" label={t('search')} hint={t('searchHint')} value={wanted} onChange={setWanted} />
        <AddressSelect name="stage" label={t('stage')} options={wordsOf('stage', STAGES)} />
        <AddressSelect
          name="overdue"
          label={t('overdue')}
          options={[
            { value: 'true', label: t('overdueYes') },
            { value: 'false', label: t('overdueNo') },
          ]}
        />
        <Button type="submit" look="primary">
          {t('searchDo')}
        </Button>
      </form>
      {isOpen && <MoreFilters />}
      <Actions>
        <Button look="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('fewerFilters') : t('moreFilters')}
        </Button>
        {narrowed > 0 && (
          <Button
            look="plain"
            onClick={() => {
              setWanted('');
              onText('');
              set(NOTHING);
            }}
          >
            {t('clearFilters', { n: narrowed })}
          </Button>
        )}
      </Actions>
    </Card>
  );
};
