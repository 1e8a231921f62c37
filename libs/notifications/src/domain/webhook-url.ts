import { reject } from './notification.errors';

export type AllowedHost = Readonly<{ protocol: 'http:' | 'https:'; host: string; port: number }>;

/** The address as it will be asked, if the administrator of the machine allows its host. Rejects with `webhook-url-invalid`. */
export const allowedUrl = (text: string, hosts: readonly AllowedHost[]): string => {
  if (!URL.canParse(text)) return reject('webhook-url-invalid', { host: '?' });
  const url = new URL(text);
  // The same name the way it will be asked for: lower case, numbers of any base as addresses, no dot at the end.
  const host = url.hostname.replace(/\.$/, '');
  const port = url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);
  const fits = hosts.some((one) => one.protocol === url.protocol && one.host === host && one.port === port);
  if (!fits || url.username !== '' || url.password !== '' || url.hash !== '') return reject('webhook-url-invalid', { host });
  return url.toString();
};
