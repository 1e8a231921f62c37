import type { Actor, Instant, LocalDate } from '@app/kernel';
import type { CarriedRow, CarryOverId } from './carry-over.types';

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D>; by: Actor; at: Instant; on: LocalDate }>;

export type CarryOver = Cmd<'CarryOver', { carryOverId: CarryOverId } & CarriedRow>;
export type WithdrawCarryOver = Cmd<'WithdrawCarryOver', { reason: string }>;
export type CarryOverCommand = CarryOver | WithdrawCarryOver;
