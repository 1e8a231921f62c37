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

/** Fills `{name}` in both sentences; one that has `words` is said in those of each language. */
export const fill = (
  text: Bilingual,
  params: Readonly<Record<string, string | number>>,
  words: Readonly<Record<string, Bilingual>> = {},
): Bilingual => {
  const into = (language: keyof Bilingual): string =>
    text[language].replace(/\{(\w+)\}/g, (whole, key: string) => String(words[key]?.[language] ?? params[key] ?? whole));
  return { zh: into('zh'), en: into('en') };
};

/** Makes the `reject` function of a context from its table of refusals. `params` go out as they are, `words` only into the sentences. */
export const rejecterFor =
  <Code extends string>(table: Readonly<Record<Code, Bilingual>>) =>
  (code: Code, params: Readonly<Record<string, string | number>> = {}, words: Readonly<Record<string, Bilingual>> = {}): never => {
    throw new DomainError(code, fill(table[code], params, words), params);
  };
