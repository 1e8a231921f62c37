import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { adminAccountsList } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { Checkbox, TextField } from '../../ui/fields';
import { Card, Empty, Loaded, Tag, Tools } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { AdminPage } from './admin-frame';
import { CreateAccountDialog, ResetDialog, UnlockDialog, WithdrawAccountDialog } from './account-acts';
import { stateOf, type Account } from './accounts';
import { useShown } from './data';
import { DevicesDialog } from './devices-dialog';
import { ownWord, t } from './texts';
import { TokensCard } from './tokens-card';
import styles from './admin.module.css';

type Act = 'reset' | 'withdraw' | 'unlock' | 'devices';
type Open = Readonly<{ act: Act; account: Account }>;

const TONES = { active: 'green', first: 'blue', locked: 'amber', withdrawn: 'grey' } as const;

const AccountTable = ({ accounts, onOpen }: Readonly<{ accounts: readonly Account[]; onOpen: (open: Open) => void }>): ReactNode => {
  const { rows, more } = useShown(accounts);
  const columns: readonly Column<Account>[] = [
    { key: 'login', title: t('login'), cell: ({ login }) => login },
    { key: 'person', title: t('personName'), cell: ({ personName, personId }) => personName ?? personId },
    {
      key: 'state',
      title: t('state'),
      cell: (account) => <Tag tone={TONES[stateOf(account)]}>{ownWord('account', stateOf(account))}</Tag>,
    },
    { key: 'last', title: t('lastLogin'), cell: ({ lastLoginAt }) => (lastLoginAt === null ? t('never') : dateTimeWords(lastLoginAt)) },
    {
      key: 'acts',
      title: t('acts'),
      cell: (account) => {
        const button = (act: Act, label: string, look: 'default' | 'danger' = 'default'): ReactNode => (
          <Button
            key={act}
            look={look}
            onClick={() => onOpen({ act, account })}
            aria-label={t('actOn', { act: label, login: account.login })}
          >
            {label}
          </Button>
        );
        return (
          <div className={styles['buttons']}>
            {account.lockedUntil !== null && button('unlock', t('unlock'))}
            {account.status === 'active' && button('reset', t('reset'))}
            {button('devices', t('devices'))}
            {account.status === 'active' && button('withdraw', t('withdraw'), 'danger')}
          </div>
        );
      },
    },
  ];
  if (accounts.length === 0) return <Empty>{t('nothingFound')}</Empty>;
  return <DeskTable caption={t('area.accounts')} columns={columns} rows={rows} keyOf={({ id }) => id} more={more} />;
};

const ActOf = ({ act, account, onClose }: Open & Readonly<{ onClose: () => void }>): ReactNode => {
  switch (act) {
    case 'reset':
      return <ResetDialog account={account} onClose={onClose} />;
    case 'withdraw':
      return <WithdrawAccountDialog account={account} onClose={onClose} />;
    case 'unlock':
      return <UnlockDialog account={account} onClose={onClose} />;
    case 'devices':
      return <DevicesDialog account={account} onClose={onClose} />;
  }
};

const Accounts = ({ accounts }: Readonly<{ accounts: readonly Account[] }>): ReactNode => {
  const [typed, setTyped] = useState('');
  const [withGone, setWithGone] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  const text = typed.trim();
  const shown = accounts.filter(
    ({ login, personName, status }) => (withGone || status === 'active') && (login.includes(text) || (personName ?? '').includes(text)),
  );
  return (
    <>
      <Tools>
        <TextField type="search" label={t('accountSearch')} value={typed} onChange={setTyped} />
        <Checkbox label={t('withWithdrawn')} value={withGone} onChange={setWithGone} />
      </Tools>
      <AccountTable key={`${typed}-${String(withGone)}`} accounts={shown} onOpen={setOpen} />
      <TokensCard accounts={accounts} />
      {open !== null && <ActOf {...open} onClose={() => setOpen(null)} />}
    </>
  );
};

/** 账号: who may sign in; phones; tokens of machines. */
export default function AccountsPage(): ReactNode {
  const query = useQuery({ queryKey: ['admin', 'accounts'], queryFn: () => read(adminAccountsList()) });
  const [isNew, setNew] = useState(false);
  return (
    <AdminPage
      title={t('area.accounts')}
      tools={
        <Button look="primary" onClick={() => setNew(true)}>
          {t('accountCreate')}
        </Button>
      }
    >
      <Card>{t('accountsHint')}</Card>
      <Loaded query={query}>{({ accounts }) => <Accounts accounts={accounts} />}</Loaded>
      {isNew && <CreateAccountDialog onClose={() => setNew(false)} />}
    </AdminPage>
  );
}
