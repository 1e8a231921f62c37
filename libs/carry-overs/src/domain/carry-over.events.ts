import type { Act, Message } from '@app/kernel';
import type { CarriedRow, CarryOverId } from './carry-over.types';

type Ev<T extends string, D> = Message<T, D & Act>;

/** 历史结转: cleared before this system, on request taken over from a sheet. Beside the figures and in none (R29). */
export type FindingCarriedOver = Ev<'FindingCarriedOver', { carryOverId: CarryOverId } & CarriedRow>;
/** 撤销结转: was taken over by mistake; leaves the count from that day on. */
export type CarryOverWithdrawn = Ev<'CarryOverWithdrawn', { reason: string }>;

export type CarryOverEvent = FindingCarriedOver | CarryOverWithdrawn;
