import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../../api/calls';
import { unitsPosts } from '../../../api/generated/sdk.gen';
import { CheckGroup } from '../../../ui/fields';

type Props = Readonly<{
  label: string;
  hint?: string | undefined;
  fault: string | null;
  unitId: string;
  value: readonly string[];
  onChange: (ids: readonly string[]) => void;
}>;

/** Whoever holds a post of the unit today. */
export const PeoplePicker = ({ label, hint, fault, unitId, value, onChange }: Props): ReactNode => {
  const { data } = useQuery({ queryKey: ['posts', unitId], queryFn: () => read(unitsPosts({ path: { unitId } })) });
  const people = new Map((data?.posts ?? []).flatMap(({ holders }) => holders.map(({ id, name }) => [id, name] as const)));
  const options = [...people].map(([id, name]) => ({ value: id, label: name }));
  return (
    <CheckGroup label={label} fault={fault} options={options} value={value} onChange={onChange} {...(hint === undefined ? {} : { hint })} />
  );
};
