import fc from 'fast-check';
import { maskBankCard, maskIdNumber, maskName, maskPhone } from './masks';
import { detectPersonal, isBankCard, isIdNumber, redact } from './personal-numbers';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const idNumber = (first17: string): string =>
  first17 + ('10X98765432'[[...first17].reduce((s, d, i) => s + Number(d) * (WEIGHTS[i] ?? 0), 0) % 11] ?? '');
const luhn = (body: string): string => {
  const sum = [...body].reverse().reduce((s, d, i) => {
    const n = Number(d) * (i % 2 === 0 ? 2 : 1);
    return s + (n > 9 ? n - 9 : n);
  }, 0);
  return body + String((10 - (sum % 10)) % 10);
};
const fullWidth = (text: string): string => text.replace(/[0-9X]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const ID = idNumber('37028319600101123');
const CARD = luhn('622202380300123456');
const PHONE = '13800005678';
const kinds = (text: string): string[] => detectPersonal(text).map((n) => n.kind);

const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
const anyId = fc
  .tuple(
    fc.constantFrom('370283', '110101', '650102'),
    fc.date({ min: new Date('1900-01-02'), max: new Date('2020-12-30'), noInvalidDate: true }),
    digits(3, 3),
  )
  .map(([region, born, order]) => idNumber(`${region}${born.toISOString().slice(0, 10).replaceAll('-', '')}${order}`));
const anyPhone = fc.tuple(fc.constantFrom(...'3456789'), digits(9, 9)).map(([second, rest]) => `1${second}${rest}`);
const anyCard = digits(13, 16).map((rest) => luhn(`62${rest}`));
const anyNumber = fc.oneof(anyId, anyPhone, anyCard);
/** Text without digits at its edges, as words around a number have none. */
const words = fc.string({ unit: fc.constantFrom(...'平度市户主电话身份证：，。（）房屋abc'), maxLength: 12 });

describe('personal numbers', () => {
  it.each([
    [`户主身份证${ID}，危房`, ['id-number']],
    [`电话：${PHONE}`, ['phone']],
    [`卡号${CARD}。`, ['bank-card']],
    [fullWidth(`电话${PHONE}`), ['phone']],
    [fullWidth(ID), ['id-number']],
    ['138 0000 5678', ['phone']],
    ['138-0000-5678', ['phone']],
    [`+86${PHONE}`, ['phone']],
    [`0086 ${PHONE}`, ['phone']],
    [`${ID.slice(0, 6)} ${ID.slice(6, 14)} ${ID.slice(14)}`, ['id-number']],
    [`${PHONE} 13900001234`, ['phone', 'phone']],
    [`${PHONE}、${ID}`, ['phone', 'id-number']],
    ['370283600101123', ['id-number']],
    [`照片_${PHONE}_1.jpg`, ['phone']],
    ['', []],
    ['共222156户393151人', []],
    ['2020年4月21日', []],
    ['问清〔2020〕3号', []],
    ['QL-2020-000123', []],
    ['0532-88361234', []],
    ['20200421093015123', []],
    ['12800005678', []],
  ])('in %j are found', (text, found) => expect(kinds(text)).toStrictEqual(found));

  it('need a true check digit and a true day', () => {
    expect(isIdNumber(ID)).toBe(true);
    expect(isIdNumber(ID.slice(0, 17) + (ID.endsWith('1') ? '2' : '1'))).toBe(false);
    expect(isIdNumber(idNumber('37028319600230123'))).toBe(false);
    expect(isIdNumber(idNumber('99028319600101123'))).toBe(false);
    expect(isBankCard(CARD)).toBe(true);
    expect(isBankCard(`${CARD.slice(0, -1)}${String((Number(CARD.at(-1)) + 1) % 10)}`)).toBe(false);
  });

  it('are masked so that nobody can be looked up by what is left', () => {
    expect(maskName('王小明')).toBe('王**');
    expect(maskName(' 欧阳某某 ')).toBe('欧**');
    expect(maskName('')).toBe('');
    expect(maskIdNumber('370283196001011234')).toBe('370***********1234');
    expect(maskPhone(PHONE)).toBe('138****5678');
    expect(maskBankCard('6222023803001234563')).toBe('6222***********4563');
    expect(maskPhone('12345')).toBe('*****');
  });

  it('are replaced in place, the words around them untouched', () =>
    expect(redact(`户主${ID}电话 138 0000 5678，危房`)).toBe(`户主${maskIdNumber(ID)}电话 138****5678，危房`));

  it('are found wherever they stand, in either width, at the right offsets', () => {
    fc.assert(
      fc.property(words, anyNumber, words, fc.boolean(), (before, number, after, wide) => {
        const written = wide ? fullWidth(number) : number;
        const found = detectPersonal(`${before}${written}${after}`);
        expect(found).toHaveLength(1);
        expect(found[0]).toMatchObject({ start: before.length, end: before.length + written.length });
      }),
    );
  });

  it('are gone after redaction, whatever the text, and redacting twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(words, anyNumber), { maxLength: 6 }), (parts) => {
        const once = redact(parts.join('、'));
        expect(detectPersonal(once)).toStrictEqual([]);
        expect(redact(once)).toBe(once);
      }),
    );
  });

  it('leave text without long numbers as it is', () => {
    fc.assert(
      fc.property(words, digits(0, 10), words, (a, number, b) => {
        expect(redact(a + number + b)).toBe(a + number + b);
      }),
    );
  });
});
