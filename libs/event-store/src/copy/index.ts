export { copyEvents, type CopyOptions, type CopyProgress, type CopyReport } from './copy-events';
export { CopyInterrupted, CopyRefused, type CopyRefusal } from './copy-refused';
export { sinkInto, type CopySink } from './copy-sink';
export { PostgresCopySink } from './postgres-copy-sink';
