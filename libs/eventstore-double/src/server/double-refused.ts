/** A reason not to start that a person can act on, in both languages; names no password and no address with one. */
export class DoubleRefused extends Error {
  constructor(
    readonly zh: string,
    readonly en: string,
    options?: { cause?: unknown },
  ) {
    super(`${zh} · ${en}`, options);
    this.name = 'DoubleRefused';
  }
}
