import { isTransient, isUnavailable } from '@app/event-store';
import { QueryFailedError } from 'typeorm';

const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOSPC', 'EDQUOT']);
const codeOf = (error: object): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);
/** Errors come wrapped: by TypeORM, and by the event store that gave up. */
const DEEPEST = 5;
/** True when what stands behind an error is a full disk, whoever noticed it. */
export const isDiskFull = (error: unknown, depth = 0): boolean => {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return false;
  if (DISK_FULL.has(codeOf(error))) return true;
  const behind = 'driverError' in error ? error.driverError : 'cause' in error ? error.cause : undefined;
  return isDiskFull(behind, depth + 1);
};

/** What the server says has a code of five; what the client says has none. Another is the operating system's, of a file perhaps. */
const isOfTheDatabase = (code: string): boolean => code === '' || /^(?!E)[0-9A-Z]{5}$/.test(code);

/** True when an error means that PostgreSQL (or the disk) cannot be used for now, rather than that the program is wrong; deadlocks too. */
export const isStoreDown = (error: unknown): boolean => {
  if (error instanceof QueryFailedError) return isStoreDown(error.driverError);
  // By its code, not its class: where contexts of the runtime meet, an error of a socket is of no class we know.
  if (typeof error !== 'object' || error === null) return false;
  const code = codeOf(error);
  return SOCKET.has(code) || (isOfTheDatabase(code) && (isUnavailable(error) || isTransient(error)));
};
