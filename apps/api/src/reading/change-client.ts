import type { ChangedRow } from '@app/findings';

export type Sees = (row: ChangedRow) => boolean;

/** One listener of the change stream: batches go out one after the other, and nothing goes out twice or out of order. */
export class ChangeClient {
  private queue: Promise<void> = Promise.resolve();
  private last = -1n;
  /** What came while the past was still being told; null once that is done. */
  private held: (readonly ChangedRow[])[] | null;
  private open = true;

  constructor(
    private readonly write: (text: string) => void,
    private readonly close: () => void,
    /** Asked before every batch; null: the session is over. */
    private readonly allowed: () => Promise<Sees | null>,
    resumes: boolean,
  ) {
    this.held = resumes ? [] : null;
  }

  /** Live changes. */
  take(rows: readonly ChangedRow[]): void {
    if (this.held === null) this.enqueue(rows);
    else this.held.push(rows);
  }

  /** Changes missed before; `caughtUp` lets the live ones through. */
  tell(rows: readonly ChangedRow[]): void {
    this.enqueue(rows);
  }

  caughtUp(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const rows of held) this.enqueue(rows);
  }

  beat(): void {
    this.queue = this.queue.then(async () => {
      if (!this.open) return;
      if ((await this.allowed()) === null) this.end();
      else this.write(': still here\n\n');
    });
  }

  end(): void {
    if (!this.open) return;
    this.open = false;
    this.close();
  }

  private enqueue(rows: readonly ChangedRow[]): void {
    this.queue = this.queue.then(() => this.send(rows));
  }

  private async send(rows: readonly ChangedRow[]): Promise<void> {
    if (!this.open) return;
    const sees = await this.allowed();
    if (sees === null) return this.end();
    for (const row of rows) {
      if (row.position <= this.last) continue;
      this.last = row.position;
      if (!sees(row)) continue;
      const data = JSON.stringify({ findingId: row.finding_id, revision: row.revision });
      this.write(`id: ${row.position.toString()}\nevent: finding\ndata: ${data}\n\n`);
    }
  }
}
