import type { EventStore, RecordedEvent } from '@app/event-store';
import type { FindingReader } from '@app/findings';
import { instant, SYSTEM } from '@app/kernel';
import { DirectoryView, NO_ROWS } from '@app/organisation';
import { VirtualClock } from '@app/testing';
import type { Announcement, Announcer } from './announcer';
import { NotificationPolicy } from './notification.policy';

const DUE = instant('2020-07-27T09:30:00.000Z');
const state = { phase: 'assigned', core: { number: 'QL-2020-000001', place: { townId: 'dazeshan' }, deadlines: {} }, work: null };
const reminder = {
  id: 'e1',
  type: 'DeadlineApproached',
  stream: 'finding-f1',
  position: 1n,
  data: { key: 'rectify/T', legId: null, unitId: 'dazeshan', dueAt: DUE, before: 1 },
  metadata: { recordedAt: '2020-07-24T09:30:00.000Z', actor: SYSTEM.personId },
} as unknown as RecordedEvent;

const toldAt = async (now: string): Promise<readonly string[]> => {
  const told: Announcement[] = [];
  const policy = new NotificationPolicy(
    { tell: (one: Announcement) => Promise.resolve(void told.push(one)) } as unknown as Announcer,
    { load: () => Promise.resolve({ state }) } as unknown as FindingReader,
    {} as EventStore,
    { view: () => Promise.resolve(new DirectoryView(NO_ROWS)) },
    new VirtualClock(instant(now)),
  );
  await policy.react(reminder);
  return told.flatMap(({ news }) => news.map(({ kind }) => kind));
};

describe('A reminder', () => {
  it('is told before the due time', async () => {
    expect(await toldAt('2020-07-27T09:29:00.000Z')).toStrictEqual(['reminder']);
  });

  it('is told no more once the due time has passed, as after an outage: that it was missed is told then', async () => {
    expect(await toldAt('2020-07-27T09:30:00.000Z')).toStrictEqual([]);
  });
});
