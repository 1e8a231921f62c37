import type { CommandId, LocalDate } from '@app/kernel';
import type { SupervisionId } from '../domain/supervision.types';

/** Gives listings their numbers, `挂牌〔2020〕0001号`: a series per year, unique, never given twice. The token is the class. */
export abstract class SupervisionNumbers {
  /** The same command gets the same number again. */
  abstract take(on: LocalDate, commandId: CommandId, id: SupervisionId): Promise<string>;
  abstract settle(on: LocalDate, commandId: CommandId, outcome: 'used' | 'void', because?: string | null): Promise<void>;
}
