import { useState, type ReactNode } from 'react';
import { TextField } from '../../ui/fields';

/** Before this nobody counted; while a year is typed the browser says 0002, 0020, 0202. */
const EARLIEST = '2000-01-01';

/** A day that takes effect once it is one. Until it is left, what is typed stands: nothing else writes into the control. */
export const DayField = ({
  label,
  value,
  max,
  onChange,
}: Readonly<{ label: string; value: string; max: string; onChange: (day: string) => void }>): ReactNode => {
  const [typed, setTyped] = useState<string | null>(null);
  const take = (day: string): void => {
    setTyped(day);
    if (day >= EARLIEST && day <= max) onChange(day);
  };
  return (
    <TextField type="date" label={label} min={EARLIEST} max={max} value={typed ?? value} onChange={take} onBlur={() => setTyped(null)} />
  );
};
