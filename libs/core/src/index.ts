export { clockOf, readScenario, ScenarioClock, scenarioPath, SystemClock, type Scenario } from './clocks';
export { CoreModule, eventStoreOf } from './core.module';
export { databaseUrlOf } from './database-url';
export { CODEC, EVENT_TYPES } from './event-types';
export { Readers } from './readers';
export { PROJECTIONS, ReadersModule } from './readers.module';
export { StoreGuard } from './store-guard';
