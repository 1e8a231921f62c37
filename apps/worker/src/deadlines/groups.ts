const GROUPS_AT_A_TIME = 2;

/** Works a few groups at a time. */
export class Groups {
  private readonly under = new Set<Promise<void>>();
  private failure: { error: unknown } | null = null;

  /** Returns when the next one may be added. Errors: what a group before threw. */
  async add(work: () => Promise<void>): Promise<void> {
    const one: Promise<void> = work()
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => this.under.delete(one));
    this.under.add(one);
    if (this.under.size >= GROUPS_AT_A_TIME) await Promise.race(this.under);
    if (this.failure !== null) await this.end();
  }

  async end(): Promise<void> {
    await Promise.all(this.under);
    if (this.failure !== null) throw this.failure.error;
  }
}
