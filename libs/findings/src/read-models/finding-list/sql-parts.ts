/** Collects conditions and their parameters; what callers give goes into parameters only. */
export class Conditions {
  private readonly clauses: string[] = [];
  private readonly values: unknown[] = [];

  /** The number of the placeholder that stands for `value`. */
  param(value: unknown): string {
    this.values.push(value);
    return `$${String(this.values.length)}`;
  }

  add(clause: string): void {
    this.clauses.push(clause);
  }

  get where(): string {
    return this.clauses.length === 0 ? 'true' : this.clauses.map((clause) => `(${clause})`).join(' and ');
  }

  get params(): readonly unknown[] {
    return this.values;
  }
}
