import { reject } from './notification.errors';

/** One mailbox, no name, no list, nothing that could add a line to a header. */
const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))*$/;

/** Rejects with `mail-address-invalid`. */
export const mailAddress = (text: string): string => {
  const address = text.trim();
  return address.length <= 254 && ADDRESS.test(address) ? address : reject('mail-address-invalid');
};
