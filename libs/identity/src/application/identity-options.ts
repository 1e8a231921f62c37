/** Limits at the door. Minutes are those of the server's clock. */
export class IdentityOptions {
  readonly sessionHours: number = 12;
  readonly idleMinutes: number = 60;
  /** Wrong passwords in a row before the account is locked. */
  readonly attempts: number = 5;
  readonly lockMinutes: number = 15;

  constructor(given: Partial<IdentityOptions> = {}) {
    Object.assign(this, given);
  }
}
