import type { Actor, Instant, LocalDate, UnitId } from '@app/kernel';
import type { PlaceholderId, PlaceholderSource, WithdrawalGround } from './placeholder.types';

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D>; by: Actor; at: Instant; on: LocalDate }>;

/** The number was taken before; a refusal leaves a gap there, which the register of numbers explains. */
export type RegisterPlaceholder = Cmd<
  'RegisterPlaceholder',
  { placeholderId: PlaceholderId; number: string; unitId: UnitId; source: PlaceholderSource }
>;
export type SettlePlaceholder = Cmd<'SettlePlaceholder', { documentNumber: string }>;
export type WithdrawPlaceholder = Cmd<'WithdrawPlaceholder', { ground: WithdrawalGround; documentNumber: string | null }>;

export type PlaceholderCommand = RegisterPlaceholder | SettlePlaceholder | WithdrawPlaceholder;
