import type { Ack } from '@app/event-store';
import type { Actor, CommandId, EvidenceId, Instant } from '@app/kernel';
import { Command } from '@nestjs/cqrs';
import type { NoticeIssued } from '../domain/notice.events';
import type { DeliveryWay, NoticeId, NoticeReference } from '../domain/notice.types';
import type { NoticeRequest } from './notice-drafts';

/** What somebody wants done with a notice; the number is taken by the handler, the rest looked up. */
export type NoticeIntent =
  | Readonly<{ type: 'IssueNotice'; data: NoticeRequest; rung?: NonNullable<NoticeIssued['data']['rung']> }>
  /** `deliveredAt` null: now. */
  | Readonly<{ type: 'DeliverNotice'; data: Readonly<{ way: DeliveryWay; deliveredAt: Instant | null; to: string }> }>
  | Readonly<{ type: 'SignForNotice' }>
  | Readonly<{ type: 'RefuseNotice'; data: Readonly<{ reason: string; witnesses: readonly string[] }> }>
  | Readonly<{ type: 'ReplyToNotice'; data: Readonly<{ text: string; evidence: readonly EvidenceId[] }> }>
  | Readonly<{ type: 'ReferToCorrection'; data: Readonly<{ correction: NoticeReference }> }>;

export type HandleNoticeOptions = Readonly<{
  commandId: CommandId;
  by: Actor;
  expected?: bigint | undefined;
  /** Id of the event that caused the command, when a policy sends it. */
  causationId?: string | undefined;
}>;

/** `number` is that of an issued notice. */
export type NoticeAck = Ack & Readonly<{ noticeId: NoticeId; number: string | null }>;

/** Envelope of every command to a notice. Errors: DomainError with a code of `NOTICE_ERRORS`, and those of CommandRunner. */
export class HandleNotice extends Command<NoticeAck> {
  constructor(
    readonly noticeId: NoticeId,
    readonly intent: NoticeIntent,
    readonly options: HandleNoticeOptions,
  ) {
    super();
  }
}
