import { isUnavailable } from '@app/event-store';
import { QueryFailedError } from 'typeorm';

const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOSPC']);
const CLIENT_SAYS =
  /^(Connection terminated|timeout (expired|exceeded) when trying to connect|Client has encountered a connection error|Query read timeout)/;
const textOf = (error: object, name: 'code' | 'message'): string => {
  const value: unknown = name in error ? (error as Record<string, unknown>)[name] : '';
  return typeof value === 'string' ? value : '';
};

/** True when an error means that PostgreSQL (or the disk) is not there for now, rather than that the program is wrong. */
export const isStoreDown = (error: unknown): boolean => {
  if (error instanceof QueryFailedError) return isStoreDown(error.driverError);
  // By its code, not its class: where contexts of the runtime meet, an error of a socket is of no class we know.
  if (typeof error !== 'object' || error === null) return false;
  const code = textOf(error, 'code');
  if (SOCKET.has(code) || CLIENT_SAYS.test(textOf(error, 'message'))) return true;
  return /^[0-9A-Z]{5}$/.test(code) && isUnavailable(error);
};
