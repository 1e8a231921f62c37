import type { NewRecord } from '../storage/log-storage';
import { MalformedMessage, ProtoReader } from './proto-reader';

/** Data and metadata of one append together may not be larger than on a real server. */
export const MAX_APPEND_SIZE = 1024 * 1024;

export class MissingProperty extends Error {
  constructor(readonly property: string) {
    super(`Required Metadata Property '${property}' is missing`);
  }
}

const NOTHING = Buffer.alloc(0);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const hex = (bits: bigint): string => BigInt.asUintN(64, bits).toString(16).padStart(16, '0');

const structured = (bytes: Buffer): string => {
  const reader = new ProtoReader(bytes);
  let most = 0n;
  let least = 0n;
  while (reader.next()) {
    if (reader.field === 1) most = reader.uint64();
    else if (reader.field === 2) least = reader.uint64();
    else reader.skip();
  }
  const digits = hex(most) + hex(least);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
};

/** Lower case. Errors: MalformedMessage. */
export const decodeUuid = (bytes: Buffer): string => {
  const reader = new ProtoReader(bytes);
  let id = '';
  while (reader.next()) {
    if (reader.field === 1) id = structured(reader.sub());
    else if (reader.field === 2) id = reader.string().toLowerCase();
    else reader.skip();
  }
  if (!UUID.test(id)) throw new MalformedMessage('an id is not a UUID');
  return id;
};

/** The name in a StreamIdentifier. */
export const decodeStream = (bytes: Buffer): string => {
  const reader = new ProtoReader(bytes);
  let name = '';
  while (reader.next()) {
    if (reader.field === 3) name = reader.string();
    else reader.skip();
  }
  return name;
};

/** An event as a client proposes it, in Append and BatchAppend alike. Errors: MalformedMessage, MissingProperty. */
export const decodeProposed = (bytes: Buffer, created: bigint): NewRecord => {
  const reader = new ProtoReader(bytes);
  let id = '';
  let type: string | null = null;
  let contentType: string | null = null;
  let data: Uint8Array = NOTHING;
  let metadata: Uint8Array = NOTHING;
  while (reader.next()) {
    if (reader.field === 1) id = decodeUuid(reader.sub());
    else if (reader.field === 2) {
      const entry = new ProtoReader(reader.sub());
      let key = '';
      let value = '';
      while (entry.next()) {
        if (entry.field === 1) key = entry.string();
        else if (entry.field === 2) value = entry.string();
        else entry.skip();
      }
      if (key === 'type') type = value;
      else if (key === 'content-type') contentType = value;
    } else if (reader.field === 3) metadata = reader.sub();
    else if (reader.field === 4) data = reader.sub();
    else reader.skip();
  }
  if (type === null) throw new MissingProperty('type');
  if (contentType === null) throw new MissingProperty('content-type');
  if (id === '') throw new MalformedMessage('an event has no id');
  return {
    id,
    type,
    contentType: contentType === 'application/json' ? 'application/json' : 'application/octet-stream',
    data,
    metadata,
    created,
  };
};

/** What an event weighs against MAX_APPEND_SIZE. */
export const weight = ({ data, metadata }: NewRecord): number => data.length + metadata.length;
