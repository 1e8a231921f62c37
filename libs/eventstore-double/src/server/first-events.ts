import { randomUUID } from 'node:crypto';
import type { LogStorage, NewRecord } from '../storage/log-storage';

const TICKS_PER_MS = 10_000n;

const USERS = [
  { loginName: 'admin', fullName: 'Administrator', groups: ['$admins'] },
  { loginName: 'ops', fullName: 'Operations', groups: ['$ops'] },
] as const;

/**
 * What a server writes for itself before anybody else does: the users it is born with.
 * Clients count on it that the log of a new server is not empty. Passwords are not among it.
 */
export const writeFirstEvents = async (storage: LogStorage, nowMs: number): Promise<void> => {
  if ((await storage.head()) > 0n) return;
  const record = (type: string, contentType: NewRecord['contentType'], text: string): NewRecord => ({
    id: randomUUID(),
    type,
    contentType,
    data: Buffer.from(text, 'utf8'),
    metadata: new Uint8Array(),
    created: BigInt(Math.trunc(nowMs)) * TICKS_PER_MS,
  });
  for (const user of USERS) {
    await storage.append(`$user-${user.loginName}`, 0n, [
      record('$UserCreated', 'application/json', JSON.stringify({ ...user, disabled: false })),
    ]);
  }
  await storage.append(
    '$users',
    0n,
    USERS.map((user) => record('$User', 'application/octet-stream', user.loginName)),
  );
};
