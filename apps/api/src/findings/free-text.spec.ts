import { ProblemError } from '../platform/problem';
import { withoutPersonalNumbers } from './free-text';

const PHONE = '13800005678';
const asked = (body: unknown): unknown => {
  try {
    return withoutPersonalNumbers(body, false);
  } catch (error) {
    return error instanceof ProblemError ? error.extensions['found'] : error;
  }
};

describe('Personal numbers in what is typed', () => {
  it('are asked about wherever they stand, names of sources and projects included', () => {
    const where = [{ text: PHONE }, { source: { kind: 'upper', name: PHONE } }, { subject: { kind: 'project', name: PHONE } }];
    expect(where.map((body) => (asked(body) as { field: string }[]).map(({ field }) => field))).toStrictEqual([
      ['text'],
      ['source.name'],
      ['subject.name'],
    ]);
  });

  it('belong into the fields that are sealed, and ids are none', () => {
    const body = {
      subject: { kind: 'household', name: `王大海${PHONE}`, phone: PHONE },
      to: '13800005-6781-4222-8333-444455556666',
      login: PHONE,
    };
    expect(asked(body)).toStrictEqual(body);
  });

  it('are masked once the writer confirms', () => {
    expect(withoutPersonalNumbers({ text: `电话${PHONE}。` }, true)).toStrictEqual({ text: '电话138****5678。' });
  });
});
