export type { Policy, Projection } from './projection';
export { createDataSource, runMigrations, type ReadStoreOptions } from './data-source';
export { ReadStoreModule } from './read-store.module';
export { MIGRATIONS } from './migrations';
