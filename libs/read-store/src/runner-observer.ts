import { Logger } from '@nestjs/common';

/** What the runners tell about themselves: for logs, alarms and metrics. Names, positions and kinds of errors only, never data. */
export type RunnerObserver = Readonly<{
  /** A projection took `events` events and stands at `position`. */
  applied: (reader: string, events: number, position: bigint) => void;
  /** A reader stands still before the event at `position`; the others go on. */
  stopped: (reader: string, position: bigint, error: unknown) => void;
  /** A policy's command was refused by the rules of the field; the event counts as dealt with. */
  refused: (policy: string, position: bigint, code: string) => void;
  /** The store or the database could not be reached; the runner tries again. */
  unavailable: (error: unknown) => void;
}>;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

export const loggingObserver = (): RunnerObserver => {
  const logger = new Logger('Readers');
  return {
    applied: () => undefined,
    stopped: (reader, position, error) =>
      logger.error(`${reader} stopped before the event at ${position}: ${nameOf(error)}`, error instanceof Error ? error.stack : undefined),
    refused: (policy, position, code) => logger.warn(`${policy}: the command for the event at ${position} was refused: ${code}`),
    unavailable: (error) => logger.warn(`readers wait for the store or the database: ${nameOf(error)}`),
  };
};
