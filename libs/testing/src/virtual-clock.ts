import { addDays, Clock, instant, instantAt, instantFromMs, localDateOf, localTimeOf, msOf, type Instant } from '@app/kernel';

/** Stands still until it is told to move. Starts at 2020-07-06 09:30 in Shanghai, a Monday. */
export class VirtualClock extends Clock {
  private current: Instant;

  constructor(start: string = '2020-07-06T01:30:00.000Z') {
    super();
    this.current = instant(start);
  }

  now(): Instant {
    return this.current;
  }

  set(at: string): void {
    this.current = instant(at);
  }

  advance(by: Readonly<{ days?: number; hours?: number; minutes?: number; ms?: number }>): void {
    const { days = 0, hours = 0, minutes = 0, ms = 0 } = by;
    this.current = instantFromMs(msOf(this.current) + days * 86_400_000 + hours * 3_600_000 + minutes * 60_000 + ms);
  }

  /** The same wall-clock time in Shanghai, or `time` (`HH:MM`), some days later. */
  nextDay(days = 1, time: string = localTimeOf(this.current)): void {
    this.current = instantAt(addDays(localDateOf(this.current), days), time);
  }
}
