import words from '../../../i18n/zh/words.json';
import type { FindingsReadingDetailResponse } from '../../../api/generated/types.gen';
import { isTouched } from './faults';
import { draftOf, dropDraft, keepDraft } from './drafts';
import { firstValues, FORMS, hasForm, type FormCommand } from './registry';

jest.mock('../../../api/generated/sdk.gen', () => ({}), { virtual: true });

const finding = {
  findingId: 'f',
  text: '旧房未拆',
  basis: null,
  suggestedMeasure: null,
  seriousness: 'ordinary',
  evidence: [
    { evidenceId: 'b', phase: 'before', removed: false, legId: null },
    { evidenceId: 'a', phase: 'after', removed: false, legId: 'T' },
    { evidenceId: 's', phase: 'document', removed: false, legId: 'S' },
    { evidenceId: 'x', phase: 'after', removed: true, legId: 'T' },
  ],
  legs: [],
  items: [{ itemId: '1', answer: 'open', basis: null }],
  stages: [],
  instructions: [],
  team: { id: 't' },
} as unknown as FindingsReadingDetailResponse;
const at = { finding, legId: 'T' };

describe('The forms of commands', () => {
  it('are called by the words of the field', () => {
    const called: Readonly<Record<string, string>> = words;
    expect(Object.keys(FORMS).filter((command) => called[`command.${command}`] === undefined)).toStrictEqual([]);
    expect(hasForm('TransferFinding')).toBe(false);
  });

  it('begin with what is known, and a report with the proof of its own leg', () => {
    expect(firstValues('ReportLeg', at)['evidence']).toStrictEqual(['a']);
    expect(firstValues('CorrectFinding', at)).toStrictEqual({ text: '旧房未拆', basis: '', suggestedMeasure: '', seriousness: 'ordinary' });
    expect(firstValues('AnswerItems', at)).toStrictEqual({ answers: [{ itemId: '1', answer: '', basis: '' }] });
  });

  it('lead every decision that the server wants to rest on what was seen', () => {
    const decisions: readonly FormCommand[] = [
      'RuleOnReturn',
      'RecordJointRuling',
      'GrantExtension',
      'RefuseExtension',
      'GrantPause',
      'RefusePause',
      'PassLeg',
      'SendLegBack',
      'VerifyFinding',
      'ClearFinding',
      'RevokeClearance',
      'PassStage',
    ];
    expect(decisions.filter((command) => FORMS[command].rests !== true)).toStrictEqual([]);
  });

  it('keep what was typed for who typed it, until it is sent or dropped', () => {
    const key = { personId: 'p', findingId: 'f', command: 'ReportLeg', legId: 'T' };
    keepDraft(key, { text: '完成' });
    expect(draftOf(key)).toStrictEqual({ text: '完成' });
    expect(draftOf({ ...key, personId: 'q' })).toBe(null);
    expect(isTouched({ text: '完成' }, {})).toBe(true);
    dropDraft(key);
    expect(draftOf(key)).toBe(null);
  });
});
