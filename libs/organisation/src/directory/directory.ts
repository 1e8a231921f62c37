import type { DirectoryView } from './directory-view';

/**
 * Who is who, which unit stands where, who answers for what. The one door to the organisation for every other context.
 * Take one view for one piece of work: it is a consistent picture and answers without waiting.
 */
export abstract class Directory {
  /**
   * The newest picture that the read model has. With `since` (of `performance.now()`) any picture will do that was the newest then or
   * later: for the steps of one request, of which the first looked.
   */
  abstract view(since?: number): Promise<DirectoryView>;
}
