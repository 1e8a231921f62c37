import { fileTypeFromFile } from 'file-type/node';

const ACCEPTED: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/heif',
  'application/pdf',
  'video/mp4',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]);
const BY_ENDING: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  heif: 'image/heif',
  pdf: 'application/pdf',
  mp4: 'video/mp4',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export const isAccepted = (mediaType: string): boolean => ACCEPTED.has(mediaType);

/** By content; null for what is not accepted, and for a name whose ending says something else than the content. */
export const mediaTypeOf = async (file: string, name: string): Promise<string | null> => {
  const found = await fileTypeFromFile(file);
  if (found === undefined || !ACCEPTED.has(found.mime)) return null;
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name.trim())?.[1]?.toLowerCase();
  if (ending === undefined) return found.mime;
  const claimed = BY_ENDING[ending];
  const same = claimed === found.mime || (claimed?.startsWith('image/hei') === true && found.mime.startsWith('image/hei'));
  return same ? found.mime : null;
};
