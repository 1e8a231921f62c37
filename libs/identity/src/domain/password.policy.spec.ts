import { weaknessOf } from './password.policy';

describe('a password', () => {
  it.each([
    ['short', 'password-too-short'],
    ['一二三四五六七八九', 'password-too-short'],
    ['x7'.repeat(101), 'password-too-long'],
    ['li.ming-2020-x', 'password-is-login'],
    ['Password1234', 'password-common'],
    ['qwertyuiop!!', 'password-common'],
    ['1234567890', 'password-common'],
    ['8204719365', 'password-common'],
    ['abcdefghij', 'password-common'],
    ['ababababab', 'password-common'],
    ['大泽山的葡萄七月才甜', null],
    ['kaf7-mqt2-xw9p', null],
  ])('%s is judged %s', (password, weakness) => expect(weaknessOf(password, 'li.ming')).toBe(weakness));
});
