import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { findingsReadingList } from '../../api/generated/sdk.gen';
import { SelectField, TextField } from '../../ui/fields';
import { t } from './words';

const MOST = 20;
const LEAST_LETTERS = 2;

/** One finding of those the reader may see, by its number or its words. */
export const FindingField = ({
  value,
  onChange,
  fault,
}: Readonly<{ value: string; onChange: (findingId: string) => void; fault: string | null }>): ReactNode => {
  const [text, setText] = useState('');
  const wanted = text.trim();
  const { data } = useQuery({
    queryKey: ['findings', 'supervision', wanted],
    queryFn: () => read(findingsReadingList({ query: { text: wanted, limit: MOST } })),
    enabled: wanted.length >= LEAST_LETTERS,
  });
  const findings = data?.findings ?? [];
  return (
    <>
      <TextField
        label={t('findingSearch')}
        hint={t('findingSearchHint')}
        value={text}
        onChange={(next) => {
          setText(next);
          onChange('');
        }}
      />
      <SelectField
        label={t('findingChosen')}
        options={findings.map(({ findingId, number, text: said }) => ({
          value: findingId,
          label: t('findingLine', { number, text: said }),
        }))}
        value={value}
        onChange={onChange}
        fault={fault}
      />
    </>
  );
};
