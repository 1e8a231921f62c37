/** The part of `process` that this needs; a parameter so that it can be tried without ending the test. */
type Link = Pick<NodeJS.Process, 'connected' | 'send' | 'on' | 'exit'>;

/**
 * Ties a process to whoever started it: `stop` runs once, on SIGTERM, on SIGINT, or when the launcher is gone
 * (its channel closes, a `kill -9` included), and then the process ends. Call it first thing in a process.
 */
export const stopWithLauncher = (stop: () => Promise<void>, link: Link = process): void => {
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => link.exit(0),
      () => link.exit(1),
    );
  };
  link.on('SIGTERM', end);
  link.on('SIGINT', end);
  link.on('disconnect', end);
  // False, unlike undefined, means that there was a launcher and it went while this process was still starting.
  if (link.connected === false) end();
};

/** A log that cannot be written, because its disk is full, must not end the process that wants to write it. */
export const surviveFullLog = (outputs: readonly Pick<NodeJS.WriteStream, 'on'>[] = [process.stdout, process.stderr]): void => {
  for (const output of outputs) output.on('error', () => undefined);
};

/** Tells the launcher that this process does its work now. Without a launcher it does nothing. */
export const announceReady = (link: Link = process): void => {
  if (link.connected) link.send?.({ type: 'ready' });
};
