import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { adminDevicesList, adminDevicesWithdraw } from '../../api/generated/sdk.gen';
import type { DeviceList } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Empty, Loaded, Tag } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { ActDialog } from './act-dialog';
import type { Account } from './accounts';
import { t } from './texts';
import styles from './admin.module.css';

type Device = DeviceList['devices'][number];
const nameOf = ({ label }: Device): string => label || t('deviceUnnamed');

const Devices = ({ devices, onWithdraw }: DeviceList & Readonly<{ onWithdraw: (device: Device) => void }>): ReactNode => {
  if (devices.length === 0) return <Empty>{t('noDevices')}</Empty>;
  return (
    <ul className={styles['lines']}>
      {devices.map((device) => (
        <li key={device.deviceId}>
          <span>
            <strong>{nameOf(device)}</strong>{' '}
            {device.withdrawnAt === null ? (
              <Tag tone="green">{t('deviceActive')}</Tag>
            ) : (
              <Tag>{t('deviceWithdrawnAt', { at: dateTimeWords(device.withdrawnAt) })}</Tag>
            )}
            <br />
            <span className={styles['detail']}>
              {t('deviceSeen', { registered: dateTimeWords(device.registeredAt), seen: dateTimeWords(device.lastSeenAt) })}
            </span>
          </span>
          {device.state === 'active' && (
            <Button look="danger" onClick={() => onWithdraw(device)} aria-label={t('deviceWithdrawOf', { name: nameOf(device) })}>
              {t('deviceWithdraw')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
};

/** Phones of an account: a lost one is withdrawn, and wipes itself at the next contact. */
export const DevicesDialog = ({ account, onClose }: Readonly<{ account: Account; onClose: () => void }>): ReactNode => {
  const [lost, setLost] = useState<Device | null>(null);
  const query = useQuery({
    queryKey: ['admin', 'accounts', account.id, 'devices'],
    queryFn: () => read(adminDevicesList({ path: { accountId: account.id } })),
  });
  if (lost !== null) {
    return (
      <ActDialog
        title={t('deviceWithdrawOf', { name: nameOf(lost) })}
        submit={t('deviceWithdraw')}
        danger
        consequence={t('deviceConsequence')}
        body={lost.deviceId}
        send={(key) => write((headers) => adminDevicesWithdraw({ path: { deviceId: lost.deviceId }, headers }), { key })}
        onClose={() => setLost(null)}
      />
    );
  }
  return (
    <Dialog title={t('devicesOf', { login: account.login })} onClose={onClose}>
      <Loaded query={query}>{(data) => <Devices {...data} onWithdraw={setLost} />}</Loaded>
    </Dialog>
  );
};
