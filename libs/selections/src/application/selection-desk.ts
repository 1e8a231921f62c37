import { CommandRunner } from '@app/event-store';
import { Clock, idFrom, localDateOf, stampOf, type Actor, type CommandId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { SelectionCommand } from '../domain/selection.commands';
import { selectionDecider, type SelectionProgress } from '../domain/selection.decider';
import { SELECTION_EVENT_TYPES } from '../domain/selection.event-types';
import type { SelectionEvent } from '../domain/selection.events';
import type { SelectionId } from '../domain/selection.types';

type Intent<C> = C extends SelectionCommand ? Readonly<Pick<C, 'type' | 'data'>> : never;
export type SelectionIntent = Intent<SelectionCommand>;
const streamOf = (selectionId: SelectionId): string => `selection-${selectionId}`;

/** The record of a selection: what was confirmed, drawn, judged, cancelled, finished. */
@Injectable()
export class SelectionDesk {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async progress(selectionId: SelectionId): Promise<SelectionProgress> {
    const loaded = await this.runner.load({ stream: streamOf(selectionId), decider: selectionDecider, types: SELECTION_EVENT_TYPES });
    return loaded.state;
  }

  /** `part` tells commands of one selection apart that may be given again. Errors: those of the selection. */
  async give(selectionId: SelectionId, intent: SelectionIntent, by: Actor, part = ''): Promise<readonly SelectionEvent[]> {
    const at = this.clock.now();
    const on = localDateOf(at);
    const ack = await this.runner.run({
      stream: streamOf(selectionId),
      decider: selectionDecider,
      types: SELECTION_EVENT_TYPES,
      // The intent is one member of the union; spreading loses that, the value does not.
      command: { ...intent, by, at, on },
      commandId: idFrom('selection', selectionId, intent.type, part) as CommandId,
      act: { at, on, by: stampOf(by) },
    });
    return ack.events as readonly SelectionEvent[];
  }
}
