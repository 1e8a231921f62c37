import { pause } from '@app/event-store';
import { unreachable, type Member } from '../batch-applier';
import { markStopped } from '../checkpoints';
import type { RunnerObserver } from '../runner-observer';
import { rebuildAside, type RebuildOptions } from './rebuild-aside';

const UNREACHABLE_PAUSE_MS = 250;

/** Members whose tables another version of the product made: they are made anew aside, and the old ones are read until then. */
export class Renewals {
  private readonly outdated = new Set<Member>();
  private readonly running = new Set<Member>();

  constructor(
    private readonly options: Omit<RebuildOptions, 'projections' | 'signal'>,
    private readonly observer: RunnerObserver,
  ) {}

  /** Takes down by which version the tables of the member were made. */
  note(member: Member, madeBy: number): void {
    if (madeBy === member.projection.version) this.outdated.delete(member);
    else this.outdated.add(member);
  }

  needs(member: Member): boolean {
    return this.outdated.has(member);
  }

  /** Afterwards the members stand where the new tables do. Errors: those of the rebuild. */
  async make(members: readonly Member[], signal?: AbortSignal): Promise<void> {
    if (members.length === 0) return;
    const position = await rebuildAside({ ...this.options, signal, projections: members.map(({ projection }) => projection) });
    for (const member of members) {
      member.position = position;
      this.outdated.delete(member);
    }
  }

  /** The same while running: outages are waited out, and a member that cannot take an event stands still alone. Answers with those that were made. */
  async makeWhileRunning(members: readonly Member[], signal: AbortSignal): Promise<readonly Member[]> {
    const mine = members.filter((member) => !this.running.has(member));
    for (const member of mine) this.running.add(member);
    try {
      return await this.attempt(mine, signal);
    } finally {
      for (const member of mine) this.running.delete(member);
    }
  }

  private async attempt(members: readonly Member[], signal: AbortSignal): Promise<readonly Member[]> {
    while (!signal.aborted && members.length > 0) {
      try {
        await this.make(members, signal);
        return members;
      } catch (error) {
        if (signal.aborted) return [];
        if (unreachable(error)) {
          this.observer.unavailable(error);
          await pause(UNREACHABLE_PAUSE_MS, signal);
          continue;
        }
        const [only, ...others] = members;
        if (only !== undefined && others.length === 0) await this.stop(only, error);
        return members.length === 1 ? [] : this.oneByOne(members, signal);
      }
    }
    return [];
  }

  private async oneByOne(members: readonly Member[], signal: AbortSignal): Promise<readonly Member[]> {
    const made: Member[] = [];
    for (const member of members) made.push(...(await this.attempt([member], signal)));
    return made;
  }

  private async stop(member: Member, error: unknown): Promise<void> {
    member.state = 'stopped';
    member.error = error;
    member.retryAt = performance.now() + member.retryMs;
    const { name } = member.projection;
    await markStopped(this.options.dataSource, name, member.position, error instanceof Error ? error.name : typeof error).catch(
      () => undefined,
    );
    this.observer.stopped(name, member.position, error);
  }
}
