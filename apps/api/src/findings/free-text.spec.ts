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

  it('are not seen in the hash of a file', () => {
    const body = { sha256: `6222021234567890128${'ab'.repeat(22)}c`, of: [`a${PHONE}${'b'.repeat(52)}`] };
    expect(body.sha256).toHaveLength(64);
    expect(body.of[0]).toHaveLength(64);
    expect(asked({ text: body.sha256.slice(0, 19) })).toStrictEqual([{ field: 'text', kind: 'bank-card', masked: expect.any(String) }]);
    expect(asked(body)).toStrictEqual(body);
  });

  it('are masked once the writer confirms', () => {
    expect(withoutPersonalNumbers({ text: `电话${PHONE}。` }, true)).toStrictEqual({ text: '电话138****5678。' });
  });
});
