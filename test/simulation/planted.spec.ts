import { Apart } from './apart';
import type { Fault } from './faults';
import type { Violation } from './oracle';
import { simulate } from './simulate';

const FINDINGS = 30;
/** Units on the list. */
const LISTED = 8;
/** Years after which a fault must have shown; most show in the first. */
const WITHIN = 4;

type Planted = Readonly<{ fault: Fault; found: Violation['kind']; findings?: number; ladder?: boolean; listed?: number }>;
const PLANTED: readonly Planted[] = [
  { fault: 'forgets what is overdue', found: 'missed' },
  { fault: 'does not arm again what the queue has lost', found: 'missed' },
  { fault: 'does what a knock asks for as often as it comes', found: 'twice' },
  { fault: 'obeys a knock before its time', found: 'early' },
  { fault: 'reminds of a due time that holds no longer', found: 'stale', findings: 120 },
  { fault: 'takes the time from the machine it runs on', found: 'early' },
  { fault: 'passes over a rung', found: 'missed', ladder: true },
  { fault: 'proposes a rung before its day', found: 'early', ladder: true },
  { fault: 'proposes a rung again that it proposed', found: 'twice', ladder: true },
  { fault: 'forgets a report that was due while nobody looked', found: 'missed', findings: 0, listed: 2 },
  { fault: 'says nothing of a missed report', found: 'missed', findings: 0, listed: LISTED },
  { fault: 'counts a report as missed a day before its time', found: 'early', findings: 0, listed: LISTED },
  { fault: 'takes the time from the machine it runs on', found: 'early', findings: 0, listed: LISTED },
  { fault: 'asks for reports while nobody can say what time it is', found: 'early', findings: 0, listed: LISTED },
  { fault: 'counts the days until a report by another calendar', found: 'early', findings: 0, listed: LISTED },
  { fault: 'asks for the same report again', found: 'twice', findings: 0, listed: LISTED },
  { fault: 'counts a report as missed that was given in time', found: 'stale', findings: 0, listed: LISTED },
];

describe('The oracle of the year', () => {
  const apart = new Apart();
  afterAll(() => apart.end());

  it.each(PLANTED)('finds a worker that $fault', async ({ fault, found, findings = FINDINGS, ladder = false, listed = 0 }) => {
    const seen = new Set<Violation['kind']>();
    for (let seed = 1; seed <= WITHIN && !seen.has(found); seed += 1) {
      const { violations } = await apart.simulate({ seed, findings, fault, ladder, listed });
      for (const { kind } of violations) seen.add(kind);
    }
    expect([...seen]).toContain(found);
  });

  it('gives the same year for the same seed, here and in another thread', async () => {
    const measure = { seed: 12, findings: 10, ladder: true, listed: 2 };
    expect(await simulate(measure)).toStrictEqual(await apart.simulate(measure));
  });
});
