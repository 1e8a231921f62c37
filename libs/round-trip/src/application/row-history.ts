import { EventStore } from '@app/event-store';
import { FindingRehearsals, findingStream, TIMELINE_LABELS, type FindingIntent } from '@app/findings';
import { DomainError, type Actor, type Bilingual, type FindingId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { Reason } from '../domain/round-trip.types';
import type { RowStep } from '../domain/row-steps';
import type { Move } from '../domain/staleness';

export type LabelledMove = Move & Readonly<{ label: Bilingual }>;
/** nothing: it stands so already · would: it would happen, on this revision · refused: by which of the steps, and why. */
export type Tried =
  | Readonly<{ outcome: 'nothing' }>
  | Readonly<{ outcome: 'would'; revision: bigint }>
  | Readonly<{ outcome: 'refused'; step: RowStep['type']; reason: Reason }>;

const labels: Readonly<Record<string, Bilingual>> = TIMELINE_LABELS;

/** A finding as its stream has it: what happened since a revision, and what steps would do to it now. */
@Injectable()
export class RowHistory {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(FindingRehearsals) private readonly rehearsals: FindingRehearsals,
  ) {}

  async since(findingId: FindingId, revision: number): Promise<readonly LabelledMove[]> {
    const events = await this.store.readStream(findingStream(findingId), BigInt(revision) + 1n);
    return events.map(({ type, data }) => {
      const { legId, at } = data as Readonly<{ legId?: string | null; at: string }>;
      return { type, legId: legId ?? null, at, label: labels[type] ?? { zh: type, en: type } };
    });
  }

  /** One step after the other, as they would be sent; stores nothing. */
  async try(findingId: FindingId, steps: readonly RowStep[], by: Actor): Promise<Tried> {
    const refusal = await this.refusalOf(findingId, steps, by);
    if (!(refusal instanceof DomainError)) return refusal;
    for (const [i, step] of steps.entries()) {
      const so = i + 1 === steps.length ? refusal : await this.refusalOf(findingId, steps.slice(0, i + 1), by);
      if (so instanceof DomainError) return { outcome: 'refused', step: step.type, reason: { code: so.code, ...so.sentence } };
    }
    return { outcome: 'nothing' };
  }

  private async refusalOf(findingId: FindingId, steps: readonly RowStep[], by: Actor): Promise<Tried | DomainError> {
    try {
      const { events, revision } = await this.rehearsals.of(findingId, steps satisfies readonly FindingIntent[], { by });
      return events.length === 0 ? { outcome: 'nothing' } : { outcome: 'would', revision };
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  }
}
