import {
  CommandRunner,
  createCodec,
  eventsOf,
  type Ack,
  type EventCodec,
  type EventStore,
  type EventTypes,
  type RecordedEvent,
  type RunRequest,
} from '@app/event-store';
import { sinceAfter, type ClockFold, type FindingCorrected, type FindingFiled, type FindingState } from '@app/findings';
import type { Decider, Message } from '@app/kernel';

/** A stream that is being told: of a finding the state and what reactions need, of a list its events, which hold what its rows say. */
export type Told = { state: unknown; revision: bigint; position: bigint; finding: ToldFinding | null; readonly events: RecordedEvent[] };
/** What of a finding's past reactions and knocks need beside its state. */
type ToldFinding = { filed: FindingFiled['data']; since: ClockFold['since'] };
type AnyEvent = Message<string, unknown>;

const NOTHING: Pick<Told, 'state' | 'revision' | 'position'> = { state: undefined, revision: -1n, position: 0n };

/** Decides in memory, for streams that nobody else writes to; what was decided goes to `out` in order. */
export class DirectRunner extends CommandRunner {
  readonly streams = new Map<string, Told>();
  private readonly codecByTypes = new Map<EventTypes, EventCodec>();
  private told = 0n;

  constructor(
    store: EventStore,
    private readonly out: (event: RecordedEvent) => void,
  ) {
    super(store);
  }

  /** Events told so far. */
  get position(): bigint {
    return this.told;
  }

  override async load<S, C, E extends AnyEvent>({
    stream,
    decider,
  }: Pick<RunRequest<S, C, E>, 'stream' | 'decider' | 'types'>): Promise<Readonly<{ state: S; revision: bigint; position: bigint }>> {
    const { state, revision, position } = this.streams.get(stream) ?? { ...NOTHING, state: decider.initial };
    return { state: state as S, revision, position };
  }

  override async run<S, C, E extends AnyEvent>(request: RunRequest<S, C, E>): Promise<Ack> {
    const { stream, decider, command, types } = request;
    const known = this.streams.get(stream);
    const decided = decider.decide(command, known === undefined ? decider.initial : (known.state as S));
    if (decided.length === 0) {
      return { revision: known?.revision ?? -1n, position: known?.position ?? 0n, changed: false, events: [] };
    }
    const now = known ?? { ...NOTHING, state: decider.initial, finding: null, events: [] };
    eventsOf(request, decided, this.codec(types)).forEach((event, i) => {
      now.revision += 1n;
      now.position = this.told += 1n;
      this.take(now, decider, decided[i] as E);
      const recorded = { ...event, stream, revision: now.revision, position: now.position };
      if (now.finding === null) now.events.push(recorded);
      this.out(recorded);
    });
    this.streams.set(stream, now);
    return { revision: now.revision, position: now.position, changed: true, events: decided };
  }

  private take<S, C, E extends AnyEvent>(now: Told, { evolve }: Decider<S, C, E>, event: E): void {
    const before = now.state as S;
    now.state = evolve(before, event);
    if (event.type === 'FindingFiled') now.finding = { filed: event.data as FindingFiled['data'], since: {} };
    const { finding } = now;
    if (finding === null) return;
    if (event.type === 'FindingCorrected') finding.filed = { ...finding.filed, ...(event.data as FindingCorrected['data']).changes };
    const { at } = event.data as FindingFiled['data'];
    finding.since = sinceAfter(before as FindingState, now.state as FindingState, finding.since, at);
  }

  private codec(types: EventTypes): EventCodec {
    const known = this.codecByTypes.get(types);
    if (known !== undefined) return known;
    const codec = createCodec(types);
    this.codecByTypes.set(types, codec);
    return codec;
  }
}
