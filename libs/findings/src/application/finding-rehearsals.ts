import { Clock, localDateOf, type Actor, type FindingId, type LocalDate } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { findingDecider } from '../domain/finding.decider';
import type { FindingEvent } from '../domain/finding.events';
import type { FindingState } from '../domain/finding.state';
import { offersTo, type Offer } from '../domain/offers/offers';
import { FindingReader } from './finding-reader';
import type { FindingIntent } from './handle-finding';
import { WorldSource } from './world-source';

type Rehearsing = Readonly<{ by: Actor; on?: LocalDate | undefined }>;
export type Rehearsal = Readonly<{ events: readonly FindingEvent[]; revision: bigint }>;

/** Decides without storing: what somebody may do now, and what a command would bring about. */
@Injectable()
export class FindingRehearsals {
  constructor(
    private readonly reader: FindingReader,
    private readonly worlds: WorldSource,
    private readonly clock: Clock,
  ) {}

  /** Null when there is no such finding. */
  async offers(findingId: FindingId, by: Actor): Promise<Readonly<{ offers: readonly Offer[]; revision: bigint }> | null> {
    const [{ state, revision }, world] = await Promise.all([this.reader.load(findingId), this.worlds.now()]);
    return state.phase === 'absent' ? null : { offers: offersTo(by, state, { at: this.clock.now(), world }), revision };
  }

  /** What these intents, one after the other, would add to the stream. Errors: those of the commands themselves. */
  async of(findingId: FindingId, intents: readonly FindingIntent[], { by, on }: Rehearsing): Promise<Rehearsal> {
    const { state, revision } = await this.reader.load(findingId);
    return { events: await this.on(state, intents, { by, on }), revision };
  }

  /** The same on a state in hand. */
  async on(state: FindingState, intents: readonly FindingIntent[], { by, on }: Rehearsing): Promise<readonly FindingEvent[]> {
    const [at, world] = [this.clock.now(), await this.worlds.now()];
    const act = { by, at, on: on ?? localDateOf(at), world };
    const { events } = intents.reduce(
      (so, intent) => {
        const added = findingDecider.decide({ ...intent, ...act }, so.state);
        return { state: added.reduce(findingDecider.evolve, so.state), events: [...so.events, ...added] };
      },
      { state, events: [] as readonly FindingEvent[] },
    );
    return events;
  }
}
