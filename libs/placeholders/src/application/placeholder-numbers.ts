import type { CommandId } from '@app/kernel';
import type { PlaceholderId } from '../domain/placeholder.types';

/** Gives placeholders their numbers, `XX-2020-0001`: unique, never given twice. The token is the class. */
export abstract class PlaceholderNumbers {
  /** The same command gets the same number again. */
  abstract take(commandId: CommandId, placeholderId: PlaceholderId): Promise<string>;
  abstract settle(commandId: CommandId, outcome: 'used' | 'void', because?: string | null): Promise<void>;
}
