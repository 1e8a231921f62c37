const LONGEST_SIDE = 1_920;
const QUALITY = 0.8;

/** Drawn anew at the size that shows what it has to, as JPEG: a fifth of the bytes, and nothing of where and with what it was taken. */
export const scaledDown = async (file: Blob, longestSide = LONGEST_SIDE): Promise<Blob> => {
  const picture = await createImageBitmap(file);
  const factor = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * factor));
  canvas.height = Math.max(1, Math.round(picture.height * factor));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (drawn === null) throw new TypeError('the picture cannot be read');
  return drawn;
};
