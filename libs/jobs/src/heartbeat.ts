import { randomUUID } from 'node:crypto';
import type { JobsTiming } from './timing';

/** The way of a beat to the worker: the very queue that the worker serves. */
export type BeatWay = Readonly<{
  send: (id: string) => Promise<void>;
  /** False when somebody has taken it, or the queue has lost it. */
  waits: (id: string) => Promise<boolean>;
}>;

type Outstanding = Readonly<{ id: string; sentAt: number }>;

/**
 * Notices that a worker has gone silent: connected as it seems, without an error, and taking nothing from its queue. A beat is a job
 * of no content. What any worker takes proves that the queue is served; what this one begins proves that this one lives.
 */
export class Heartbeat {
  private outstanding: Outstanding | null = null;
  private lastHeard: number;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | null = null;
  private ended = false;

  constructor(
    private readonly way: BeatWay,
    private readonly timing: Pick<JobsTiming, 'beatEveryMs' | 'silentAfterMs'>,
    private readonly onSilent: (forMs: number) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.lastHeard = this.now();
  }

  /** Since when nothing proves that the queue is served, ms ago. */
  get quietFor(): number {
    return this.now() - this.lastHeard;
  }

  start(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => {
        this.looking = null;
      });
    }, this.timing.beatEveryMs);
  }

  async end(): Promise<void> {
    this.ended = true;
    clearInterval(this.timer);
    await this.looking;
  }

  /** The worker has begun something, a beat or anything else. */
  heard(): void {
    this.lastHeard = this.now();
  }

  /** One look: answers are noted, silence is told, a new beat is sent. Does not throw: a queue that is away is told of elsewhere. */
  async look(): Promise<void> {
    try {
      if (this.outstanding !== null && !(await this.isOver(this.outstanding))) return;
      this.outstanding = null;
      if (this.ended) return;
      const sentAt = this.now();
      const id = `beat_${randomUUID()}`;
      await this.way.send(id);
      this.outstanding = { id, sentAt };
    } catch {
      // Nothing can be said of a worker while the queue itself does not answer; the time of the silence starts over.
      this.outstanding = null;
    }
  }

  private async isOver({ id, sentAt }: Outstanding): Promise<boolean> {
    if (this.lastHeard >= sentAt) return true;
    if (!(await this.way.waits(id))) {
      this.heard();
      return true;
    }
    const forMs = this.now() - sentAt;
    if (forMs <= this.timing.silentAfterMs) return false;
    this.onSilent(forMs);
    return true;
  }
}
