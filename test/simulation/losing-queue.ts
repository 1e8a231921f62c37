import { Jobs, JobsUnavailable, type JobHandler, type JobToAdd, type Pulse, type QueueName, type RunningJob } from '@app/jobs';
import type { SeededRandom } from '@app/kernel';
import { Died, type Life } from './simulated-host';

type Job = RunningJob<'deadlines'>;
type Entry = { readonly job: Job; attempts: number };
type Worker = Readonly<{ life: Life; handler: JobHandler<'deadlines'> }>;

/** How often what goes wrong; 0 to 1 per job. */
export type QueueRates = Readonly<{ lost: number; twice: number; early: number; late: number; days: number }>;

const DAYS_MS = 12 * 86_400_000;
const ATTEMPTS = 5;
const RETRY_MS = 500;
const STALLED_MS = 30_000;
const NOBODY_MS = 5_000;

/**
 * The queue's server as all workers share it, by the contract of the port: a job may be lost at any time, be given twice, before its
 * time, after it, and in any order. An id is taken once while it waits.
 */
export class LosingQueue {
  away = false;
  private readonly entries = new Map<string, Entry>();
  private workers: readonly Worker[] = [];
  readonly counts = { added: 0, given: 0, lost: 0 };

  constructor(
    private readonly random: SeededRandom,
    private readonly rates: QueueRates,
    private readonly failed: (error: unknown) => void,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  /** Everything is gone. */
  empty(): void {
    this.counts.lost += this.entries.size;
    this.entries.clear();
  }

  serve(worker: Worker): void {
    this.workers = [...this.workers.filter(({ life }) => !life.ended), worker];
  }

  add({ id, data, delayMs }: JobToAdd<'deadlines'>): void {
    if (this.entries.has(id)) return;
    const { random, rates } = this;
    const entry: Entry = { job: { id, data }, attempts: 0 };
    this.entries.set(id, entry);
    this.counts.added += 1;
    const early = random.chance(rates.early) ? random.next() * random.pick([900, 60_000, delayMs]) : 0;
    const late = random.chance(rates.late) ? random.next() * random.pick([2_000, 90_000]) : 0;
    if (random.chance(rates.lost)) this.after(random.next() * delayMs, entry, () => this.drop(entry));
    this.after(Math.max(0, delayMs - early + late), entry, () => void this.give(entry));
  }

  private after(ms: number, entry: Entry, run: () => void): void {
    setTimeout(() => {
      if (this.entries.get(entry.job.id) === entry) run();
    }, ms);
  }

  private drop({ job }: Entry): void {
    this.counts.lost += 1;
    this.entries.delete(job.id);
  }

  private async give(entry: Entry): Promise<void> {
    this.workers = this.workers.filter(({ life }) => !life.ended);
    if (this.workers.length === 0 || this.away) return this.after(NOBODY_MS, entry, () => void this.give(entry));
    this.counts.given += 1;
    if (this.random.chance(this.rates.twice)) setTimeout(() => void this.once(entry).catch(() => undefined), this.random.next() * 3_000);
    // Somebody puts an old copy of the queue back.
    if (this.random.chance(this.rates.days)) setTimeout(() => void this.once(entry).catch(() => undefined), this.random.next() * DAYS_MS);
    try {
      await this.once(entry);
      if (this.entries.get(entry.job.id) === entry) this.entries.delete(entry.job.id);
    } catch (error) {
      if (error instanceof Died) return this.after(STALLED_MS, entry, () => void this.give(entry));
      this.failed(error);
      entry.attempts += 1;
      if (entry.attempts >= ATTEMPTS) return this.drop(entry);
      this.after(RETRY_MS * 2 ** entry.attempts, entry, () => void this.give(entry));
    }
  }

  private async once({ job }: Entry): Promise<void> {
    const living = this.workers.filter(({ life }) => !life.ended);
    if (living.length > 0) await this.random.pick(living).handler(job);
  }
}

/** The port as one life of a worker has it. */
export class JobsOfLife extends Jobs {
  readonly backend = 'redis';

  constructor(
    private readonly life: Life,
    private readonly queue: LosingQueue,
  ) {
    super();
  }

  override start = async (): Promise<void> => undefined;
  override close = async (): Promise<void> => undefined;
  override repair = (): Promise<boolean> => this.asked(() => false);
  override pending = (): Promise<number> => this.asked(() => this.queue.size);
  override pulse = (): Pulse => ({ backend: 'redis', quietForSeconds: 0, silences: 0, mayEvict: false });

  override add<Q extends QueueName>(_queue: Q, jobs: readonly JobToAdd<Q>[]): Promise<void> {
    return this.asked(() => jobs.forEach((job) => this.queue.add(job)));
  }

  override async work<Q extends QueueName>(_queue: Q, handler: JobHandler<Q>): Promise<void> {
    this.queue.serve({ life: this.life, handler: handler });
  }

  private asked<T>(work: () => T): Promise<T> {
    return this.life.ask(async () => {
      if (this.queue.away) throw new JobsUnavailable('the job queue does not answer');
      return work();
    });
  }
}
