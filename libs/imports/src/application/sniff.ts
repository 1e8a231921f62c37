import { rejectImport } from '../domain/import.errors';
import { LIMITS } from './limits';

export type FileKind = 'xlsx' | 'csv';

const startsWith = (bytes: Uint8Array, ...magic: readonly number[]): boolean => magic.every((b, i) => bytes[i] === b);
/** Control and direction characters make a name look like another one. */
const UNFIT_NAME = /[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\]/;

const actualType = (bytes: Buffer): string => {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0x50, 0x4b, 0x05, 0x06)) return 'zip';
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'ole';
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return 'pdf';
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) || startsWith(bytes, 0xff, 0xd8, 0xff) || startsWith(bytes, 0x47, 0x49, 0x46))
    return 'image';
  if (startsWith(bytes, 0x52, 0x61, 0x72, 0x21)) return 'rar';
  if (startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf)) return '7z';
  if (startsWith(bytes, 0x1f, 0x8b)) return 'gzip';
  if (startsWith(bytes, 0x4d, 0x5a) || startsWith(bytes, 0x7f, 0x45, 0x4c, 0x46)) return 'program';
  const head = bytes.subarray(0, 2_048).toString('latin1').trimStart().toLowerCase();
  if (/^(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|table|svg|script|meta|head|body)/.test(head)) return 'html';
  const utf16 = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);
  return !utf16 && bytes.subarray(0, 65_536).includes(0) ? 'binary' : 'text';
};

/**
 * What a file really is, by its content; the name must agree. Rejects with a code of ImportErrorCode.
 * The zip itself is looked into by `inspectWorkbook`.
 */
export const sniff = (bytes: Buffer, fileName: string): FileKind => {
  const name = fileName.trim();
  if (name === '' || UNFIT_NAME.test(name)) return rejectImport('file-name-unfit');
  if (bytes.length === 0) return rejectImport('file-empty');
  if (bytes.length > LIMITS.fileBytes) return rejectImport('file-too-large', { max: LIMITS.fileBytes / 1024 / 1024 });
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const actual = actualType(bytes);
  if (actual === 'ole') {
    // A password turns an .xlsx into an OLE container whose directory names the stream in UTF-16.
    return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? rejectImport('file-encrypted') : rejectImport('file-old-excel');
  }
  if (extension !== 'xlsx' && extension !== 'csv') {
    if (extension === 'xls') return rejectImport('file-old-excel');
    return extension === 'xlsm' || extension === 'xltm' ? rejectImport('file-with-macros') : rejectImport('file-type-unsupported');
  }
  const expected = extension === 'xlsx' ? 'zip' : 'text';
  return actual === expected ? extension : rejectImport('file-not-what-it-says', { name: `.${extension}`, actual });
};
