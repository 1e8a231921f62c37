import type { Ack } from '@app/event-store';
import type { Actor, CommandId, LocalDate } from '@app/kernel';
import { Command } from '@nestjs/cqrs';
import type { BulletinId, BulletinKind, BulletinPeriod, BulletinTexts, CorrectionLine } from '../domain/bulletin.types';

/** What a person decides of an issue; figures and number are nobody's to choose. */
export type BulletinDraft = Readonly<{
  kind: BulletinKind;
  period: BulletinPeriod;
  /** Null or left out: as the figures suggest. */
  title: string | null;
  texts: Partial<BulletinTexts>;
  copies: readonly string[];
  ranked: boolean;
}>;
/** Which numbers are corrected; what they are is read when it is done. */
export type CorrectedNumber = Pick<CorrectionLine, 'scope' | 'id' | 'figure'>;

export type BulletinIntent =
  | Readonly<{ type: 'IssueBulletin'; data: BulletinDraft }>
  | Readonly<{ type: 'CorrectBulletin'; data: Readonly<{ bulletinId: BulletinId; numbers: readonly CorrectedNumber[]; reason: string }> }>;

export type BulletinAck = Ack & Readonly<{ bulletinId: BulletinId }>;
export type HandleBulletinOptions = Readonly<{
  commandId: CommandId;
  by: Actor;
  on?: LocalDate | undefined;
  expected?: bigint | undefined;
}>;

/** Envelope of every command to an issue. */
export class HandleBulletin extends Command<BulletinAck> {
  constructor(
    readonly intent: BulletinIntent,
    readonly options: HandleBulletinOptions,
  ) {
    super();
  }
}
