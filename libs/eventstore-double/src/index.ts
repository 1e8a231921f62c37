export type { DoubleOptions, RunningDouble } from './server/double-options';
export { NO_FAULTS, type Fault, type Faults } from './faults/faults';
export { faultyProxy, type Direction, type FaultyProxy } from './faults/faulty-proxy';
export { seededFaults, type FaultRates, type SeededFaults } from './faults/seeded-faults';
export { DoubleRefused } from './server/double-refused';
export { startDouble } from './server/start-double';
