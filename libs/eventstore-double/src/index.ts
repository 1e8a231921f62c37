export type { DoubleOptions, RunningDouble } from './server/double-options';
export { NO_FAULTS, type Fault, type Faults } from './faults/faults';
export { startDouble } from './server/start-double';
