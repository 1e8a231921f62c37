import type { CommandId, FindingId } from '@app/kernel';

/** Gives findings their numbers, `QL-2020-000123`: unique, never given twice. The token is the class. */
export abstract class FindingNumbers {
  /** The same command gets the same number again. */
  abstract take(commandId: CommandId, findingId: FindingId): Promise<string>;
  /** Says what became of the number a command took, so that a gap explains itself. */
  abstract settle(commandId: CommandId, outcome: 'used' | 'void', because?: string | null): Promise<void>;
}
