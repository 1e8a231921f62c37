import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { word } from '../../../i18n/words';
import { read } from '../../../api/calls';
import { findingsReadingList } from '../../../api/generated/sdk.gen';
import { RadioGroup, TextField } from '../../../ui/fields';
import styles from './actions.module.css';

const t = textsOf(zh);

type Props = Readonly<{
  label: string;
  hint?: string | undefined;
  fault: string | null;
  except: string;
  value: string;
  onChange: (id: string) => void;
}>;

/** Another finding, looked for by its number or its words. */
export const FindingPicker = ({ label, hint, fault, except, value, onChange }: Props): ReactNode => {
  const [text, setText] = useState('');
  const wanted = text.trim();
  const { data } = useQuery({
    queryKey: ['findings', 'picker', wanted],
    queryFn: () => read(findingsReadingList({ query: { text: wanted, limit: 8 } })),
    enabled: wanted.length >= 2,
  });
  const options = (data?.findings ?? [])
    .filter(({ findingId }) => findingId !== except)
    .map((found) => ({
      value: found.findingId,
      label: t('findingOption', { number: found.number, stage: word('stage', found.stage), text: found.text }),
    }));
  return (
    <div className={styles['picker']}>
      <TextField type="search" label={t('findFinding')} {...(hint === undefined ? {} : { hint })} value={text} onChange={setText} />
      <RadioGroup label={label} fault={fault} options={options} value={value} onChange={onChange} />
      {wanted.length >= 2 && data !== undefined && options.length === 0 && <p>{t('noFinding')}</p>}
    </div>
  );
};
