import type { OfferedCommand } from '@app/findings';
import type { Actor, FindingId } from '@app/kernel';

/** The doors that single commands pass at the edge, so that many at once pass them too. The token is the class. */
export abstract class Admission {
  /** Whether a post may give this command at all. */
  abstract opens(command: OfferedCommand, by: Actor): boolean;
  /** Whether somebody may know of a finding, by its stream; false too where there is none. */
  abstract knows(findingId: FindingId, by: Actor): Promise<boolean>;
}
