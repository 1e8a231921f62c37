import { stampOf, SYSTEM, type Act, type Instant, type LocalDate, type PersonId, type PostId, type UnitId } from '@app/kernel';

/** What the specs of this context share. */
export const day = (text: string): LocalDate => text as LocalDate;
export const unitId = (text: string): UnitId => text as UnitId;
export const personId = (text: string): PersonId => text as PersonId;
export const postId = (text: string): PostId => text as PostId;
export const act: Act = { at: '2020-07-06T01:30:00.000Z' as Instant, on: day('2020-07-06'), by: stampOf(SYSTEM) };
