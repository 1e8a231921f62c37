/** Bytes that are not the message they should be. */
export class MalformedMessage extends Error {}

const utf8 = (bytes: Buffer): string => bytes.toString('utf8');

/** Reads protobuf fields one after the other, without objects in between: appends come through here by the thousand. */
export class ProtoReader {
  private at = 0;
  /** Of the field `next` stopped at. */
  field = 0;
  private wireType = 0;

  constructor(private readonly bytes: Buffer) {}

  /** False at the end of the message. */
  next(): boolean {
    if (this.at >= this.bytes.length) return false;
    const tag = this.varint();
    this.field = Math.floor(tag / 8);
    this.wireType = tag % 8;
    return true;
  }

  /** Up to 2^53; larger ones lose their last digits, see `uint64`. */
  varint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw new MalformedMessage('the message ends within a number');
      this.at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
      if (factor > 2 ** 63) throw new MalformedMessage('a number is too long');
    }
  }

  uint64(): bigint {
    const start = this.at;
    const value = this.varint();
    if (value <= Number.MAX_SAFE_INTEGER) return BigInt(value);
    this.at = start;
    let exact = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      exact |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, exact);
    }
  }

  /** Shares its memory with the message. */
  sub(): Buffer {
    const length = this.varint();
    const end = this.at + length;
    if (end > this.bytes.length) throw new MalformedMessage('the message ends within a field');
    const sub = this.bytes.subarray(this.at, end);
    this.at = end;
    return sub;
  }

  string(): string {
    return utf8(this.sub());
  }

  skip(): void {
    switch (this.wireType) {
      case 0:
        this.varint();
        return;
      case 1:
        this.at += 8;
        return;
      case 2:
        this.sub();
        return;
      case 5:
        this.at += 4;
        return;
      default:
        throw new MalformedMessage(`wire type ${String(this.wireType)}`);
    }
  }
}
