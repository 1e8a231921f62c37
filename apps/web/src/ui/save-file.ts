/** Hands a fetched file to the browser's downloads; its address is given back at once. */
export const saveFile = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun with the click; Safari needs the address a moment longer.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};
