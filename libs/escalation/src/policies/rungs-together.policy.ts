import type { RecordedEvent } from '@app/event-store';
import { Clock, DomainError, idFrom, type Actor, type CommandId, type Stamp } from '@app/kernel';
import { Directory } from '@app/organisation';
import type { Policy } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { HandleRungsTogether, togetherIdOf } from '../application/handle-rungs-together';
import type { RungsChosen } from '../domain/escalation.events';

/**
 * Whoever chose the rungs has issued them by the same request as a rule. Where that broke down between two of them this goes on, as the
 * same person with the rights of the moment; what has been done is done no second time.
 */
@Injectable()
export class RungsTogetherPolicy implements Policy {
  readonly name = 'rungs-together';
  readonly handles: readonly string[] = ['RungsChosen'] satisfies readonly RungsChosen['type'][];

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async react(stored: RecordedEvent): Promise<void> {
    const { by: stamp, on } = stored.data as RungsChosen['data'];
    const options = { commandId: idFrom(stored.id, this.name) as CommandId, by: await this.actorOf(stamp), on, causationId: stored.id };
    await this.bus.execute(new HandleRungsTogether(togetherIdOf(stored.stream), null, options));
  }

  /** Who has lost the post since issues nothing more; what they had issued still goes out. */
  private async actorOf(stamp: Stamp): Promise<Actor> {
    const { personId, postId, inPlaceOf } = stamp;
    const view = await this.directory.view();
    try {
      return view.actorFor(personId, postId ?? undefined, this.clock.now(), inPlaceOf === null ? {} : { inPlaceOf });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { ...stamp, roles: [] };
    }
  }
}
