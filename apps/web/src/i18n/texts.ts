/**
 * What the pages say lies in resource files, one JSON file per area and language (`i18n/zh/<area>.json`), flat, with `{name}` for
 * what is put in. A page asks for its own area only, so that it loads no other words.
 */
export type Params = Readonly<Record<string, string | number>>;
export type Texts<K extends string> = (key: K, params?: Params) => string;

const filled = (text: string, params: Params): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));

/** `const t = textsOf(zh)`: keys are checked at compile time. */
export const textsOf =
  <T extends Readonly<Record<string, string>>>(texts: T): Texts<Extract<keyof T, string>> =>
  (key, params = {}) =>
    filled(texts[key] ?? key, params);

/** For keys that come from the server (a stage, a code): the word, or the code itself where the resource file does not know it yet. */
export const wordOf = (texts: Readonly<Record<string, string>>, key: string): string => texts[key] ?? key;
