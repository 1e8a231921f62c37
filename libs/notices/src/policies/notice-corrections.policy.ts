import type { RecordedEvent } from '@app/event-store';
import { idFrom, SYSTEM, type CommandId } from '@app/kernel';
import type { Policy } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { HandleNotice } from '../application/handle-notice';
import type { NoticeEvent, NoticeIssued } from '../domain/notice.events';

/** A notice that was corrected says by which one. */
@Injectable()
export class NoticeCorrectionsPolicy implements Policy {
  readonly name = 'notice-corrections';
  readonly handles: readonly string[] = ['NoticeIssued'] satisfies readonly NoticeEvent['type'][];

  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  async react(stored: RecordedEvent): Promise<void> {
    const { corrects, noticeId, kind, number, issuedOn } = stored.data as NoticeIssued['data'];
    if (corrects === null) return;
    const intent = { type: 'ReferToCorrection', data: { correction: { noticeId, kind, number, issuedOn } } } as const;
    const options = { commandId: idFrom(stored.id, this.name) as CommandId, by: SYSTEM, causationId: stored.id };
    await this.bus.execute(new HandleNotice(corrects.noticeId, intent, options));
  }
}
