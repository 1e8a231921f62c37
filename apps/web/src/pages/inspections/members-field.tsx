import { useState, type ReactNode } from 'react';
import { Checkbox, CheckGroup } from '../../ui/fields';
import { useHolders, useUnits } from './people-and-places';
import { t } from './words';

/** People of the team; on demand, those of other teams and of the office. */
export const MembersField = ({
  teamId,
  value,
  onChange,
  fault,
}: Readonly<{
  teamId: string;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
  fault: string | null;
}>): ReactNode => {
  const { outgoing } = useUnits();
  const own = useHolders(teamId === '' ? [] : [teamId]);
  const strangers = value.some((id) => !own.some((one) => one.value === id));
  const [asked, setAsked] = useState(false);
  const withOthers = asked || (strangers && own.length > 0);
  const others = useHolders(withOthers ? outgoing.filter((id) => id !== teamId) : []);
  const options = [...own, ...others.filter((other) => !own.some((one) => one.value === other.value))];
  return (
    <>
      <CheckGroup
        label={t('members')}
        hint={teamId === '' ? t('teamFirst') : t('membersHint')}
        options={options}
        value={value}
        onChange={onChange}
        fault={fault}
      />
      {teamId !== '' && !strangers && (
        <p>
          <Checkbox label={t('othersToo')} value={asked} onChange={setAsked} />
        </p>
      )}
    </>
  );
};
