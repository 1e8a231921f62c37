import { CommandRunner, type DecidedCommand } from '@app/event-store';
import { Clock, localDateOf, stampOf, SYSTEM } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { findingStream } from '../application/finding-stream';
import { WorldSource } from '../application/world-source';
import { effectOf, effectWhenDue } from '../domain/decisions/knocks';
import type { ReachDeadline } from '../domain/finding.commands';
import { FINDING_EVENT_TYPES } from '../domain/finding.event-types';
import type { FindingEvent } from '../domain/finding.events';
import { DeadlineCommands, knockCommandId } from './deadline-commands';
import type { SeenClock, WaitingClock } from './deadline.queries';
import type { Knock } from './finding-deadlines.policy';

/** How a due time was worked out matters to reminders alone. */
export type KnockAtClock = Readonly<{ clock: SeenClock & Partial<Pick<WaitingClock, 'due'>>; knock: Knock }>;

/**
 * Many knocks at once: the rows say how each clock stood and up to when that is so, the finding's own rules what a knock leads to, and
 * all of it is stored together where no stream went on since. Who did, or whose row does not say enough, is asked by itself.
 */
@Injectable()
export class KnocksInBulk {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(WorldSource) private readonly worlds: WorldSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DeadlineCommands) private readonly commands: DeadlineCommands,
  ) {}

  /** Some hundreds at a time; returns how many had their effect now. Errors: what the store throws. */
  async reachAll(knocks: readonly KnockAtClock[]): Promise<number> {
    const world = await this.worlds.now();
    const at = this.clock.now();
    const given = { type: 'ReachDeadline', by: SYSTEM, at, on: localDateOf(at), world } as const;
    const known: DecidedCommand<FindingEvent>[] = [];
    const alone = new Set<string>();
    let since: bigint | null = null;
    for (const one of knocks) {
      const { clock, knock } = one;
      const stream = findingStream(clock.findingId);
      const { key, dueAt, before } = knock;
      const decided = decidedAt(one, { ...given, data: { key, dueAt, before } });
      if (clock.seen === null || decided.length === 0) alone.add(stream);
      else {
        known.push({ stream, commandId: knockCommandId(clock.findingId, knock), decided });
        if (since === null || clock.seen.position < since) since = clock.seen.position;
      }
    }
    const together = known.filter(({ stream }) => !alone.has(stream));
    if (since !== null && together.length > 0) {
      const envelope = { types: FINDING_EVENT_TYPES, act: { at, on: given.on, by: stampOf(SYSTEM) } };
      for (const stream of await this.runner.storeDecided(since, together, envelope)) alone.add(stream);
    }
    const stored = together.filter(({ stream }) => !alone.has(stream)).length;
    return stored + (await this.oneByOne(knocks.filter(({ clock }) => alone.has(findingStream(clock.findingId)))));
  }

  /** Those of one finding one after the other. */
  private async oneByOne(knocks: readonly KnockAtClock[]): Promise<number> {
    const findings = [...new Set(knocks.map(({ clock }) => clock.findingId))];
    const reached = await Promise.all(
      findings.map(async (findingId) => {
        let changed = 0;
        for (const { clock, knock } of knocks) {
          if (clock.findingId !== findingId) continue;
          if (await this.commands.reach(findingId, knock.key, knock.dueAt, knock.before)) changed += 1;
        }
        return changed;
      }),
    );
    return reached.reduce((sum, changed) => sum + changed, 0);
  }
}

/** Nothing where the row does not say enough, or the knock has no effect as its row stands. */
const decidedAt = ({ clock: { seen, key, kind, due }, knock }: KnockAtClock, command: ReachDeadline): readonly FindingEvent[] => {
  if (seen === null) return [];
  const { legId, unitId, independent } = seen;
  const open = { key, kind, legId, unitId };
  if (knock.before === 0) return effectWhenDue(command, { ...open, dueAt: knock.dueAt }, independent) ?? [];
  return due === undefined ? [] : (effectOf(command, { ...open, due }, independent) ?? []);
};
