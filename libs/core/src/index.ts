export { clockOf, readScenario, ScenarioClock, scenarioPath, SystemClock, type Scenario } from './clocks';
export { CoreModule, eventStoreOf } from './core.module';
export { databaseUrlOf } from './database-url';
export { CODEC, EVENT_TYPES } from './event-types';
export { Readers } from './readers';
export { PROJECTIONS, ReadersModule } from './readers.module';
export { RegisterNumbers } from './register-numbers';
export { SteadyClock, type ClockState } from './steady-clock';
export { StoreGuard } from './store-guard';
