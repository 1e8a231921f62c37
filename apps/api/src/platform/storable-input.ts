import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem, ProblemError } from './problem';

/** No request of this api nests deeper than this; walking and hashing of what does would end in an overflow. */
const DEEPEST = 32;
/** Half of a surrogate pair: whole pairs are read as one character. */
const HALF = /\p{Cs}/u;

const unstorable = (): ProblemError =>
  new ProblemError(400, 'text-unstorable', {
    zh: '内容里有不能保存的字符（空字符或不完整的字符）。',
    en: 'The content holds characters that cannot be stored: NUL, or half of a surrogate pair.',
  });
const tooDeep = (): ProblemError =>
  new ProblemError(400, 'nested-too-deep', { zh: '内容嵌套太深。', en: 'The content is nested too deep.' });

const mustBeStorableText = (text: string): void => {
  if (text.includes('\u0000') || HALF.test(text)) throw unstorable();
};

/**
 * PostgreSQL takes neither NUL nor lone surrogates in text or jsonb. Refused once, here, for whatever was typed: names of fields
 * are looked at too. Errors: 400 text-unstorable, 400 nested-too-deep.
 */
export const mustBeStorable = (value: unknown): void => {
  const waiting: [unknown, number][] = [[value, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [one, depth] = next;
    if (typeof one === 'string') mustBeStorableText(one);
    if (typeof one !== 'object' || one === null || Buffer.isBuffer(one)) continue;
    if (depth === DEEPEST) throw tooDeep();
    for (const [key, inner] of Object.entries(one)) {
      mustBeStorableText(key);
      waiting.push([inner, depth + 1]);
    }
  }
};

/** Hook on every request, once its body is parsed; a multipart body is looked at where its fields are read. */
export const refuseUnstorable = async (request: FastifyRequest): Promise<void> => {
  mustBeStorable(request.params);
  mustBeStorable(request.query);
  if (!request.isMultipart()) mustBeStorable(request.body);
};

/** What fastify itself refuses before any route: addresses that are none, or that are too long. The address is not repeated. */
export const refuseAddress = (error: Readonly<{ statusCode?: number | undefined }>, reply: FastifyReply): void => {
  const status = error.statusCode ?? 400;
  const body =
    status === 414
      ? problem(414, 'address-too-long', { zh: '网址太长。', en: 'The address is too long.' })
      : problem(400, 'bad-address', { zh: '网址不对。', en: 'The address is malformed.' });
  void reply.status(body.status).type('application/problem+json; charset=utf-8').send(body);
};
