import { useEffect, useState } from 'react';

/** Files are served as attachments, to be shown by nobody else: the picture is an address of this page, given back when it goes. */
export const useFileAddress = (file: Blob | undefined): string | null => {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (file === undefined) return;
    const url = URL.createObjectURL(file);
    setAddress(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  return address;
};
