import { randomUUID } from 'node:crypto';
import type { NewRecord } from '../storage/log-storage';

const NO_METADATA = new Uint8Array(0);

const json = (type: string, data: unknown, created: bigint): NewRecord => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from(JSON.stringify(data)),
  metadata: NO_METADATA,
  created,
});

/** What a new server has in its log before anybody used it, as far as clients can tell: its users, without their secrets. */
export const systemEvents = (created: bigint): readonly Readonly<{ stream: string; records: readonly NewRecord[] }>[] => {
  const user = (name: string, fullName: string, group: string): NewRecord =>
    json('$UserCreated', { LoginName: name, FullName: fullName, Groups: [group], Disabled: false }, created);
  const listed = (name: string): NewRecord => ({
    ...json('$User', null, created),
    contentType: 'application/octet-stream',
    data: Buffer.from(name),
  });
  return [
    { stream: '$user-admin', records: [user('admin', 'Event Store Administrator', '$admins')] },
    { stream: '$user-ops', records: [user('ops', 'Event Store Operations', '$ops')] },
    { stream: '$users', records: [listed('admin'), listed('ops')] },
  ];
};
