export { flakyProxy, type FlakyProxy } from './flaky-proxy';
export { specFor } from './spec-for';
export { emptyDatabase, forgetEvents, freshDatabase, type FreshDatabase } from './fresh-database';
export { VirtualClock } from './virtual-clock';
export { waitUntil } from './wait-until';
