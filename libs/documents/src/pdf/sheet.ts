import PDFDocument from 'pdfkit';
import type { OfficialDocument } from '../official-document';
import { fontOf, type Face } from '../fonts';
import { printable } from '../printable';
import { AREA, BASELINE, BLACK, CHARACTER, LINE, mm, PAGE, SIZE } from './geometry';
import { linesOf, type Line, type Measure } from './typesetting';

export type Style = Readonly<{
  size: number;
  face?: Face;
  color?: string;
  /** 小标宋 is a heavier face than the one at hand: its outline is drawn along. */
  heavy?: boolean;
}>;
export type Align = 'left' | 'center' | 'right';
export const BODY: Style = { size: SIZE.body };

/** Whom the fonts' kerning and ligatures would surprise: the grid, and whoever copies text out of the page. */
const PLAIN: PDFKit.Mixins.TextOptions = { lineBreak: false, baseline: 'alphabetic', features: [] };

/** Pages of one document and where the next thing goes: `y` is the upper edge of the next line. */
export class Sheet {
  readonly pdf: PDFKit.PDFDocument;
  y: number = AREA.top;
  page = 0;
  readonly missing: string[] = [];
  private readonly widths = new Map<string, number>();

  constructor({ title, letterhead, at }: OfficialDocument) {
    const made = new Date(at);
    this.pdf = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      autoFirstPage: false,
      // None but ours: the default one would be read from a file of its own.
      font: '',
      // What zlib makes of the same bytes differs from machine to machine.
      compress: false,
      lang: 'zh-CN',
      displayTitle: true,
      info: { Title: title, Author: letterhead ?? '', Producer: 'Qingling', Creator: 'Qingling', CreationDate: made, ModDate: made },
    });
    for (const face of ['serif', 'sans'] as const) this.pdf.registerFont(face, fontOf(face));
    this.nextPage();
  }

  nextPage(): void {
    this.pdf.addPage();
    this.page += 1;
    this.y = AREA.top;
    this.pageNumber();
  }

  /** What is left of the page, in points. */
  get room(): number {
    return AREA.bottom - this.y;
  }

  /** Goes to the next page unless this much fits on this one. */
  need(height: number): void {
    // Twenty-two lines fill the page to the last point; a tenth of one is lost in sums.
    if (height > this.room + 0.1 && this.y > AREA.top) this.nextPage();
  }

  shown(text: string): string {
    return printable(text, this.missing);
  }

  measure({ size, face = 'serif' }: Style, pitch = 0): Measure {
    return (text) => {
      const key = `${face}\u0000${text}`;
      let width = this.widths.get(key);
      if (width === undefined) {
        width = this.pdf.font(face).fontSize(1000).widthOfString(text, PLAIN) / 1000;
        this.widths.set(key, width);
      }
      return width * size + pitch * [...text].length;
    };
  }

  /** One line at a place, `y` its upper edge. `spacing` goes between characters. */
  draw(text: string, x: number, y: number, style: Style, spacing = 0): void {
    if (text === '') return;
    const { size, face = 'serif', color = BLACK, heavy = false } = style;
    this.pdf.font(face).fontSize(size).fillColor(color);
    if (heavy) this.pdf.strokeColor(color).lineWidth(size / 40);
    this.pdf.text(text, x, y + size * BASELINE, { ...PLAIN, characterSpacing: spacing, fill: true, stroke: heavy });
  }

  /** One line within a width. */
  place(text: string, y: number, style: Style, align: Align, left: number = AREA.left, width: number = AREA.width): void {
    const slack = width - this.measure(style)(text);
    this.draw(text, left + (align === 'left' ? 0 : align === 'center' ? slack / 2 : slack), y, style);
  }

  /** A line of the grid: twenty-eight to the full width, and whatever is set narrower spread to the margin. */
  gridLine({ text, last }: Line, x: number, width: number, style: Style): void {
    const natural = this.measure(style)(text);
    const gaps = [...text].length - 1;
    const grid = CHARACTER - SIZE.body;
    this.draw(text, x, this.y, style, last || gaps < 1 ? grid : (width - natural) / gaps);
    this.y += LINE;
  }

  /** Text of the body, over pages; `indent` in characters. Its last two lines stand on the page that has `below` left under them. */
  flow(text: string, indent: number, style: Style = BODY, below = 0): void {
    const first = indent * CHARACTER;
    const paragraphs = this.shown(text).split('\n');
    for (const [nth, paragraph] of paragraphs.entries()) {
      linesOf(paragraph, AREA.width, this.measure(style, CHARACTER - SIZE.body), first).forEach((line, at, all) => {
        const ends = nth === paragraphs.length - 1 && below > 0 && at === Math.max(0, all.length - 2);
        this.need(ends ? (all.length - at) * LINE + below : style.size);
        const from = at === 0 ? first : 0;
        this.gridLine(line, AREA.left + from, AREA.width - from, style);
      });
    }
  }

  rule(y: number, width: number, color: string = BLACK, left: number = AREA.left, right: number = AREA.right): void {
    this.pdf.lineWidth(width).strokeColor(color).moveTo(left, y).lineTo(right, y).stroke();
  }

  /** Resolves once the last page is written. */
  async bytes(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    const done = new Promise<Buffer>((resolve, reject) => {
      this.pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.pdf.once('end', () => resolve(Buffer.concat(chunks)));
      this.pdf.once('error', reject);
    });
    this.pdf.end();
    return done;
  }

  /** — 1 —, seven millimetres below the area, on the outer side: right on odd pages, left on even ones. */
  private pageNumber(): void {
    const style: Style = { size: SIZE.minor };
    const text = `— ${String(this.page)} —`;
    const one = SIZE.minor;
    const align = this.page % 2 === 1 ? 'right' : 'left';
    this.place(text, AREA.bottom + mm(7) - style.size / 2, style, align, AREA.left + one, AREA.width - 2 * one);
  }
}
