import { HandleFinding, type FindingIntent } from '@app/findings';
import type { FindingId, LocalDate } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Writing } from '../platform/writing';
import { FindingAccess } from './finding-access';

/** The answer to every write: where the finding stands now, and the position a read can wait for. */
export type WriteAnswer = Readonly<{ findingId: FindingId; revision: string; position: string; changed: boolean; number?: string }>;

/** Takes an intent to the bus for somebody who may know the finding. */
@Injectable()
export class FindingDesk {
  constructor(
    private readonly bus: CommandBus,
    private readonly access: FindingAccess,
  ) {}

  /** Unknown and forbidden are both 404, before anything is decided. */
  async send(
    findingId: FindingId,
    intent: FindingIntent,
    writing: Writing,
    options: Readonly<{ on?: LocalDate | undefined; rests?: boolean }> = {},
  ): Promise<WriteAnswer> {
    await this.access.mayTry(findingId, writing.by, writing.since);
    return this.file(findingId, intent, writing, options);
  }

  /** Without the question whether the finding is known: for filing. */
  async file(
    findingId: FindingId,
    intent: FindingIntent,
    writing: Writing,
    { on, rests = false }: Readonly<{ on?: LocalDate | undefined; rests?: boolean }> = {},
  ): Promise<WriteAnswer> {
    const expected = rests ? writing.mustHaveSeen() : writing.seen();
    const ack = await this.bus.execute(
      new HandleFinding(findingId, intent, { commandId: writing.commandId, by: writing.by, on, expected, since: writing.since }),
    );
    writing.tag(ack.revision);
    const filed = ack.events.find((e) => e.type === 'FindingFiled')?.data;
    const number = typeof filed === 'object' && filed !== null && 'number' in filed ? { number: String(filed.number) } : {};
    return { findingId, revision: String(ack.revision), position: String(ack.position), changed: ack.changed, ...number };
  }
}
