import type { RecordedEvent } from '@app/event-store';
import { DomainError } from '@app/kernel';
import type { Policy } from '@app/read-store';

/** Policies over what was told, in the order and rounds in which `Readers.drain` lets them work. */
export class DirectPolicies {
  private readonly waiting: ReadonlyMap<Policy, RecordedEvent[]>;
  private readonly byType = new Map<string, RecordedEvent[][]>();

  constructor(policies: readonly Policy[]) {
    this.waiting = new Map(policies.map((policy) => [policy, []]));
    for (const [policy, queue] of this.waiting)
      for (const type of policy.handles) this.byType.set(type, [...(this.byType.get(type) ?? []), queue]);
  }

  hear(event: RecordedEvent): void {
    for (const queue of this.byType.get(event.type) ?? []) queue.push(event);
  }

  /** Until nothing more follows from what was told. */
  async drain(): Promise<void> {
    while ([...this.waiting.values()].some((queue) => queue.length > 0)) {
      const round = [...this.waiting].map(([policy, queue]) => ({ policy, events: queue.length }));
      for (const { policy, events } of round) {
        for (const event of this.waiting.get(policy)?.splice(0, events) ?? []) await this.react(policy, event);
      }
    }
  }

  private async react(policy: Policy, event: RecordedEvent): Promise<void> {
    try {
      await policy.react(event);
    } catch (error) {
      // A refusal by the rules is an answer, as for the runner of the policies.
      if (!(error instanceof DomainError)) throw error;
    }
  }
}
