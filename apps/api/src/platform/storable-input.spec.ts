import { fileNameOf } from './form';
import { mustBeStorable } from './storable-input';

const codeOf = (value: unknown): unknown => {
  try {
    mustBeStorable(value);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};
const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);

describe('Input that can be stored', () => {
  it('is any text of whole characters, numbers, nothing at all', () => {
    for (const value of ['危房', '𠮷👨‍👩‍👧', '', 1, null, undefined, true, { a: ['b'] }, Buffer.from([0])]) expect(codeOf(value)).toBe(null);
  });

  it('holds no NUL and no half of a character, in values or in names of fields, however deep', () => {
    for (const bad of ['\u0000', '危\ud800房', '\udc00'])
      for (const value of [bad, [bad], { a: { b: [bad] } }, { [bad]: 1 }]) expect(codeOf(value)).toBe('text-unstorable');
  });

  it('is not nested without end', () => {
    expect([codeOf(nested(32)), codeOf(nested(33)), codeOf(nested(5_000))]).toStrictEqual([null, 'nested-too-deep', 'nested-too-deep']);
  });
});

describe('A file name', () => {
  it('leads nowhere, shows all it holds, and is cut between characters', () => {
    expect(['../a/b.png', '..\\b.png', '\u202Egnp.exe', 'a\u0000b\r\n.png'].map(fileNameOf)).toStrictEqual([
      '.._a_b.png',
      '.._b.png',
      '_gnp.exe',
      'a_b__.png',
    ]);
    expect(fileNameOf(`${'𠮷'.repeat(200)}.png`)).toBe(`${'𠮷'.repeat(116)}.png`);
  });
});
