/** `array` is an array of text, `json` any jsonb; everything else is written as it reads. */
export type CopyColumn = Readonly<{ name: string; kind: 'plain' | 'array' | 'json' }>;
export type CopyTable = Readonly<{ name: string; columns: readonly CopyColumn[] }>;
type Encode = (row: Readonly<Record<string, unknown>>) => string;

const NULL = '\\N';
const UNSAFE = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (text: string): string => (UNSAFE.test(text) ? text.replace(/[\\\t\n\r]/g, (c) => ESCAPES[c] ?? c) : text);

/** Of a scalar; an object in a column that takes none is a mistake of whoever made the row. */
const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  throw new RangeError('neither text nor number nor truth value');
};

const UNSAFE_ELEMENT = /["\\]/;
const element = (value: unknown): string => {
  if (value === null || value === undefined) return 'NULL';
  const text = textOf(value);
  return `"${UNSAFE_ELEMENT.test(text) ? text.replace(/["\\]/g, (c) => `\\${c}`) : text}"`;
};

const plain = (value: unknown): string => {
  if (value === null || value === undefined) return NULL;
  return escaped(textOf(value));
};
const array = (value: unknown): string => (Array.isArray(value) ? escaped(`{${value.map(element).join(',')}}`) : NULL);
const json = (value: unknown): string => (value === null || value === undefined ? NULL : escaped(JSON.stringify(value)));
const ENCODERS = { plain, array, json } as const satisfies Record<CopyColumn['kind'], (value: unknown) => string>;

/** One line of PostgreSQL's own text format, its end included. A column that the row does not have is null. */
export const copyLine = ({ columns }: CopyTable): Encode => {
  const parts = columns.map(({ name, kind }) => [name, ENCODERS[kind]] as const);
  return (row) => {
    let [line, before] = ['', ''];
    for (const [name, encode] of parts) {
      line += before + encode(row[name]);
      before = '\t';
    }
    return `${line}\n`;
  };
};
