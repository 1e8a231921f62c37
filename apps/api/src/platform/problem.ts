import type { Bilingual } from '@app/kernel';

/** RFC 9457 body. `detail` is Chinese first, English after; `code` is what programs look at. */
export type Problem = Readonly<{
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  zh: string;
  en: string;
  [extension: string]: unknown;
}>;

export const problem = (
  status: number,
  code: string,
  { zh, en }: Bilingual,
  extensions: Readonly<Record<string, unknown>> = {},
): Problem => ({
  type: `urn:qingling:problem:${code}`,
  title: code,
  status,
  code,
  detail: `${zh} ${en}`,
  zh,
  en,
  ...extensions,
});

/** A refusal of the HTTP edge itself: headers, formats, limits. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly sentence: Bilingual,
    readonly extensions: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    this.name = 'ProblemError';
  }
}

export const NOT_FOUND = { zh: '没有这个内容，或者您无权查看。', en: 'There is no such thing, or you may not see it.' } as const;
export const notFound = (): ProblemError => new ProblemError(404, 'not-found', NOT_FOUND);
