import type { FindingIntent, FindingNumbers } from '@app/findings';
import { HandleFinding } from '@app/findings';
import { DomainError, idFrom, type Actor, type CommandId, type FindingId, type ListId, type LocalDate, type PersonId } from '@app/kernel';
import { HandleList, type ListIntent } from '@app/lists';
import type { DirectoryView } from '@app/organisation';
import type { Sealer } from '@app/privacy';
import type { WorkCalendar } from '@app/worktime';
import type { SeedClock } from './scenario-clock';

/** Whom a story is told to: takes every step as a command, at the time of its own clock. */
export abstract class Teller {
  /** Steps that the rules did not allow: a mistake in the story, which goes on without them. */
  readonly refusals: string[] = [];
  private readonly sent = new Map<string, number>();

  abstract readonly clock: SeedClock;
  abstract get calendar(): WorkCalendar;
  abstract get sealer(): Sealer;
  abstract get numbers(): FindingNumbers;
  abstract get directory(): DirectoryView;
  protected abstract execute(command: HandleFinding | HandleList): Promise<unknown>;

  /** The person as of now, with the roles of their own post or, in place of somebody, of that one's. */
  actor(person: PersonId, inPlaceOf?: PersonId): Actor {
    return this.directory.actorFor(person, undefined, this.clock.now(), inPlaceOf === undefined ? {} : { inPlaceOf });
  }
  /** `on`: the day claimed, where it is not today (R15). */
  async finding(id: FindingId, intent: FindingIntent, by: Actor, on?: LocalDate): Promise<void> {
    try {
      await this.execute(new HandleFinding(id, intent, { commandId: this.next(`finding-${id}`), by, on }));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.refusals.push(`${this.clock.now()} ${intent.type} ${error.code} ${id}`);
    }
  }
  list(id: ListId, intent: ListIntent, by: Actor): Promise<unknown> {
    return this.execute(new HandleList(id, intent, { commandId: this.next(`list-${id}`), by }));
  }

  /** The same place in the same stream has the same id, so that a seed that was broken off goes on where it stopped. */
  protected next(stream: string): CommandId {
    const n = this.sent.get(stream) ?? 0;
    this.sent.set(stream, n + 1);
    return idFrom('seed', stream, n) as CommandId;
  }
  /** Nothing more will be said about this stream. */
  protected forget(stream: string): void {
    this.sent.delete(stream);
  }
}
