import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { msOf } from '@app/kernel';
import { clockOf, ScenarioClock, scenarioPath, SystemClock } from './clocks';

describe('The clock of an instance (R20)', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'ql-clock-'))));
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('is the machine’s, whatever the environment says, where no scenario was loaded', () => {
    process.env['SCENARIO_CLOCK'] = '2020-07-17T10:00:00.000Z';
    try {
      const clock = clockOf(dataDir);
      expect(clock).toBeInstanceOf(SystemClock);
      expect(Math.abs(msOf(clock.now()) - Date.now())).toBeLessThan(60_000);
    } finally {
      delete process.env['SCENARIO_CLOCK'];
    }
  });

  it('is the scenario’s where one was loaded, and ticks on from there', () => {
    const startedAt = new Date(Date.now() - 3_600_000).toISOString();
    writeFileSync(scenarioPath(dataDir), JSON.stringify({ base: '2020-07-17T10:00:00.000Z', startedAt }));
    const clock = clockOf(dataDir);
    expect(clock).toBeInstanceOf(ScenarioClock);
    expect(clock.now().slice(0, 13)).toBe('2020-07-17T11');
  });

  it('is never guessed from a damaged scenario', () => {
    writeFileSync(scenarioPath(dataDir), '{"base":"2020-07-17T10:00:00.000Z"}');
    expect(() => clockOf(dataDir)).toThrow();
  });
});
