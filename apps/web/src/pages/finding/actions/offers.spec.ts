import type { Offer } from './fields';
import { reasonsOf, sorted } from './offers';

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

  it('says each reason once, what belongs to other posts last', () => {
    const refused = (command: Offer['command'], code: string, zh: string): Offer => ({
      command,
      legId: 'T',
      allowed: false,
      refusal: { code, zh, en: '' },
    });
    const told = reasonsOf([
      refused('PassLeg', 'not-yours', '不归您'),
      refused('SignForLeg', 'nothing-to-do', '已办过'),
      refused('VerifyFinding', 'not-yours', '不归您'),
    ]);
    expect(told.map(([reason, offers]) => [reason, offers.map(({ command }) => command)])).toStrictEqual([
      ['已办过', ['SignForLeg']],
      ['不归您', ['PassLeg', 'VerifyFinding']],
    ]);
  });
});
