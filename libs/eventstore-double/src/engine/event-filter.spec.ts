import type { LogRecord } from '../storage/log-storage';
import { eventFilter, toRegExp, UnsupportedPattern } from './event-filter';

const record = (stream: string, type: string): LogRecord => ({
  id: '00000000-0000-4000-8000-000000000000',
  stream,
  type,
  contentType: 'application/json',
  data: Buffer.alloc(0),
  metadata: Buffer.alloc(0),
  created: 0n,
  revision: 0n,
  position: 1n,
});

describe('A filter', () => {
  it('takes streams and types by any of its prefixes', () => {
    const streams = eventFilter({ on: 'stream', regex: '', prefixes: ['issue-', 'person-'] });
    expect(['issue-1', 'person-1', 'unit-1', 'an-issue-1'].map((name) => streams(record(name, 'issue-')))).toStrictEqual([
      true,
      true,
      false,
      false,
    ]);
    const types = eventFilter({ on: 'type', regex: '', prefixes: ['Issue'] });
    expect([types(record('x', 'IssueClosed')), types(record('Issue', 'Closed'))]).toStrictEqual([true, false]);
  });

  it('goes by its pattern where it has one', () => {
    const noSystemEvents = eventFilter({ on: 'type', regex: '^[^$].*', prefixes: ['$'] });
    expect(['Noted', '$metadata', '$>'].map((type) => noSystemEvents(record('s', type)))).toStrictEqual([true, false, false]);
  });

  it.each([
    ['^[0-9]*_regex_filter_[A-z]*$', '12_regex_filter_a', true],
    ['整改|问题', '隐患整改', true],
    ['^(?:a|b)-(?=1)', 'b-1', true],
    [String.raw`^\p{Lu}`, 'Ä', true],
    [String.raw`^(?<kind>\w+)\-\d+$`, 'issue-7', true],
    [String.raw`\\A`, String.raw`\A`, true],
    ['^a$', 'ab', false],
  ])('reads %s as .NET does', (pattern, name, matches) => {
    expect(toRegExp(pattern).test(name)).toBe(matches);
  });

  it.each([
    [String.raw`\Aissue`],
    [String.raw`issue\Z`],
    [String.raw`issue\z`],
    ['(?i)issue'],
    ['(?i:issue)'],
    ['(?-s)issue'],
    ['(?>issue)'],
    ['(?#a comment)'],
    ["(?'name'a)"],
    ['(?<a-b>c)'],
    ['(?(a)b|c)'],
    ['[a-z-[aeiou]]'],
    [String.raw`\p{IsGreek}`],
    ['('],
    ['[z-a]'],
  ])('refuses %s, which JavaScript would not read so', (pattern) => {
    expect(() => toRegExp(pattern)).toThrow(UnsupportedPattern);
  });
});
