import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Clock, instant, instantFromMs, msOf, type Instant } from '@app/kernel';
import { z } from 'zod';

export class SystemClock extends Clock {
  now(): Instant {
    return instantFromMs(Date.now());
  }
}

const scenarioFile = z.strictObject({
  /** Scenario time at the moment `startedAt`. */
  base: z.string().transform(instant),
  /** Real time from which the scenario ticks on. */
  startedAt: z.string().transform(instant),
});
export type Scenario = z.output<typeof scenarioFile>;
export const scenarioPath = (dataDir: string): string => path.join(dataDir, 'scenario.json');

/** The demo's clock (R20): lives in the scenario's days and ticks on in real seconds. */
export class ScenarioClock extends Clock {
  constructor(
    private readonly scenario: Scenario,
    private readonly real: Clock = new SystemClock(),
  ) {
    super();
  }
  now(): Instant {
    return instantFromMs(msOf(this.scenario.base) + msOf(this.real.now()) - msOf(this.scenario.startedAt));
  }
  override isSure(): boolean {
    return this.real.isSure();
  }
}

/** Null on every instance that was not made by the demo: only the seed writes the file, no route and no setting leads to it. */
export const readScenario = (dataDir: string): Scenario | null => {
  let text: string;
  try {
    text = readFileSync(scenarioPath(dataDir), 'utf8');
  } catch {
    return null;
  }
  return scenarioFile.parse(JSON.parse(text));
};

/** `real` ticks: the machine's own where nothing better is known. */
export const clockOf = (dataDir: string, real: Clock = new SystemClock()): Clock => {
  const scenario = readScenario(dataDir);
  return scenario === null ? real : new ScenarioClock(scenario, real);
};
