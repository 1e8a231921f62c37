import { useState, type ReactNode } from 'react';
import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { word } from '../../../i18n/words';
import { Button } from '../../../ui/button';
import { CheckGroup, RadioGroup, TextField, type Option } from '../../../ui/fields';
import { useUnits, type Unit, type UnitKind } from '../../../ui/use-units';
import styles from './actions.module.css';

const t = textsOf(zh);
/** Few enough to be seen at once; more are searched. */
const AT_ONCE = 8;

const matches = ({ name, initials, synonyms }: Unit, text: string): boolean =>
  name.includes(text) || initials.startsWith(text.toLowerCase()) || synonyms.some((synonym) => synonym.includes(text));

type Props = Readonly<{
  label: string;
  hint?: string | undefined;
  fault: string | null;
  kinds: readonly UnitKind[];
  within?: string | undefined;
  several: boolean;
  optional: boolean;
  value: readonly string[];
  onChange: (ids: readonly string[]) => void;
}>;

/** Units by name or pinyin initials; those chosen stay in sight. */
export const UnitPicker = ({ label, hint, fault, kinds, within, several, optional, value, onChange }: Props): ReactNode => {
  const [text, setText] = useState('');
  const { data: units = [], isPending } = useUnits(kinds.length === 1 ? kinds[0] : undefined, within);
  const fitting = units.filter(({ kind }) => kinds.includes(kind));
  const chosen = units.filter(({ id }) => value.includes(id));
  const found = text.trim() === '' ? fitting : fitting.filter((unit) => matches(unit, text.trim()));
  const offered = [...chosen, ...found.filter(({ id }) => !value.includes(id)).slice(0, AT_ONCE)];
  const options: readonly Option[] = offered.map(({ id, name, kind }) => ({
    value: id,
    label: t('unitOption', { name, kind: word('unit-kind', kind) }),
  }));
  const frame = { label, fault, options, ...(hint === undefined ? {} : { hint }) };
  return (
    <div className={styles['picker']}>
      {fitting.length > AT_ONCE && (
        <TextField type="search" label={t('findUnit', { label })} hint={t('findUnitHint')} value={text} onChange={setText} />
      )}
      {several ? (
        <CheckGroup {...frame} value={value} onChange={onChange} />
      ) : (
        <RadioGroup {...frame} value={value[0] ?? ''} onChange={(id) => onChange(id === '' ? [] : [id])} />
      )}
      {optional && value.length > 0 && (
        <Button look="plain" onClick={() => onChange([])}>
          {t('clearChoice')}
        </Button>
      )}
      {!isPending && found.length === 0 && <p>{t('noUnit')}</p>}
      {found.length > AT_ONCE && <p className={styles['soft']}>{t('moreUnits', { n: found.length - AT_ONCE })}</p>}
    </div>
  );
};
