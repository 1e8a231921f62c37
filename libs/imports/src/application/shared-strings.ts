import { plainXml, textsWithin, unescapeCellText } from './xml-text';

/** Decoded texts that are kept; ledgers repeat the names of units and categories over and over. */
const KEPT = 8_192;
const PLAIN = '<t>';
const SPACED = '<t xml:space="preserve">';

/**
 * The shared texts of a workbook, kept as the bytes of their part and decoded when asked for: a hundred thousand texts as JavaScript
 * strings would take several times as much, and on the heap.
 */
export class SharedStrings {
  private readonly keptAt = new Int32Array(KEPT).fill(-1);
  private readonly kept = new Array<string>(KEPT).fill('');

  private constructor(
    private readonly bytes: Buffer,
    /** Begin and end of each item's inside, one after the other. */
    private readonly spans: Uint32Array,
    readonly size: number,
  ) {}

  static readonly none = new SharedStrings(Buffer.alloc(0), new Uint32Array(0), 0);

  static of(part: Buffer): SharedStrings {
    const hasMarkup = part.includes('<!');
    const bytes = hasMarkup ? Buffer.from(plainXml(part.toString('utf8'))) : part;
    const prefix = /<(\w+:)?sst[\s>]/.exec(bytes.toString('latin1', 0, 4_096))?.[1] ?? '';
    const [open, close] = [Buffer.from(`<${prefix}si`), Buffer.from(`</${prefix}si>`)];
    let spans = new Uint32Array(2_048);
    let size = 0;
    for (let at = bytes.indexOf(open); at >= 0;) {
      const gt = bytes.indexOf(62, at + open.length);
      if (gt < 0) break;
      const isEmpty = bytes[gt - 1] === 47;
      const end = isEmpty ? gt + 1 : bytes.indexOf(close, gt);
      if (end < 0) break;
      if (2 * size === spans.length) {
        const more = new Uint32Array(spans.length * 2);
        more.set(spans);
        spans = more;
      }
      spans[2 * size] = gt + 1;
      spans[2 * size + 1] = end;
      size += 1;
      at = bytes.indexOf(open, end);
    }
    return new SharedStrings(bytes, spans, size);
  }

  /** Undefined when there is no such text. */
  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.size)) return undefined;
    const slot = index % KEPT;
    if (this.keptAt[slot] === index) return this.kept[slot];
    const text = this.decode(index);
    this.keptAt[slot] = index;
    this.kept[slot] = text;
    return text;
  }

  private decode(index: number): string {
    const item = this.bytes.toString('utf8', this.spans[2 * index], this.spans[2 * index + 1]);
    const from = item.startsWith(PLAIN) ? PLAIN.length : item.startsWith(SPACED) ? SPACED.length : 0;
    // One text and nothing else, as nearly always.
    if (from > 0 && item.endsWith('</t>') && item.indexOf('<', from) === item.length - 4) return unescapeCellText(item.slice(from, -4));
    return textsWithin(item);
  }
}
