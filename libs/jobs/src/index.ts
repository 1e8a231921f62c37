export { createJobs } from './bullmq-jobs';
export type { JobsOptions } from './connections';
export { QUEUE_NAMES, type JobMap, type QueueName } from './job-map';
export { JobsModule } from './jobs.module';
export { Jobs, JobsUnavailable, type JobHandler, type JobToAdd, type Pulse, type RunningJob } from './jobs.port';
export type { JobsTiming } from './timing';
