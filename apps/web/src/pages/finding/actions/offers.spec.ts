import type { Offer } from './fields';
import { sorted } from './offers';

const offer = (command: Offer['command'], allowed: boolean, legId: string | null = null): Offer => ({
  command,
  legId,
  allowed,
  refusal: allowed ? null : { code: 'not-yours', zh: '', en: '' },
});

describe('What may be done now', () => {
  it('is told with what moves the finding first, and what may not be done apart', () => {
    const { main, more, refused } = sorted([
      offer('AddEvidence', true),
      offer('RecordProgress', true, 'T'),
      offer('ReportLeg', true, 'T'),
      offer('SignForLeg', true, 'T'),
      offer('PassLeg', false, 'T'),
      offer('AddComment', true),
    ]);
    expect(main.map(({ command }) => command)).toStrictEqual(['SignForLeg', 'ReportLeg']);
    expect(more.map(({ command }) => command)).toStrictEqual(['RecordProgress', 'AddEvidence']);
    expect(refused.map(({ command }) => command)).toStrictEqual(['PassLeg']);
  });
});
