export { clockOf, readScenario, ScenarioClock, scenarioPath, SystemClock, type Scenario } from './clocks';
export { CoreModule } from './core.module';
export { databaseUrlOf } from './database-url';
