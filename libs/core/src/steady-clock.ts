import { uptime } from 'node:os';
import { Clock, instantFromMs, type Instant } from '@app/kernel';

/** A difference up to this is a clock being set right, and followed at once. */
const STEP_MS = 60_000;
/** A larger one is a mistake until it has lasted this long. */
const HOLDS_AFTER_MS = 10 * 60_000;
/** Looks further apart than this say nothing of the time between them. */
const APART_MS = 2 * 60_000;
/** An answer that took longer says too little about the moment it was given in. */
const SLOW_MS = 1_000;

export type TimeSources = Readonly<{
  /** Milliseconds since 1970 by this machine's clock, which anybody may set. */
  machine: () => number;
  /** Milliseconds of a clock that nobody can set; it stands while the machine sleeps. */
  elapsed: () => number;
  /** Milliseconds the machine has slept so far, to the second. */
  slept: () => number;
}>;

/** The system counts its time with its sleep, a process its own without. */
const sleepOfThisMachine = (): (() => number) => {
  const awake = (): number => uptime() * 1_000 - performance.now();
  const before = awake();
  return () => Math.max(0, Math.round((awake() - before) / 1_000) * 1_000);
};

/** Where the clocks stand to each other, milliseconds. */
export type ClockState = Readonly<{
  sure: boolean;
  /** This machine's clock less the database's. */
  machineAhead: number;
  /** How far the database's clock has jumped without being followed; 0 where it has not. */
  notFollowed: number;
}>;

type Anchor = Readonly<{ at: number; elapsed: number; slept: number }>;
type Doubt = Readonly<{ by: number; since: number; seen: number }>;

/** What is left to doubt when clocks differ by so much: nothing when it is little or has been the same at every look for long enough. */
const doubted = (doubt: Doubt | null, by: number, now: number): Doubt | null => {
  if (Math.abs(by) <= STEP_MS) return null;
  if (doubt === null || Math.abs(by - doubt.by) > STEP_MS || now - doubt.seen > APART_MS) return { by, since: now, seen: now };
  return now - doubt.since >= HOLDS_AFTER_MS ? null : { ...doubt, seen: now };
};

/**
 * The time of the database, which all processes of an instance share, carried on from one look to the next by a clock that nobody
 * can set. So a machine whose clock is wrong lets nothing pass early or late. A jump of the database's own clock is followed when it
 * has held for ten minutes; a process that starts where machine and database contradict each other is not sure for as long.
 */
export class SteadyClock extends Clock {
  private anchor: Anchor | null = null;
  private jump: Doubt | null = null;
  private start: Doubt | null = null;
  private machineAhead = 0;

  constructor(
    private readonly sources: TimeSources = { machine: () => Date.now(), elapsed: () => performance.now(), slept: sleepOfThisMachine() },
  ) {
    super();
  }

  now(): Instant {
    const { anchor, sources } = this;
    return instantFromMs(anchor === null ? sources.machine() : anchor.at + sources.elapsed() - anchor.elapsed);
  }

  override isSure(): boolean {
    return this.anchor !== null && this.start === null;
  }

  state(): ClockState {
    return { sure: this.isSure(), machineAhead: this.machineAhead, notFollowed: this.jump?.by ?? 0 };
  }

  /** Asks the database for its time, milliseconds since 1970. Errors: what it throws; the time goes on from the look before. */
  async look(database: () => Promise<number>): Promise<void> {
    const { machine, elapsed, slept } = this.sources;
    const asked = elapsed();
    const at = await database();
    const [answered, asleep] = [elapsed(), slept()];
    if (answered - asked > SLOW_MS) return;
    this.machineAhead = machine() - at;
    if (this.anchor === null || this.start !== null) this.start = doubted(this.start, this.machineAhead, answered);
    // Until it is sure of one there is no time to be carried on.
    else this.jump = doubted(this.jump, at - this.anchor.at - (answered - this.anchor.elapsed) - (asleep - this.anchor.slept), answered);
    if (this.jump !== null) return;
    // As if it had been read at the last moment: rather a moment late than early.
    this.anchor = { at, elapsed: answered, slept: asleep };
  }
}
