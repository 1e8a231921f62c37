export { copyEvents, type CopyOptions, type CopyProgress, type CopyReport } from './copy-events';
export { CopyInterrupted, CopyRefused, type CopyRefusal } from './copy-refused';
export { bulkInto, PostgresBulkSink, type BulkSink } from './bulk-sink';
export { sinkInto, type CopySink } from './copy-sink';
export { PostgresCopySink } from './postgres-copy-sink';
