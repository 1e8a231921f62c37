import type { LogRecord } from '../storage/log-storage';

export type EventFilter = (record: LogRecord) => boolean;

export class UnsupportedPattern extends Error {}

/** What .NET reads in a pattern and JavaScript does not, or reads otherwise. */
const FOREIGN = [
  /\\[AZzGae]/, // anchors and characters
  /\(\?[a-zA-Z]*-?[a-zA-Z]*[:)](?<!\(\?:)/, // options within the pattern
  /\(\?>/, // atomic groups
  /\(\?#/, // comments
  /\(\?'/, // names in quotes
  /\(\?<[A-Za-z_]\w*-|\(\?<-/, // balancing groups
  /\(\?\(/, // conditions
  /\[[^\]]*-\[/, // subtraction of classes
  /\\p\{Is/, // blocks of Unicode
];

const withoutEscapes = (pattern: string): string => pattern.replaceAll(/\\\\/g, '');

/** Errors: UnsupportedPattern when JavaScript cannot read the pattern as .NET does. */
export const toRegExp = (pattern: string): RegExp => {
  const plain = withoutEscapes(pattern);
  if (FOREIGN.some((construct) => construct.test(plain))) throw new UnsupportedPattern(pattern);
  try {
    return new RegExp(pattern, /\\[pP]\{/.test(plain) ? 'u' : '');
  } catch {
    throw new UnsupportedPattern(pattern);
  }
};

export type FilterOptions = Readonly<{ on: 'stream' | 'type'; regex: string; prefixes: readonly string[] }>;

/** A pattern goes before prefixes, as on the real server. */
export const eventFilter = ({ on, regex, prefixes }: FilterOptions): EventFilter => {
  if (regex !== '') {
    const pattern = toRegExp(regex);
    return (record) => pattern.test(record[on]);
  }
  const [only] = prefixes;
  if (prefixes.length === 1 && only !== undefined) return (record) => record[on].startsWith(only);
  return (record) => prefixes.some((prefix) => record[on].startsWith(prefix));
};
