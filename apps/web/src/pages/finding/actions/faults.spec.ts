jest.mock('../../../api/generated/sdk.gen', () => ({}), { virtual: true });

import type { FindingsReadingDetailResponse } from '../../../api/generated/types.gen';
import { askedFields, faultsOf } from './faults';
import type { FieldSpec, Values } from './fields';
import { FORMS } from './registry';

const evidence = [
  { evidenceId: 'b', phase: 'before', removed: false },
  { evidenceId: 'a', phase: 'after', removed: false },
] as unknown as FindingsReadingDetailResponse['evidence'];
const finding = {
  findingId: 'f',
  evidence,
  legs: [],
  items: [],
  stages: [],
  instructions: [],
  team: { id: 't' },
} as unknown as FindingsReadingDetailResponse;
const fieldsOf = (command: keyof typeof FORMS): readonly FieldSpec[] => FORMS[command].fields({ finding, legId: 'T' });
const missing = (command: keyof typeof FORMS, values: Values): readonly string[] =>
  Object.keys(faultsOf(fieldsOf(command), values, evidence));

describe('What a form asks before it sends', () => {
  it('is everything the command needs, with proof that is not from before', () => {
    const told = { measures: '拆除', effect: '已拆', text: '完成', completedOn: '2020-07-08' };
    expect(missing('ReportLeg', {})).toStrictEqual(['measures', 'effect', 'text', 'completedOn', 'evidence']);
    expect(missing('ReportLeg', { ...told, evidence: ['b'] })).toStrictEqual(['evidence']);
    expect(missing('ReportLeg', { ...told, evidence: ['b', 'a'] })).toStrictEqual([]);
  });

  it('asks on only where an answer calls for it', () => {
    const names = (values: Values): readonly string[] => askedFields(fieldsOf('RuleOnReturn'), values).map(({ name }) => name);
    expect(names({ ruling: 'stays' })).toStrictEqual(['ruling', 'reason']);
    expect(names({ ruling: 'moved' })).toStrictEqual(['ruling', 'toUnitId', 'reason']);
    expect(names({ ruling: 'untrue' })).toStrictEqual(['ruling', 'reason', 'teamNote']);
    expect(missing('RecordProgress', { text: '已开工', basically: 'yes' })).toStrictEqual(['remains', 'by']);
    expect(missing('RecordProgress', { text: '已开工' })).toStrictEqual([]);
  });

  it('wants the basis of an item that is untrue or cannot be done, and nothing of those left out', () => {
    const answers = (...rows: readonly Readonly<Record<string, string>>[]): Values => ({ answers: rows });
    expect(missing('AnswerItems', answers({ itemId: '1', answer: '' }))).toStrictEqual(['answers']);
    expect(missing('AnswerItems', answers({ itemId: '1', answer: 'cannot', basis: '' }))).toStrictEqual(['answers']);
    expect(missing('AnswerItems', answers({ itemId: '1', answer: 'done' }, { itemId: '2', answer: '' }))).toStrictEqual([]);
  });

  it('names the row that is incomplete', () => {
    const stages = { stages: [{ text: '清淤', checkOn: '2020-09-01' }, { text: '绿化' }], reason: '汛期' };
    expect(faultsOf(fieldsOf('RescheduleStages'), stages, evidence)).toStrictEqual({ stages: '第 2 行没有填全。' });
  });
});
