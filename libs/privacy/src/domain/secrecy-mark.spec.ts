import { secrecyMark } from './secrecy-mark';

describe('a mark of secrecy', () => {
  it.each([
    ['秘密★1年', '秘密'],
    ['机 密 ★ 长期', '机密'],
    ['绝密★', '绝密'],
    ['秘　密☆１０年', '秘密'],
    ['密级：机密', '机密'],
    ['密级 绝密', '绝密'],
    ['机密 5年', '机密'],
    ['第一行\n秘密10年', '秘密'],
    ['特急 绝密★30年', '绝密'],
    ['内部文件', null],
    ['内部资料 注意保存', null],
    ['不得泄露商业秘密', null],
    ['应当保守秘密3年', null],
    ['保守国家秘密法', null],
    ['秘密', null],
    ['★重点户', null],
    ['', null],
  ])('in %j reads %s (R39)', (text, mark) => expect(secrecyMark(text)).toBe(mark));
});
