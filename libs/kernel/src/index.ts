export * from './brand';
export * from './decider';
export * from './domain-error';
export * from './time';
export * from './deterministic-id';
export * from './actor';
export * from './seeded-random';
