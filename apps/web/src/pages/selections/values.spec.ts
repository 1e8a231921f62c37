import type { FieldSpec, Values } from '../finding/actions/fields';
import { STEPS, type StepForm } from './steps';
import { valuesOf } from './values';

jest.mock('../../api/generated/sdk.gen', () => ({}), { virtual: true });

/** Something for each field, as people might enter it. */
const entered = (field: FieldSpec): Values[string] => {
  switch (field.kind) {
    case 'date':
      return '2020-07-20';
    case 'choice':
      return field.options[0]?.value ?? '';
    case 'checks':
      return field.options.map(({ value }) => value);
    case 'rows':
      return [Object.fromEntries(field.columns.map((column) => [column.name, `${column.name} 的内容`]))];
    case 'unit':
    case 'finding':
      return 'dazeshan';
    default:
      return `${field.name} 的内容`;
  }
};

describe('The form of an exception', () => {
  it.each(Object.entries(STEPS) as [string, StepForm][])(
    'of %s begins with what was said of all, and says the same again',
    (_, { fields, data }) => {
      const values = Object.fromEntries(fields().map((field) => [field.name, entered(field)]));
      expect(data(valuesOf(data(values)))).toStrictEqual(data(values));
    },
  );
  it('knows what remains of what is basically complete, and why the office enters something late', () => {
    const progress = { text: '进展', basicallyComplete: { remains: '验收', by: '2020-08-01' } };
    expect(STEPS.RecordProgress.data(valuesOf(progress))).toStrictEqual(progress);
    const late = { lateEntry: { documentNumber: '平督〔2020〕1号', reason: '纸质' } };
    expect(STEPS.SignLeg.data(valuesOf(late))).toStrictEqual(late);
    const sentBack = { passed: false, reason: '没有佐证' };
    expect(STEPS.FirstReviewLeg.data(valuesOf(sentBack))).toStrictEqual(sentBack);
  });
});
