/** A sentence in both languages of the product. */
export type Bilingual = Readonly<{ zh: string; en: string }>;

/**
 * A refusal that belongs to the rules of the field. The code is stable and is what programs look at;
 * the sentences are for people. Never put personal data into either.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    readonly sentence: Bilingual,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(`${code}: ${sentence.en}`);
    this.name = 'DomainError';
  }
}

/** Fills `{name}` in both sentences. */
export const fill = (text: Bilingual, params: Readonly<Record<string, string | number>>): Bilingual => {
  const into = (s: string): string => s.replace(/\{(\w+)\}/g, (whole, key: string) => String(params[key] ?? whole));
  return { zh: into(text.zh), en: into(text.en) };
};

/** Makes the `reject` function of a context from its table of refusals. */
export const rejecterFor =
  <Code extends string>(table: Readonly<Record<Code, Bilingual>>) =>
  (code: Code, params: Readonly<Record<string, string | number>> = {}): never => {
    throw new DomainError(code, fill(table[code], params), params);
  };
