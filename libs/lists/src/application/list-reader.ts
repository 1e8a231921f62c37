import { CommandRunner } from '@app/event-store';
import type { ListId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { ListState } from '../domain/list.state';
import { listStream } from './list-stream';

/** A list as its stream has it now: for decisions that must not lag behind. */
@Injectable()
export class ListReader {
  constructor(@Inject(CommandRunner) private readonly runner: CommandRunner) {}

  /** Revision -1n and status `absent` when there is no such list. */
  load(listId: ListId): Promise<Readonly<{ state: ListState; revision: bigint; position: bigint }>> {
    return this.runner.load(listStream(listId));
  }
}
