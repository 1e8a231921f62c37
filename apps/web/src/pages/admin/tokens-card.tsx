import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { adminTokensIssue, adminTokensList, adminTokensRevoke } from '../../api/generated/sdk.gen';
import type { AdminTokensListResponse } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { DeskTable } from '../../ui/desk-table';
import { RadioGroup, TextField } from '../../ui/fields';
import { Actions, Card, Loaded, Tag } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { ActDialog } from './act-dialog';
import type { Account } from './accounts';
import { useShown } from './data';
import { PickField } from './fields';
import { SecretDialog } from './secret-dialog';
import { missing, t } from './texts';
import styles from './admin.module.css';

type Token = AdminTokensListResponse['tokens'][number];

const TokenTable = ({
  tokens,
  loginOf,
  onRevoke,
}: AdminTokensListResponse & Readonly<{ loginOf: (accountId: string) => string; onRevoke: (token: Token) => void }>): ReactNode => {
  const { rows, more } = useShown(tokens);
  return (
    <DeskTable
      caption={t('tokens')}
      rows={rows}
      more={more}
      keyOf={({ id }) => id}
      columns={[
        { key: 'name', title: t('tokenName'), cell: ({ name }) => name },
        { key: 'account', title: t('login'), cell: ({ accountId }) => loginOf(accountId) },
        { key: 'scopes', title: t('tokenScope'), cell: ({ scopes }) => t(scopes.includes('write') ? 'scopeWrite' : 'scopeRead') },
        { key: 'expires', title: t('tokenExpires'), cell: ({ expiresAt }) => (expiresAt === null ? t('never') : dateTimeWords(expiresAt)) },
        { key: 'used', title: t('tokenUsed'), cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('never') : dateTimeWords(lastUsedAt)) },
        {
          key: 'acts',
          title: t('acts'),
          cell: (token) =>
            token.revokedAt === null ? (
              <Button look="danger" onClick={() => onRevoke(token)} aria-label={t('tokenRevokeOf', { name: token.name })}>
                {t('tokenRevoke')}
              </Button>
            ) : (
              <Tag>{t('tokenRevokedAt', { at: dateTimeWords(token.revokedAt) })}</Tag>
            ),
        },
      ]}
    />
  );
};

const IssueDialog = ({ accounts, onClose }: Readonly<{ accounts: readonly Account[]; onClose: () => void }>): ReactNode => {
  const { today } = useSession().who;
  const [accountId, setAccountId] = useState('');
  const [name, setName] = useState('');
  const [scope, setScope] = useState<'read' | 'write' | ''>('read');
  const [lastDay, setLastDay] = useState('');
  const [token, setToken] = useState<string | null>(null);
  const faults = [
    missing(accountId, t('account')),
    missing(name, t('tokenName')),
    lastDay !== '' && lastDay < today ? t('fromPast') : null,
  ] as const;
  const body = {
    accountId,
    name: name.trim(),
    scopes: scope === 'write' ? (['read', 'write'] as ('read' | 'write')[]) : (['read'] as ('read' | 'write')[]),
    // The whole of the last day, in the county's time.
    expiresAt: lastDay === '' ? null : `${lastDay}T23:59:59+08:00`,
  };
  if (token !== null) {
    return (
      <SecretDialog
        title={t('tokenIssued')}
        facts={[[t('tokenName'), body.name]]}
        label={t('token')}
        secret={token}
        hint={t('tokenHint')}
        onClose={onClose}
      />
    );
  }
  return (
    <ActDialog
      title={t('tokenIssue')}
      submit={t('tokenIssue')}
      consequence={t('tokenConsequence')}
      faults={faults}
      body={body}
      send={async () => setToken((await write((headers) => adminTokensIssue({ body, headers }))).token)}
      onClose={onClose}
      onDone={() => undefined}
    >
      {(isTried) => (
        <>
          <PickField
            label={t('account')}
            value={accountId}
            onChange={setAccountId}
            options={accounts.flatMap(({ id, login, personName, status }) =>
              status === 'active' ? [{ value: id, label: `${login} · ${personName ?? ''}` }] : [],
            )}
            fault={isTried ? faults[0] : null}
          />
          <TextField
            label={t('tokenName')}
            hint={t('tokenNameHint')}
            value={name}
            onChange={setName}
            maxLength={100}
            fault={isTried ? faults[1] : null}
          />
          <RadioGroup
            label={t('tokenScope')}
            value={scope}
            onChange={setScope}
            options={[
              { value: 'read', label: t('scopeRead') },
              { value: 'write', label: t('scopeWrite') },
            ]}
          />
          <TextField
            type="date"
            label={t('tokenLastDay')}
            optional
            value={lastDay}
            onChange={setLastDay}
            fault={isTried ? faults[2] : null}
          />
        </>
      )}
    </ActDialog>
  );
};

/** Tokens with which other systems call the api in the name of an account. */
export const TokensCard = ({ accounts }: Readonly<{ accounts: readonly Account[] }>): ReactNode => {
  const query = useQuery({ queryKey: ['admin', 'tokens'], queryFn: () => read(adminTokensList()) });
  const [isNew, setNew] = useState(false);
  const [revoked, setRevoked] = useState<Token | null>(null);
  const loginOf = (id: string): string => accounts.find((account) => account.id === id)?.login ?? id;
  return (
    <Card title={t('tokens')}>
      <p className={styles['detail']}>{t('tokensHint')}</p>
      <Loaded query={query} empty={({ tokens }) => tokens.length === 0}>
        {({ tokens }) => <TokenTable tokens={tokens} loginOf={loginOf} onRevoke={setRevoked} />}
      </Loaded>
      <Actions>
        <Button onClick={() => setNew(true)}>{t('tokenIssue')}</Button>
      </Actions>
      {isNew && <IssueDialog accounts={accounts} onClose={() => setNew(false)} />}
      {revoked !== null && (
        <ActDialog
          title={t('tokenRevokeOf', { name: revoked.name })}
          submit={t('tokenRevoke')}
          danger
          consequence={t('tokenRevokeConsequence')}
          body={revoked.id}
          send={(key) => write((headers) => adminTokensRevoke({ path: { tokenId: revoked.id }, headers }), { key })}
          onClose={() => setRevoked(null)}
        />
      )}
    </Card>
  );
};
