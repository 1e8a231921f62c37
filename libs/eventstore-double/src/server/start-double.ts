import type { DoubleOptions, RunningDouble } from './double-options';

/** Errors: when the port is taken, the certificates cannot be read, or another double holds the database. */
export const startDouble = async (options: DoubleOptions = {}): Promise<RunningDouble> => {
  throw new Error(`not there yet: ${String(options.port)}`);
};
