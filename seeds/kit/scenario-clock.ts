import { Clock, instant, instantAt, type Instant, type LocalDate } from '@app/kernel';

/** Stands still until the scenario moves it on; never backwards. Bound by seeds only (R20). */
export class SeedClock extends Clock {
  constructor(private current: Instant) {
    super();
  }
  now(): Instant {
    return this.current;
  }
  /** `time` is Shanghai wall-clock time, `HH:MM`. */
  moveTo(day: LocalDate, time: string): void {
    this.moveToInstant(instantAt(day, time));
  }
  moveToInstant(at: Instant): void {
    if (at < this.current) throw new RangeError(`the scenario is at ${this.current}, ${at} is earlier`);
    this.current = instant(at);
  }
}
