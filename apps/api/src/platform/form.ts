import { ProblemError } from './problem';
import { mustBeStorable } from './storable-input';

const LONGEST_NAME = 120;

type Part = Readonly<{ fieldname: string; value: unknown }>;

/** The plain fields of a multipart form, by name; files are left out. Errors: 400 text-unstorable. */
export const formFields = (parts: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> => {
  const fields = Object.fromEntries(
    Object.values(parts).flatMap((part) => {
      const one = part as Part | undefined;
      return one !== undefined && typeof one.value === 'string' ? [[one.fieldname, one.value] as const] : [];
    }),
  );
  mustBeStorable(fields);
  return fields;
};

/** A form that came without its file. */
export const fileRequired = (): ProblemError =>
  new ProblemError(400, 'file-required', {
    zh: '请以 multipart/form-data 上传一个文件。',
    en: 'Send one file as multipart/form-data.',
  });

/** A sender's file name as it may be kept and shown: no way out of a folder, nothing invisible, its last 120 characters. */
export const fileNameOf = (sent: string): string =>
  [...sent.normalize('NFC').replace(/[/\\\p{Cc}\p{Cf}\p{Cs}]/gu, '_')].slice(-LONGEST_NAME).join('');

/** What the parser of forms says, as plain errors, of a form that is cut off or is none. */
const BROKEN =
  /^(Multipart: |Unexpected end of (multipart data|form|file)|Part terminated early|Malformed (part header|content type|urlencoded form)|Unsupported content type)/;
export const isBrokenForm = (error: unknown): boolean => error instanceof Error && BROKEN.test(error.message);
