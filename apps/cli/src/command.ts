import type { Bilingual } from '@app/kernel';
import type { Settings } from '@app/settings';

/**
 * One command of `npm run cli -- <name> …`. It lives in `commands/<name>.command.ts`, exports `command`, and is
 * loaded only when it is asked for. It prints its own results; it ends by resolving, and fails by throwing
 * a CommandFailure, a DomainError or a SettingsError, which become one sentence and exit code 1.
 */
export type Command = Readonly<{
  summary: Bilingual;
  /** What follows the name, `FILE [--list NUMBER]`; empty when nothing may follow. */
  usage: string;
  run: (args: readonly string[], settings: Settings) => Promise<void>;
}>;

/** Something the person at the terminal can put right. Nothing personal in the sentences. */
export class CommandFailure extends Error {
  constructor(readonly sentence: Bilingual) {
    super(`${sentence.zh} · ${sentence.en}`);
    this.name = 'CommandFailure';
  }
}
