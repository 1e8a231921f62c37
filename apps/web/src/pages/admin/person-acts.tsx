import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import {
  adminPeopleCorrect,
  adminPeoplePutInCharge,
  adminPeopleReadPhone,
  adminPeopleRegister,
  adminPeopleSecond,
} from '../../api/generated/sdk.gen';
import { useSession } from '../../app/session';
import { RadioGroup, TextField } from '../../ui/fields';
import { Actions, Notice } from '../../ui/states';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ActDialog } from './act-dialog';
import { useUnits, type Person } from './data';
import { periodFault, PeriodFields, PickField } from './fields';
import { c, missing, t } from './texts';
import styles from './admin.module.css';

type About = Readonly<{ person: Person; onClose: () => void }>;

const PHONE = /^\+?[\d -]{5,20}$/;
const phoneFault = (phone: string): string | null => (phone === '' || PHONE.test(phone.trim()) ? null : t('phoneInvalid'));

export const RegisterDialog = ({ onClose }: Readonly<{ onClose: () => void }>): ReactNode => {
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const faults = [missing(name, t('personName')), phoneFault(phone)] as const;
  const body = { name: name.trim(), phone: phone.trim() || null };
  return (
    <ActDialog
      title={t('register')}
      submit={t('register')}
      faults={faults}
      body={body}
      send={(key) => write((headers) => adminPeopleRegister({ body, headers }), { key })}
      done={t('registered', { name })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <TextField
            label={t('personName')}
            value={name}
            onChange={setName}
            maxLength={50}
            autoComplete="off"
            fault={isTried ? faults[0] : null}
          />
          <TextField
            type="tel"
            label={t('phone')}
            hint={t('phoneHint')}
            optional
            value={phone}
            onChange={setPhone}
            autoComplete="off"
            fault={isTried ? faults[1] : null}
          />
        </>
      )}
    </ActDialog>
  );
};

type PhoneChange = 'keep' | 'replace' | 'remove';

/** 更正: without a new number the old one stays as it is. */
export const CorrectDialog = ({ person, onClose }: About): ReactNode => {
  const [name, setName] = useState(person.name);
  const [change, setChange] = useState<PhoneChange | ''>('keep');
  const [phone, setPhone] = useState('');
  const faults = [
    missing(name, t('personName')),
    change === 'replace' ? (missing(phone, t('phoneNew')) ?? phoneFault(phone)) : null,
  ] as const;
  const body = { name: name.trim(), ...(change === 'replace' ? { phone: phone.trim() } : change === 'remove' ? { phone: null } : {}) };
  return (
    <ActDialog
      title={t('correctOf', { name: person.name })}
      submit={t('correct')}
      faults={faults}
      body={body}
      send={(key) => write((headers) => adminPeopleCorrect({ path: { personId: person.id }, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <TextField
            label={t('personName')}
            value={name}
            onChange={setName}
            maxLength={50}
            autoComplete="off"
            fault={isTried ? faults[0] : null}
          />
          <RadioGroup
            label={t('phone')}
            hint={person.phoneMasked ?? t('noPhone')}
            value={change}
            onChange={setChange}
            options={[
              { value: 'keep', label: t('phoneKeep') },
              { value: 'replace', label: t('phoneReplace') },
              { value: 'remove', label: t('phoneRemove') },
            ]}
          />
          {change === 'replace' && (
            <TextField
              type="tel"
              label={t('phoneNew')}
              value={phone}
              onChange={setPhone}
              autoComplete="off"
              fault={isTried ? faults[1] : null}
            />
          )}
        </>
      )}
    </ActDialog>
  );
};

/** 借调. */
export const SecondDialog = ({ person, onClose }: About): ReactNode => {
  const { picks } = useUnits();
  const { today } = useSession().who;
  const [fromUnit, setFromUnit] = useState('');
  const [toUnit, setToUnit] = useState('');
  const [days, setDays] = useState({ from: today, to: '' });
  const faults = [missing(fromUnit, t('fromUnit')), missing(toUnit, t('toUnit')), periodFault(days)] as const;
  const body = { fromUnit, toUnit, from: days.from, to: days.to || null };
  const units = picks(({ kind }) => kind !== 'village');
  return (
    <ActDialog
      title={t('secondOf', { name: person.name })}
      submit={t('second')}
      consequence={t('secondConsequence')}
      faults={faults}
      body={body}
      send={(key) => write((headers) => adminPeopleSecond({ path: { personId: person.id }, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <PickField label={t('fromUnit')} value={fromUnit} onChange={setFromUnit} options={units} fault={isTried ? faults[0] : null} />
          <PickField label={t('toUnit')} value={toUnit} onChange={setToUnit} options={units} fault={isTried ? faults[1] : null} />
          <PeriodFields value={days} onChange={setDays} isTried={isTried} />
        </>
      )}
    </ActDialog>
  );
};

/** 包镇. */
export const ChargeDialog = ({ person, onClose }: About): ReactNode => {
  const { picks } = useUnits();
  const { today } = useSession().who;
  const [unitId, setUnitId] = useState('');
  const [days, setDays] = useState({ from: today, to: '' });
  const faults = [missing(unitId, t('town')), periodFault(days)] as const;
  const body = { unitId, from: days.from, to: days.to || null };
  return (
    <ActDialog
      title={t('chargeOf', { name: person.name })}
      submit={t('charge')}
      consequence={t('chargeConsequence')}
      faults={faults}
      body={body}
      send={(key) => write((headers) => adminPeoplePutInCharge({ path: { personId: person.id }, body, headers }), { key })}
      onClose={onClose}
    >
      {(isTried) => (
        <>
          <PickField
            label={t('town')}
            value={unitId}
            onChange={setUnitId}
            options={picks(({ kind }) => kind === 'town')}
            fault={isTried ? faults[0] : null}
          />
          <PeriodFields value={days} onChange={setDays} isTried={isTried} />
        </>
      )}
    </ActDialog>
  );
};

/** The number in full: asked for with a purpose, and the reading is recorded. Nothing of it outlives the dialog. */
export const PhoneDialog = ({ person, onClose }: About): ReactNode => {
  const [purpose, setPurpose] = useState('');
  const [phone, setPhone] = useState<string | null | undefined>();
  const fault = missing(purpose, t('purpose'));
  const body = { purpose: purpose.trim() };
  if (phone !== undefined) {
    return (
      <Dialog title={t('phoneOf', { name: person.name })} onClose={onClose}>
        <output className={styles['secret']}>{phone ?? t('noPhone')}</output>
        <Notice>{t('phoneRecorded')}</Notice>
        <Actions>
          <Button onClick={onClose}>{c('close')}</Button>
        </Actions>
      </Dialog>
    );
  }
  return (
    <ActDialog
      title={t('phoneOf', { name: person.name })}
      submit={t('phoneRead')}
      consequence={t('phoneConsequence')}
      faults={[fault]}
      body={body}
      send={async () => {
        const answer = await write((headers) => adminPeopleReadPhone({ path: { personId: person.id }, body, headers }));
        setPhone(answer.phone);
      }}
      done={t('phoneRecorded')}
      onClose={onClose}
      onDone={() => undefined}
    >
      {(isTried) => (
        <TextField
          label={t('purpose')}
          hint={t('purposeHint')}
          value={purpose}
          onChange={setPurpose}
          maxLength={200}
          fault={isTried ? fault : null}
        />
      )}
    </ActDialog>
  );
};
