import type { DirectoryView } from './directory-view';

/**
 * Who is who, which unit stands where, who answers for what. The one door to the organisation for every other context.
 * Take one view for one piece of work: it is a consistent picture and answers without waiting.
 */
export abstract class Directory {
  /** The newest picture that the read model has. */
  abstract view(): Promise<DirectoryView>;
}
