import { instantAt, localDateOf, type Instant, type LocalDate } from '@app/kernel';

export type Step = () => Promise<unknown>;
type Planned = Readonly<{ lane: string; step: Step }>;

/** How many lanes work at the same time: enough to hide waiting, few enough for two cores. */
const AT_ONCE = 8;

const inParallel = async (tasks: readonly Step[]): Promise<void> => {
  const queue = [...tasks];
  const worker = async (): Promise<void> => {
    for (let task = queue.shift(); task !== undefined; task = queue.shift()) await task();
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, worker));
};
export { inParallel };

/**
 * What happens when: steps of one lane at one moment run one after the other, those of different lanes side by side.
 * `betweenDays` runs in the evening of every day that has steps, `settle` after a moment that asked for it.
 */
export class Timeline {
  private readonly moments = new Map<Instant, Planned[]>();
  private readonly serial = new Map<Instant, Step[]>();
  private readonly settling = new Set<Instant>();

  constructor(
    private readonly from: LocalDate,
    private readonly until: Instant,
  ) {}

  /** Steps outside the scenario's time are left out: that is how findings come to stand in every state. */
  at(day: LocalDate, time: string, lane: string, step: Step): void {
    const moment = instantAt(day, time);
    if (day < this.from || moment > this.until) return;
    const planned = this.moments.get(moment) ?? [];
    planned.push({ lane, step });
    this.moments.set(moment, planned);
  }

  /** Before all lanes of this moment, in the order given. */
  first(day: LocalDate, time: string, step: Step): void {
    const moment = instantAt(day, time);
    if (day < this.from || moment > this.until) return;
    this.serial.set(moment, [...(this.serial.get(moment) ?? []), step]);
  }

  /** What follows from this moment's steps is waited for before time goes on. */
  settleAt(day: LocalDate, time: string): void {
    this.settling.add(instantAt(day, time));
  }

  async run(moveTo: (at: Instant) => void, settle: () => Promise<void>, evening: (day: LocalDate) => Promise<void>): Promise<void> {
    const moments = [...this.moments.keys()].sort();
    for (const [i, moment] of moments.entries()) {
      moveTo(moment);
      for (const step of this.serial.get(moment) ?? []) await step();
      const lanes = new Map<string, Step[]>();
      for (const { lane, step } of this.moments.get(moment) ?? []) lanes.set(lane, [...(lanes.get(lane) ?? []), step]);
      await inParallel(
        [...lanes.values()].map((steps) => async () => {
          for (const step of steps) await step();
        }),
      );
      if (this.settling.has(moment)) await settle();
      const day = localDateOf(moment);
      const next = moments[i + 1];
      if (next === undefined || localDateOf(next) !== day) await evening(day);
    }
  }
}
