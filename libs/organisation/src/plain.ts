/** The door for threads that need none of the framework: what stands here loads nothing but plain code. */
export { DirectoryView } from './directory/directory-view';
export { NO_ROWS, type DirectoryRows } from './directory/directory.rows';
