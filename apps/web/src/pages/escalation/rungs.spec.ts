import { missing, rungsAsked } from './rungs';

describe('What an address asks of the rungs', () => {
  it('is what it knows, and nothing else', () => {
    expect(rungsAsked(new URLSearchParams('state=issued&rung=interview&shown=unanswered&x=1'))).toStrictEqual({
      state: 'issued',
      rung: 'interview',
      unanswered: 'true',
    });
    expect(rungsAsked(new URLSearchParams('shown=mine'))).toStrictEqual({ mine: 'true' });
    expect(rungsAsked(new URLSearchParams('state=gone&rung=all&shown=1'))).toStrictEqual({});
  });

  it('has a word for what a form lacks', () => {
    expect([missing('', '理由'), missing(' ', '理由'), missing([], '对象'), missing('有', '理由')]).toStrictEqual([
      '请填写理由。',
      '请填写理由。',
      '请填写对象。',
      null,
    ]);
  });
});
