const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

export const varintSize = (value: number): number => {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size += 1;
  return size;
};

export const uint64Size = (value: bigint): number => {
  if (value <= MAX_SAFE) return varintSize(Number(value));
  let size = 1;
  for (let rest = value; rest >= 128n; rest >>= 7n) size += 1;
  return size;
};

/** Tag, length and content of a field; tags up to 15 take one byte. */
export const fieldSize = (content: number): number => 1 + varintSize(content) + content;

/** Writes protobuf into a buffer whose size was counted before. */
export class ProtoWriter {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.at] = (rest % 128) + 128;
      this.at += 1;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.at] = rest;
    this.at += 1;
  }

  uint64(field: number, value: bigint): void {
    this.varint(field * 8);
    if (value <= MAX_SAFE) {
      this.varint(Number(value));
      return;
    }
    let rest = value;
    for (; rest >= 128n; rest >>= 7n) {
      this.bytes[this.at] = Number(rest & 0x7fn) + 128;
      this.at += 1;
    }
    this.bytes[this.at] = Number(rest);
    this.at += 1;
  }

  /** What follows is a field of so many bytes. */
  open(field: number, length: number): void {
    this.varint(field * 8 + 2);
    this.varint(length);
  }

  raw(content: Uint8Array): void {
    this.bytes.set(content, this.at);
    this.at += content.length;
  }

  field(field: number, content: Uint8Array): void {
    this.open(field, content.length);
    this.raw(content);
  }

  text(field: number, content: string, length: number): void {
    this.open(field, length);
    this.at += this.bytes.write(content, this.at, length, 'utf8');
  }

  done(): Buffer {
    if (this.at !== this.bytes.length) throw new Error(`wrote ${String(this.at)} bytes of ${String(this.bytes.length)}`);
    return this.bytes;
  }
}

/** For small messages that are not worth counting: every part is a whole field. */
export const concat = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields);

export const uint64Field = (field: number, value: bigint): Buffer => {
  const writer = new ProtoWriter(1 + uint64Size(value));
  writer.uint64(field, value);
  return writer.done();
};

export const bytesField = (field: number, content: Uint8Array): Buffer => {
  const writer = new ProtoWriter(fieldSize(content.length));
  writer.field(field, content);
  return writer.done();
};

export const textField = (field: number, content: string): Buffer => bytesField(field, Buffer.from(content, 'utf8'));

const NOTHING = new Uint8Array(0);
export const emptyField = (field: number): Buffer => bytesField(field, NOTHING);
