export type { Policy, Projection } from './projection';
