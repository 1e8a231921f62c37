import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { adminAccountsCreate, adminAccountsReset, adminAccountsUnlock, adminAccountsWithdraw } from '../../api/generated/sdk.gen';
import { TextField } from '../../ui/fields';
import { dateTimeWords } from '../../ui/time';
import { ActDialog } from './act-dialog';
import type { Account } from './accounts';
import { usePeople } from './data';
import { PickField } from './fields';
import { SecretDialog } from './secret-dialog';
import { missing, t } from './texts';

type About = Readonly<{ account: Account; onClose: () => void }>;
const stay = (): void => undefined;

const OneTimePassword = ({ login, password, onClose }: Readonly<{ login: string; password: string; onClose: () => void }>): ReactNode => (
  <SecretDialog
    title={t('oneTimePassword')}
    facts={[[t('login'), login]]}
    label={t('oneTimePassword')}
    secret={password}
    hint={t('oneTimeHint')}
    onClose={onClose}
  />
);

/** 开户: the one-time password is shown once. */
export const CreateAccountDialog = ({ onClose }: Readonly<{ onClose: () => void }>): ReactNode => {
  const { picks } = usePeople();
  const [login, setLogin] = useState('');
  const [personId, setPersonId] = useState('');
  const [password, setPassword] = useState<string | null>(null);
  const faults = [missing(login, t('login')), missing(personId, t('person'))] as const;
  const body = { login: login.trim(), personId };
  if (password !== null) return <OneTimePassword login={body.login} password={password} onClose={onClose} />;
  return (
    <ActDialog
      title={t('accountCreate')}
      submit={t('accountCreate')}
      faults={faults}
      body={body}
      send={async () => setPassword((await write((headers) => adminAccountsCreate({ body, headers }))).password)}
      done={t('accountCreated', { login: body.login })}
      onClose={onClose}
      onDone={stay}
    >
      {(isTried) => (
        <>
          <PickField label={t('person')} value={personId} onChange={setPersonId} options={picks} fault={isTried ? faults[1] : null} />
          <TextField
            label={t('login')}
            hint={t('loginHint')}
            value={login}
            onChange={setLogin}
            maxLength={100}
            autoComplete="off"
            fault={isTried ? faults[0] : null}
          />
        </>
      )}
    </ActDialog>
  );
};

export const ResetDialog = ({ account, onClose }: About): ReactNode => {
  const [password, setPassword] = useState<string | null>(null);
  if (password !== null) return <OneTimePassword login={account.login} password={password} onClose={onClose} />;
  return (
    <ActDialog
      title={t('resetOf', { login: account.login })}
      submit={t('reset')}
      danger
      consequence={t('resetConsequence', { login: account.login })}
      body={account.id}
      send={async () => setPassword((await write((headers) => adminAccountsReset({ path: { accountId: account.id }, headers }))).password)}
      onClose={onClose}
      onDone={stay}
    />
  );
};

export const WithdrawAccountDialog = ({ account, onClose }: About): ReactNode => (
  <ActDialog
    title={t('withdrawOf', { login: account.login })}
    submit={t('withdraw')}
    danger
    consequence={t('withdrawConsequence', { login: account.login })}
    body={account.id}
    send={(key) => write((headers) => adminAccountsWithdraw({ path: { accountId: account.id }, headers }), { key })}
    done={t('withdrawn', { login: account.login })}
    onClose={onClose}
  />
);

export const UnlockDialog = ({ account, onClose }: About): ReactNode => (
  <ActDialog
    title={t('unlockOf', { login: account.login })}
    submit={t('unlock')}
    consequence={t('unlockConsequence', { until: account.lockedUntil === null ? '' : dateTimeWords(account.lockedUntil) })}
    body={account.id}
    send={(key) => write((headers) => adminAccountsUnlock({ path: { accountId: account.id }, headers }), { key })}
    done={t('unlocked', { login: account.login })}
    onClose={onClose}
  />
);
