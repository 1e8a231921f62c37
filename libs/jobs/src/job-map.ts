/** What a job of each queue carries: ids only, a few hundred bytes at most; everything else is read when it runs. */
export type JobMap = {
  /** A knock at a deadline of a finding. `before` counts working days ahead of the due time, 0 for the due time itself. */
  deadlines: Readonly<{ findingId: string; key: string; dueAt: string; before: number; knockAt: string }>;
};

export type QueueName = keyof JobMap;

export const QUEUE_NAMES = ['deadlines'] as const satisfies readonly QueueName[];
