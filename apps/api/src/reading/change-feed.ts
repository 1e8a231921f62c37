import { FindingQueries, type ChangedRow } from '@app/findings';
import { ReadModels } from '@app/read-store';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';

const PAGE = 500;
/** Commits come in swarms; one look serves them all. */
const GATHER_MS = 50;

type Listener = Readonly<{ changed: (rows: readonly ChangedRow[]) => void; ended: () => void }>;

/** Tells everybody who listens which findings' rows have changed: one look at the rows, whoever and however many listen. */
@Injectable()
export class ChangeFeed implements OnApplicationShutdown {
  private readonly logger = new Logger(ChangeFeed.name);
  private readonly listeners = new Set<Listener>();
  private stopHearing: (() => void) | null = null;
  private timer: NodeJS.Timeout | null = null;
  private looking = false;
  private seen: bigint | null = null;

  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(FindingQueries) private readonly findings: FindingQueries,
  ) {}

  /** Changes from now on; returns how to stop. */
  async listen(listener: Listener): Promise<() => void> {
    this.stopHearing ??= this.readModels.onApplied(() => this.gather());
    this.seen ??= await this.findings.lastChange();
    this.listeners.add(listener);
    return () => this.leave(listener);
  }

  /** What changed after a position, oldest first, page by page. */
  async *since(position: bigint): AsyncGenerator<readonly ChangedRow[]> {
    for (let after = position; ;) {
      const rows = await this.findings.changedAfter(after, PAGE);
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (rows.length < PAGE || last === undefined) return;
      after = last.position;
    }
  }

  onApplicationShutdown(): void {
    for (const listener of [...this.listeners]) {
      listener.ended();
      this.leave(listener);
    }
  }

  private leave(listener: Listener): void {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    this.stopHearing?.();
    this.stopHearing = null;
    this.seen = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private gather(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.look();
    }, GATHER_MS);
  }

  private async look(): Promise<void> {
    if (this.looking) return this.gather();
    this.looking = true;
    try {
      for await (const rows of this.since(this.seen ?? (await this.findings.lastChange()))) {
        const last = rows.at(-1);
        if (last !== undefined && this.listeners.size > 0) this.seen = last.position;
        for (const listener of [...this.listeners]) listener.changed(rows);
      }
    } catch {
      // The rows are out of reach for now; the next commit brings everybody up to date.
      this.logger.warn('changes could not be read');
    } finally {
      this.looking = false;
    }
  }
}
