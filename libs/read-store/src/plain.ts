/** The door for threads that need none of the framework: what stands here loads nothing but plain code. */
export { copyLine, type CopyTable } from './rebuild/copy-line';
