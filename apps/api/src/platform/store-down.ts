import { isUnavailable } from '@app/event-store';
import { QueryFailedError } from 'typeorm';

const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOSPC']);
const CLIENT_SAYS =
  /^(Connection terminated|timeout (expired|exceeded) when trying to connect|Client has encountered a connection error|Query read timeout)/;

/** True when an error means that PostgreSQL (or the disk) is not there for now, rather than that the program is wrong. */
export const isStoreDown = (error: unknown): boolean => {
  if (error instanceof QueryFailedError) return isStoreDown(error.driverError);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (SOCKET.has(code) || CLIENT_SAYS.test(error.message)) return true;
  return /^[0-9A-Z]{5}$/.test(code) && isUnavailable(error);
};
