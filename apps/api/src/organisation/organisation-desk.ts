import type { Ack } from '@app/event-store';
import { addDays, Clock, localDateOf, stampOf, type Act, type LocalDate } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import type { Writing } from '../platform/writing';

/** The answer to every write: the thing, where its stream stands, and the position a read can wait for. */
export type Written = Readonly<{ id: string; revision: string; position: string; changed: boolean }>;

/** What all writes about the organisation have in common. */
@Injectable()
export class OrganisationDesk {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  today(): LocalDate {
    return localDateOf(this.clock.now());
  }

  /** Last day of something that ends at once. */
  yesterday(): LocalDate {
    return addDays(this.today(), -1);
  }

  act(writing: Pick<Writing, 'by'>, on: LocalDate | undefined): Act {
    return { at: this.clock.now(), on: on ?? this.today(), by: stampOf(writing.by) };
  }

  async send(id: string, command: Command<Ack>, writing: Writing): Promise<Written> {
    const ack = await this.bus.execute(command);
    writing.tag(ack.revision);
    return { id, revision: String(ack.revision), position: String(ack.position), changed: ack.changed };
  }
}
