import { msOf, type Instant } from '@app/kernel';

type Alarm = Readonly<{ id: string; knock: Readonly<{ at: Instant }> }>;

/**
 * The moments of the next minutes at which this process itself knocks. The queue's alarms come a little later and through another
 * process's hands: these are for being punctual, those for when this process is no more.
 */
export class OwnAlarms<A extends Alarm> {
  /** First to come last, so that taking is cheap. */
  private coming: A[] = [];

  /** These in place of those before. */
  set(alarms: readonly A[]): void {
    this.coming = [...alarms].sort((a, b) => (a.knock.at < b.knock.at ? 1 : a.knock.at > b.knock.at ? -1 : 0));
  }

  /** What has come by `now`, first come first, no more than `most`. Each is given once. */
  take(now: Instant, most: number): readonly A[] {
    const taken: A[] = [];
    for (let next = this.coming.at(-1); next !== undefined && next.knock.at <= now && taken.length < most; next = this.coming.at(-1)) {
      taken.push(next);
      this.coming.pop();
    }
    return taken;
  }

  /** Milliseconds until the first; null when there is none. */
  nextInMs(now: Instant): number | null {
    const next = this.coming.at(-1);
    return next === undefined ? null : Math.max(0, msOf(next.knock.at) - msOf(now));
  }
}
