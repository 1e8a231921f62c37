import type { Actor, Instant, LocalDate } from '@app/kernel';
import type { BulletinContent, BulletinId, CorrectionLine } from './bulletin.types';

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D>; by: Actor; at: Instant; on: LocalDate }>;

/** The newest issue of the same kind. */
export type LastIssue = Readonly<{ bulletinId: BulletinId; year: number; number: number; total: number; to: LocalDate }>;

/** The content was put together beforehand, from figures read at one position. */
export type IssueBulletin = Cmd<
  'IssueBulletin',
  {
    content: BulletinContent;
    contentHash: string;
    last: LastIssue | null;
    /** The last day to which nothing is recorded any more. */
    lastClosedDay: LocalDate;
  }
>;
export type CorrectBulletin = Cmd<'CorrectBulletin', { lines: readonly CorrectionLine[]; reason: string; position: string }>;

export type BulletinCommand = IssueBulletin | CorrectBulletin;
