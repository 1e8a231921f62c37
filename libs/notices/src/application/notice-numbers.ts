import type { CommandId, LocalDate } from '@app/kernel';
import type { NoticeId, NoticeKind } from '../domain/notice.types';

/** Gives notices their numbers, `限改〔2020〕0001号`: a series per kind and year, unique, never given twice. The token is the class. */
export abstract class NoticeNumbers {
  /** The same command gets the same number again. */
  abstract take(kind: NoticeKind, on: LocalDate, commandId: CommandId, noticeId: NoticeId): Promise<string>;
  abstract settle(kind: NoticeKind, on: LocalDate, commandId: CommandId, outcome: 'used' | 'void', because?: string | null): Promise<void>;
}
