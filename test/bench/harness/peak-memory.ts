import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What an earlier run and its check left behind is no part of the next one. */
const tidyUp = (): void => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
};

/** Begins to watch the memory of this process; what comes back says its peak since then, MB, all threads included. */
export const watchMemory = (): (() => number) => {
  tidyUp();
  try {
    // Linux keeps the peak of the resident set and forgets it when told so.
    writeFileSync('/proc/self/clear_refs', '5');
    return () => Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
  } catch {
    // Elsewhere the peak since the process began stands in for it.
    return () => process.resourceUsage().maxRSS / 1024;
  }
};
