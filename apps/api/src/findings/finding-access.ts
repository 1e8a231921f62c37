import { FindingReader, mayKnow, type FindingState } from '@app/findings';
import type { Actor, FindingId, UnitId } from '@app/kernel';
import { Clock, localDateOf } from '@app/kernel';
import { Directory, isWithin } from '@app/organisation';
import { Injectable } from '@nestjs/common';
import { notFound } from '../platform/problem';

/** Whether somebody may know of a finding, judged from its stream: right also before the read model has caught up. */
@Injectable()
export class FindingAccess {
  constructor(
    private readonly reader: FindingReader,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** Unknown and forbidden are both 404. */
  async mustKnow(findingId: FindingId, by: Actor): Promise<void> {
    if (!(await this.knows(findingId, by))) throw notFound();
  }

  /**
   * The same before a command, which looks at the stream itself and refuses whoever lost their part in the finding since: who
   * knew of it when this process last looked is let through to that. `since` as for `Directory.view`.
   */
  async mayTry(findingId: FindingId, by: Actor, since?: number): Promise<void> {
    const recalled = this.reader.recall(findingId);
    if (recalled !== undefined && (await this.knowsAt(recalled, by, since))) return;
    await this.mustKnow(findingId, by);
  }

  async knows(findingId: FindingId, by: Actor): Promise<boolean> {
    const { state } = await this.reader.load(findingId);
    return this.knowsAt(state, by);
  }

  private async knowsAt(state: FindingState, by: Actor, since?: number): Promise<boolean> {
    const view = await this.directory.view(since);
    const towns = view.townsOf(by.inPlaceOf ?? by.personId, localDateOf(this.clock.now()));
    const within = (unit: UnitId, above: UnitId): boolean => {
      const path = view.unit(unit)?.path;
      const over = view.unit(above)?.path;
      return path !== undefined && over !== undefined && isWithin(path, over);
    };
    return mayKnow(state, by, { towns, within, succession: view.succession() });
  }
}
