import { addDays, instantAt, localDateOf, type Instant, type LocalDate } from '@app/kernel';

export type Step = () => Promise<unknown>;

/** How many lanes work at the same time: enough to hide waiting, few enough for two cores. */
const AT_ONCE = 8;

export const inParallel = async (tasks: readonly Step[], atOnce = AT_ONCE): Promise<void> => {
  const left = tasks.values();
  const worker = async (): Promise<void> => {
    for (const task of left) await task();
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, worker));
};

/** What one day holds, by moment. */
type Moment = { readonly first: Step[]; readonly lanes: Map<string, Step[]> };

/**
 * What happens when: steps of one lane at one moment run one after the other, those of different lanes side by side.
 * `evening` runs at the end of every day that has steps, `settle` after a moment that asked for it.
 * A day is forgotten when it is over, and may be planned when it begins: so a scenario of any length needs little memory.
 */
export class Timeline {
  private readonly days = new Map<LocalDate, Map<Instant, Moment>>();
  private readonly mornings = new Map<LocalDate, (() => void)[]>();
  private readonly settling = new Set<Instant>();
  private readonly open = new Map<string, number>();

  constructor(
    private readonly from: LocalDate,
    private readonly until: Instant,
    private readonly atOnce = AT_ONCE,
  ) {}

  /** Steps outside the scenario's time are left out: that is how findings come to stand in every state. */
  at(day: LocalDate, time: string, lane: string, step: Step): void {
    const moment = this.moment(day, time);
    if (moment === null) return;
    this.open.set(lane, (this.open.get(lane) ?? 0) + 1);
    const steps = moment.lanes.get(lane);
    if (steps === undefined) moment.lanes.set(lane, [step]);
    else steps.push(step);
  }

  /** Before all lanes of this moment, in the order given. */
  first(day: LocalDate, time: string, step: Step): void {
    this.moment(day, time)?.first.push(step);
  }

  /** What follows from this moment's steps is waited for before time goes on. */
  settleAt(day: LocalDate, time: string): void {
    this.settling.add(instantAt(day, time));
  }

  /** Plans this day and later ones when it begins. */
  inTheMorningOf(day: LocalDate, plan: () => void): void {
    this.mornings.set(day, [...(this.mornings.get(day) ?? []), plan]);
  }

  /** Whether steps are still to come in this lane. */
  hasMore(lane: string): boolean {
    return this.open.has(lane);
  }

  async run(moveTo: (at: Instant) => void, settle: () => Promise<void>, evening: (day: LocalDate) => Promise<void>): Promise<void> {
    for (let day = this.from; day <= localDateOf(this.until); day = addDays(day, 1)) {
      for (const plan of this.mornings.get(day) ?? []) plan();
      this.mornings.delete(day);
      const moments = [...(this.days.get(day) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [at, moment] of moments) {
        moveTo(at);
        for (const step of moment.first) await step();
        const lanes = [...moment.lanes].map(
          ([lane, steps]) =>
            () =>
              this.runLane(lane, steps),
        );
        await inParallel(lanes, this.atOnce);
        if (this.settling.delete(at)) await settle();
      }
      this.days.delete(day);
      if (moments.length > 0) await evening(day);
    }
  }

  private async runLane(lane: string, steps: readonly Step[]): Promise<void> {
    for (const step of steps) await step();
    const left = (this.open.get(lane) ?? 0) - steps.length;
    if (left > 0) this.open.set(lane, left);
    else this.open.delete(lane);
  }

  private moment(day: LocalDate, time: string): Moment | null {
    const at = instantAt(day, time);
    if (day < this.from || at > this.until) return null;
    const moments = this.days.get(day) ?? new Map<Instant, Moment>();
    this.days.set(day, moments);
    const moment = moments.get(at) ?? { first: [], lanes: new Map<string, Step[]>() };
    moments.set(at, moment);
    return moment;
  }
}
