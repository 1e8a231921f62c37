import type { RecordedEvent } from '@app/event-store';
import { idFrom, type CommandId, type FindingId, type UnitId } from '@app/kernel';
import type { PlaceholderEvent } from '@app/placeholders';
import type { FindingEvent } from '../domain/finding.events';
import type { UnitTold } from '../read-models/finding-list/unit.rows';
import { ACTORS, at, happened } from './finding-builders';

/** A log as a store would give it: positions in order over all streams, revisions in order within each. */
export class RecordedLog {
  readonly events: RecordedEvent[] = [];
  private readonly revisions = new Map<string, bigint>();

  finding(id: string, ...events: readonly FindingEvent[]): this {
    for (const event of events) this.add(`finding-${id}`, event);
    return this;
  }

  placeholder(id: string, ...events: readonly PlaceholderEvent[]): this {
    for (const event of events) this.add(`placeholder-${id}`, event);
    return this;
  }

  unit(...told: readonly UnitTold[]): this {
    const { at: when, on, by } = happened('CommentAdded', { text: '', legId: null }, ACTORS.office, at('2020-07-01')).data;
    for (const event of told)
      this.add(`unit-${event.data.unitId}`, { type: event.type, data: { ...event.data, at: when, on, by } } as never);
    return this;
  }

  established(id: UnitId, name: string, path: string, kind = 'town'): this {
    return this.unit({ type: 'UnitEstablished', data: { unitId: id, name, kind, path } });
  }

  private add(stream: string, { type, data }: FindingEvent | PlaceholderEvent): void {
    const revision = (this.revisions.get(stream) ?? -1n) + 1n;
    this.revisions.set(stream, revision);
    const position = BigInt(this.events.length + 1) * 10n;
    this.events.push({
      id: idFrom(stream, revision.toString()),
      type,
      version: 1,
      // As it comes back from the store.
      data: JSON.parse(JSON.stringify(data)) as unknown,
      metadata: {
        recordedAt: data.at,
        businessDate: data.on,
        actor: data.by.personId,
        actingUnit: data.by.unitId,
        actingPost: data.by.postId,
        commandId: idFrom('command', stream, revision.toString()) as CommandId,
        causationId: null,
      },
      stream,
      revision,
      position,
    });
  }
}

export const uuid = (n: number): FindingId => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as FindingId;
