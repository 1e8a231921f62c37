import type { World } from '../domain/finding.commands';

/** Gathers what the rules need to know of calendar, deadline rules and organisation. The token is the class. */
export abstract class WorldSource {
  /** `since` as for `Directory.view`: the organisation as it stood then will do. */
  abstract now(since?: number): Promise<World>;
}
