import type { Resolved } from '../engine/reader';
import { TOMBSTONE_REVISION, TOMBSTONE_TYPE } from '../engine/stream-names';
import type { LogRecord } from '../storage/log-storage';
import { toWire } from './position';
import { positionMessage } from './batch-codec';
import { bytesField, concat, emptyField, fieldSize, ProtoWriter, textField, uint64Field, uint64Size } from './proto-writer';

/** How ids are wanted: as text or as two numbers. */
export type UuidForm = 'string' | 'structured';

const UUID_TEXT = fieldSize(fieldSize(36));
const JSON_ENTRY = bytesField(6, concat(textField(1, 'content-type'), textField(2, 'application/json')));
const BINARY_ENTRY = bytesField(6, concat(textField(1, 'content-type'), textField(2, 'application/octet-stream')));
const TYPE_KEY = textField(1, 'type');
const CREATED_KEY = textField(1, 'created');

const structuredUuid = (id: string): Buffer => {
  const digits = id.replaceAll('-', '');
  const most = BigInt(`0x${digits.slice(0, 16)}`);
  const least = BigInt(`0x${digits.slice(16)}`);
  return bytesField(1, bytesField(1, concat(uint64Field(1, most), uint64Field(2, least))));
};

/** Everything about one record that must be known before it can be written. */
type Measured = Readonly<{
  record: LogRecord;
  uuid: Buffer | null;
  revision: bigint;
  position: bigint;
  streamLength: number;
  typeLength: number;
  created: string;
  size: number;
}>;

const measure = (record: LogRecord, form: UuidForm): Measured => {
  const position = toWire(record.position);
  const uuid = form === 'string' ? null : structuredUuid(record.id);
  const revision = record.type === TOMBSTONE_TYPE && record.data.length === 0 ? TOMBSTONE_REVISION : record.revision;
  const streamLength = Buffer.byteLength(record.stream);
  const typeLength = Buffer.byteLength(record.type);
  const created = record.created.toString();
  const size =
    (uuid?.length ?? UUID_TEXT) +
    fieldSize(fieldSize(streamLength)) +
    1 +
    uint64Size(revision) +
    2 * (1 + uint64Size(position)) +
    fieldSize(TYPE_KEY.length + fieldSize(typeLength)) +
    fieldSize(CREATED_KEY.length + fieldSize(created.length)) +
    (record.contentType === 'application/json' ? JSON_ENTRY : BINARY_ENTRY).length +
    fieldSize(record.metadata.length) +
    fieldSize(record.data.length);
  return { record, uuid, revision, position, streamLength, typeLength, created, size };
};

const write = (writer: ProtoWriter, { record, uuid, revision, position, streamLength, typeLength, created }: Measured): void => {
  if (uuid !== null) writer.raw(uuid);
  else {
    writer.open(1, 38);
    writer.text(2, record.id, 36);
  }
  writer.open(2, fieldSize(streamLength));
  writer.text(3, record.stream, streamLength);
  writer.uint64(3, revision);
  writer.uint64(4, position);
  writer.uint64(5, position);
  writer.open(6, TYPE_KEY.length + fieldSize(typeLength));
  writer.raw(TYPE_KEY);
  writer.text(2, record.type, typeLength);
  writer.open(6, CREATED_KEY.length + fieldSize(created.length));
  writer.raw(CREATED_KEY);
  writer.text(2, created, created.length);
  writer.raw(record.contentType === 'application/json' ? JSON_ENTRY : BINARY_ENTRY);
  writer.field(7, record.metadata);
  writer.field(8, record.data);
};

/** A ReadResp with an event; one found by a link stands at the position of the link, and says its own. */
export const encodeEvent = ({ event, link }: Resolved, form: UuidForm): Buffer => {
  const original = link ?? event;
  const position = toWire(original?.position ?? 0n);
  const shown = event === null ? null : measure(event, form);
  const through = link === null ? null : measure(link, form);
  const size = (shown === null ? 0 : fieldSize(shown.size)) + (through === null ? 0 : fieldSize(through.size)) + 1 + uint64Size(position);
  const writer = new ProtoWriter(fieldSize(size));
  writer.open(1, size);
  if (shown !== null) {
    writer.open(1, shown.size);
    write(writer, shown);
  }
  if (through !== null) {
    writer.open(2, through.size);
    write(writer, through);
  }
  writer.uint64(3, position);
  return writer.done();
};

export const encodeConfirmation = (subscriptionId: string): Buffer => bytesField(2, textField(1, subscriptionId));
export const encodeCheckpoint = (position: bigint): Buffer => bytesField(3, positionMessage(toWire(position)));
export const encodeNotFound = (stream: string): Buffer => bytesField(4, bytesField(1, textField(3, stream)));
export const encodeFirstPosition = (revision: bigint): Buffer => uint64Field(5, revision);
export const encodeLastPosition = (revision: bigint): Buffer => uint64Field(6, revision);
export const encodeLastAllPosition = (position: bigint): Buffer => bytesField(7, positionMessage(toWire(position)));
export const CAUGHT_UP = emptyField(8);
