export { flakyProxy, type FlakyProxy } from './flaky-proxy';
export { makeCertificates, type MadeCertificates } from './make-certificates';
export { specFor } from './spec-for';
export { emptyDatabase, forgetEvents, freshDatabase, type FreshDatabase } from './fresh-database';
export { freePort, occupyPort } from './ports';
export { EVENT_METADATA } from './event-metadata';
export { VirtualClock } from './virtual-clock';
export { waitUntil } from './wait-until';
