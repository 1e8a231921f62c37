import type { Instant, LocalDate } from '@app/kernel';

/** Widths are shares of the type area; they need not add up to anything. */
export type DocumentColumn = Readonly<{ title: string; width: number; align?: 'left' | 'center' | 'right' }>;

export type DocumentBlock =
  /** `indent` two characters unless told otherwise. */
  | Readonly<{ kind: 'paragraph'; text: string; indent?: boolean; align?: 'left' | 'center' | 'right' }>
  /** 一、 · （一） · 1. : the numbering stands in the text. */
  | Readonly<{ kind: 'heading'; level: 1 | 2 | 3; text: string }>
  | Readonly<{ kind: 'table'; caption?: string; columns: readonly DocumentColumn[]; rows: readonly (readonly string[])[] }>
  /** Facts in two columns: 检查时间 | 2020年7月6日. */
  | Readonly<{ kind: 'facts'; facts: readonly (readonly [name: string, value: string])[] }>
  /** PNG or JPEG; width in millimetres. */
  | Readonly<{ kind: 'picture'; bytes: Buffer; caption: string; width: number }>
  | Readonly<{ kind: 'page-break' }>;

/** 送达回证 or 回执联: a slip to fill in by hand, on a page of its own below a cut line where it fits. */
export type DocumentSlip = Readonly<{ title: string; lines: readonly string[]; fields: readonly string[] }>;

/**
 * A document as it is issued, in words alone: what its .docx, its PDF and its page for printing show. The same document gives the same
 * bytes, on every machine and at any time.
 */
export type OfficialDocument = Readonly<{
  /** 发文机关标志, in red above the line; null: none. */
  letterhead: string | null;
  /** 发文字号, `限改〔2020〕0001号`, or of a bulletin `第3期`. */
  number: string | null;
  /** 签发人. */
  signer: string | null;
  title: string;
  /** 主送机关. */
  recipient: string | null;
  blocks: readonly DocumentBlock[];
  /** 署名, 成文日期, place for the seal; people who sign by hand get a line each. */
  signature: Readonly<{ unit: string; day: LocalDate; sealed: boolean; people: readonly string[] }> | null;
  /** 抄送. */
  copies: readonly string[];
  /** 附件, after the signature and before the slips; absent where there is none. */
  annex?: readonly DocumentBlock[];
  slips: readonly DocumentSlip[];
  /** An address with an opaque id and the hash of the content, and the line beside it. */
  qr: Readonly<{ text: string; caption: string }> | null;
  /** What the files give as their time of making. */
  at: Instant;
}>;
