import type { Act, Message, UnitId } from '@app/kernel';
import type { PlaceholderId, PlaceholderSource, WithdrawalGround } from './placeholder.types';

type Ev<T extends string, D> = Message<T, D & Act>;

/** 线下办理登记: that there is a finding, for which town or department and from where; nothing of what it says (R39). */
export type PlaceholderRegistered = Ev<
  'PlaceholderRegistered',
  { placeholderId: PlaceholderId; number: string; unitId: UnitId; source: PlaceholderSource }
>;
/** 线下办结: settled outside this system, on `on`, by that document. It stays beside the figures. */
export type PlaceholderSettled = Ev<'PlaceholderSettled', { documentNumber: string }>;
/** 撤销登记: leaves the count from that day on; earlier days stay. */
export type PlaceholderWithdrawn = Ev<'PlaceholderWithdrawn', { ground: WithdrawalGround; documentNumber: string | null }>;

export type PlaceholderEvent = PlaceholderRegistered | PlaceholderSettled | PlaceholderWithdrawn;
