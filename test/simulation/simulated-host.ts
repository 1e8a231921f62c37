import { SteadyClock } from '@app/core';
import { Clock, type Instant } from '@app/kernel';
import type { SeededRandom } from '@app/kernel';
import type { VirtualTime } from '../faults/virtual-time';
import { sleep, START_MS, trueTime } from './virtual-year';

/** A process ended between two of its steps: nothing it does afterwards has any effect. */
export class Died extends Error {
  constructor() {
    super('the process ended');
    this.name = 'Died';
  }
}

/** One life of a worker process. Whatever it asks of the world goes through `step`, so that it may end before and after each. */
export class Life {
  private dead = false;

  constructor(
    private readonly random: SeededRandom,
    private readonly killRate: number,
    private readonly onEnd: () => void,
  ) {}

  get ended(): boolean {
    return this.dead;
  }

  end(): void {
    if (this.dead) return;
    this.dead = true;
    this.onEnd();
  }

  async ask<T>(work: () => Promise<T>): Promise<T> {
    await this.step();
    const answer = await work();
    await this.step();
    return answer;
  }

  /** Takes a moment, now and then a long one. */
  private async step(): Promise<void> {
    if (this.dead) throw new Died();
    await sleep(this.random.chance(0.002) ? this.random.next() * 4_000 : this.random.next() * 4);
    if (!this.dead && this.random.chance(this.killRate)) this.end();
    if (this.dead) throw new Died();
  }
}

/** What a machine's own clock says, which people and time servers set. */
export class MachineClock extends Clock {
  /** Milliseconds by which it is ahead. */
  ahead = 0;

  constructor(private readonly time: VirtualTime) {
    super();
  }

  ms(): number {
    return START_MS + this.time.now() + this.ahead;
  }

  now(): Instant {
    return new Date(this.ms()).toISOString() as Instant;
  }
}

/** The time that counts, as people act by it. */
export class TrueClock extends Clock {
  now(): Instant {
    return trueTime(performance.now());
  }
}

/** The clock of one life: the database's, as long as it is not mistaken for longer than a moment. */
export class ClockOfLife extends SteadyClock {
  constructor(
    private readonly life: Life,
    machine: MachineClock,
    private readonly database: MachineClock,
  ) {
    super({ machine: () => machine.ms(), elapsed: () => performance.now(), slept: () => 0 });
  }

  override look(): Promise<void> {
    return super.look(() => this.life.ask(async () => this.database.ms()));
  }
}

export const clockOf = (life: Life, machine: MachineClock, database: MachineClock): Clock => new ClockOfLife(life, machine, database);
