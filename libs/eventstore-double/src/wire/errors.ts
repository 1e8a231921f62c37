import { Metadata, status, type StatusObject } from '@grpc/grpc-js';
import type { Expected } from '../engine/append-decision';
import { MAX_APPEND_SIZE } from './proposed';

export type CallError = Readonly<Pick<StatusObject, 'code' | 'details' | 'metadata'>>;

/** Headers carry ASCII alone: everything else goes percent-encoded. */
export const ascii = (value: string): string => value.replaceAll(/[^\x20-\x7e]+/g, encodeURIComponent);

const error = (code: status, details: string, trailers: Readonly<Record<string, string>> = {}): CallError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, ascii(value));
  return { code, details, metadata };
};

/** As numbers of the old protocol, which the trailers still speak. */
const expectedNumber = (expected: Expected): string => {
  switch (expected.kind) {
    case 'exact':
      return String(expected.revision);
    case 'no-stream':
      return '-1';
    case 'any':
      return '-2';
    case 'stream-exists':
      return '-4';
  }
};

export const wrongRevision = (operation: string, stream: string, expected: Expected, actual: bigint): CallError => {
  const wanted = expectedNumber(expected);
  return error(
    status.FAILED_PRECONDITION,
    `${operation} failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${wanted}, Actual version: ${String(actual)}`,
    { exception: 'wrong-expected-version', 'stream-name': stream, 'expected-version': wanted, 'actual-version': String(actual) },
  );
};

export const streamDeleted = (stream: string): CallError =>
  error(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream });

export const accessDenied = (): CallError => error(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const unauthenticated = (): CallError => error(status.UNAUTHENTICATED, 'Unauthenticated');

export const tooLarge = (): CallError =>
  error(status.INVALID_ARGUMENT, `Maximum Append Size of ${String(MAX_APPEND_SIZE)} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(MAX_APPEND_SIZE),
  });

export const missingProperty = (property: string): CallError =>
  error(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

export const invalidArgument = (details: string): CallError => error(status.INVALID_ARGUMENT, details);

/** `authority` is where the caller came in: the double leads itself, whatever it says. */
export const notLeader = (authority: string): CallError => {
  const colon = authority.lastIndexOf(':');
  return error(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': colon < 0 ? authority : authority.slice(0, colon),
    'leader-endpoint-port': colon < 0 ? '2113' : authority.slice(colon + 1),
  });
};

export const unavailable = (details = 'Server Is Not Ready'): CallError => error(status.UNAVAILABLE, details);
