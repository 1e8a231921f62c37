import type { CopyProgress } from '@app/event-store';

const PHASES: Readonly<Record<CopyProgress['phase'], string>> = {
  comparing: '核对已有 comparing',
  copying: '复制 copying',
  verifying: '读回核对 verifying',
};

const duration = (seconds: number): string => {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${String(whole)} s` : whole < 3_600 ? `${String(Math.ceil(whole / 60))} min` : `${(whole / 3_600).toFixed(1)} h`;
};

/** Turns progress into lines: how many, how fast, how much is left by the share of the log and the pace of this phase. */
export class ProgressLine {
  private phase: CopyProgress['phase'] | null = null;
  private first: Readonly<{ ms: number; done: number; share: number }> = { ms: 0, done: 0, share: 0 };

  /** `ms`: any clock that only grows. */
  of({ phase, done, share }: CopyProgress, ms: number): string {
    if (phase !== this.phase) {
      this.phase = phase;
      this.first = { ms, done, share };
    }
    const seconds = (ms - this.first.ms) / 1000;
    const count = `${PHASES[phase]} ${done.toLocaleString('en')} · ${String(Math.floor(share * 100))} %`;
    if (seconds <= 0 || done === this.first.done) return count;
    const rate = Math.round((done - this.first.done) / seconds);
    const gained = share - this.first.share;
    const left = gained > 0 ? ` · 剩余约 about ${duration(((1 - share) / gained) * seconds)} left` : '';
    return `${count} · ${rate.toLocaleString('en')}/s${left}`;
  }
}
