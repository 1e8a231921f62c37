import { Metadata, status } from '@grpc/grpc-js';
import { GatewayError, type GatewayFailure } from './gateway';

const isServiceError = (error: unknown): error is Readonly<{ code: number; metadata?: unknown }> =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number';

const exceptionOf = (error: unknown): string | undefined => {
  if (!isServiceError(error) || !(error.metadata instanceof Metadata)) return undefined;
  return error.metadata.get('exception')[0]?.toString();
};

const DENIALS: ReadonlySet<number> = new Set([status.UNAUTHENTICATED, status.PERMISSION_DENIED]);
const REFUSALS: ReadonlySet<number> = new Set([status.INVALID_ARGUMENT, status.UNIMPLEMENTED]);

const kindOf = (error: unknown): GatewayFailure => {
  switch (exceptionOf(error)) {
    case 'access-denied':
      return 'denied';
    case 'stream-deleted':
      return 'deleted';
    case 'maximum-append-size-exceeded':
      return 'too-large';
    case 'missing-required-metadata-property':
      return 'refused';
    default:
  }
  // What is no answer of a server (nobody there, no leader found) and what is unclear may be tried again.
  if (!isServiceError(error)) return 'unavailable';
  if (DENIALS.has(error.code)) return 'denied';
  return REFUSALS.has(error.code) ? 'refused' : 'unavailable';
};

/** What a failed call means. Texts of the server may name streams and addresses: they stay in `cause`. */
export const gatewayErrorOf = (error: unknown): GatewayError => {
  if (error instanceof GatewayError) return error;
  const kind = kindOf(error);
  const code = isServiceError(error) ? ` (${status[error.code] ?? error.code})` : '';
  return new GatewayError(kind, `the call failed: ${exceptionOf(error) ?? kind}${code}`, { cause: error });
};
