import { ConcurrencyConflict, pause, StoreUnavailable, type EventToAppend, type EventTypes, type ExpectedRevision } from '@app/event-store';
import {
  idFrom,
  SYSTEM,
  stampOf,
  type Act,
  type CommandId,
  type Decider,
  type Instant,
  type LocalDate,
  type Message,
  type SeededRandom,
} from '@app/kernel';
import type { Shape } from './history';
import type { HistoryProcess } from './history-process';
import type { NoteData, Operation, WriteOutcome } from './record';

const TYPES: EventTypes = { Noted: { version: 1 }, Counted: { version: 1 } };
const ACT: Act = { at: '2020-07-06T01:30:00.000Z' as Instant, on: '2020-07-06' as LocalDate, by: stampOf(SYSTEM) };
const ATTEMPTS = 4;

type Note = Message<'Noted', NoteData> | Message<'Counted', NoteData>;
/** Counts the events of commands; a command adds two on an even count and one on an odd one, so a repeat may decide otherwise. */
const counter: Decider<number, string, Note> = {
  initial: 0,
  decide: (op, count) => {
    const of = count % 2 === 0 ? 2 : 1;
    return Array.from({ length: of }, (_, i): Note => ({ type: 'Counted', data: { op, of, total: count + i + 1 } }));
  },
  evolve: (count, { type }) => (type === 'Counted' ? count + 1 : count),
};

export type WriterOptions = Readonly<{
  name: string;
  seed: number;
  process: HistoryProcess;
  random: SeededRandom;
  streams: readonly string[];
  /** Position of the last event before the history began. */
  base: bigint;
  shape: Shape;
  now: () => number;
  note: (operation: Operation) => void;
  tell: (what: string) => void;
}>;

type Attempted = Readonly<{ outcome: WriteOutcome; doubtful: boolean; count?: number }>;

/** Does one thing after the other, again with the same ids where nobody answered, and notes what it was told. */
export class Writer {
  /** What it knows: the last revision of a stream and positions it has met. */
  private readonly revisions = new Map<string, bigint>();
  private readonly positions: bigint[];

  constructor(private readonly options: WriterOptions) {
    this.positions = [options.base];
  }

  async work(): Promise<void> {
    const { random, shape, streams, name } = this.options;
    for (let i = 0; i < shape.operations; i += 1) {
      await pause(random.next() * shape.paceMs);
      const stream = random.pick(streams);
      const kind = random.next();
      if (kind < 0.4) await this.command(`${name}-${i}`, stream);
      else if (kind < 0.8) await this.append(`${name}-${i}`, stream);
      else if (kind < 0.9) await this.readStream(stream);
      else if (kind < 0.96) await this.readAll();
      else await this.readHead();
    }
  }

  private async command(op: string, stream: string): Promise<void> {
    const { seed, process, now } = this.options;
    const commandId = idFrom('command', seed, op) as CommandId;
    const start = now();
    const attempted = await this.attempts(async () => {
      const ack = await process.during((_, runner) =>
        runner.run({ stream, decider: counter, command: op, commandId, types: TYPES, act: ACT }),
      );
      return { revision: ack.revision, position: ack.position, count: ack.events.length };
    });
    const ids = Array.from({ length: attempted.count ?? 2 }, (_, i) => idFrom(commandId, i));
    this.noteWrite(op, stream, 'command', ids, start, attempted);
  }

  private async append(op: string, stream: string): Promise<void> {
    const { seed, process, random, now } = this.options;
    const of = 1 + random.below(3);
    const ids = Array.from({ length: of }, (_, i) => idFrom('append', seed, op, i));
    const known = this.revisions.get(stream);
    const expected: ExpectedRevision = random.chance(0.2) ? random.pick(['any', 'stream-exists'] as const) : (known ?? 'no-stream');
    const events = ids.map((id): EventToAppend => ({
      id,
      type: 'Noted',
      version: 1,
      data: { op, of, total: 0 } satisfies NoteData,
      metadata: {
        recordedAt: ACT.at,
        businessDate: ACT.on,
        actor: ACT.by.personId,
        actingUnit: ACT.by.unitId,
        actingPost: null,
        commandId: op as CommandId,
        causationId: null,
      },
    }));
    const start = now();
    const attempted = await this.attempts(() => process.during((store) => store.append(stream, expected, events)));
    this.noteWrite(op, stream, expected, ids, start, attempted);
    if (attempted.outcome.kind === 'refused') await this.readStream(stream);
  }

  private async attempts(work: () => Promise<Readonly<{ revision: bigint; position: bigint; count?: number }>>): Promise<Attempted> {
    const { random, shape, tell } = this.options;
    let doubtful = false;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await pause(random.next() * shape.paceMs * attempt);
      try {
        const { revision, position, count } = await work();
        return { outcome: { kind: 'ok', revision, position }, doubtful, ...(count === undefined ? {} : { count }) };
      } catch (error) {
        if (error instanceof ConcurrencyConflict) return { outcome: { kind: 'refused' }, doubtful };
        if (!(error instanceof StoreUnavailable)) tell(`a writer got ${String(error)}`);
        doubtful = true;
      }
    }
    return { outcome: { kind: 'unknown' }, doubtful };
  }

  private noteWrite(
    op: string,
    stream: string,
    expected: ExpectedRevision | 'command',
    ids: readonly string[],
    start: number,
    { outcome, doubtful }: Attempted,
  ): void {
    const { note, now, process } = this.options;
    note({ kind: 'write', process: process.name, op, stream, expected, ids, start, end: now(), outcome, doubtful });
    if (outcome.kind !== 'ok') return;
    this.revisions.set(stream, outcome.revision);
    this.positions.push(outcome.position);
  }

  private async readStream(stream: string): Promise<void> {
    const { random } = this.options;
    const from = random.chance(0.5) ? 0n : (this.revisions.get(stream) ?? 0n);
    const limit = random.chance(0.3) ? 1 + random.below(4) : 1_000;
    await this.reading(async (store) => {
      const read = await store.readStream(stream, from, limit);
      const last = read.at(-1);
      if (last !== undefined && limit === 1_000) this.revisions.set(stream, last.revision);
      return { kind: 'stream-read', stream, from, limit, ids: read.map(({ id }) => id) };
    });
  }

  private async readAll(): Promise<void> {
    const { random } = this.options;
    const after = random.pick(this.positions);
    const limit = 1 + random.below(20);
    await this.reading(async (store) => {
      const read = await store.readAll(after, limit);
      return { kind: 'all-read', after, limit, ids: read.map(({ id }) => id) };
    });
  }

  private async readHead(): Promise<void> {
    await this.reading(async (store) => ({ kind: 'head', position: await store.head() }));
  }

  /** A read that nobody answers says nothing. */
  private async reading(work: (store: Parameters<Parameters<HistoryProcess['during']>[0]>[0]) => Promise<Untimed>): Promise<void> {
    const { process, now, note, tell } = this.options;
    const start = now();
    try {
      const read = await process.during(work);
      note({ ...read, process: process.name, start, end: now() });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) tell(`a reader got ${String(error)}`);
    }
  }
}

type OmitTimes<T> = T extends unknown ? Omit<T, 'process' | 'start' | 'end'> : never;
type Untimed = OmitTimes<Exclude<Operation, { kind: 'write' }>>;
