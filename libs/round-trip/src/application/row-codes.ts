import { MasterKey } from '@app/privacy';
import { Inject, Injectable } from '@nestjs/common';

/** What a row says of itself in its column 版本. */
export type RowIdentity = Readonly<{ number: string; legId: string; revision: number; item: number | null }>;
/** Which workbook it stands in, and whose that is. */
export type WorkbookIdentity = Readonly<{ workbookId: string; unitId: string }>;

const DIGITS = 12;
const VERSION = /^([A-Z]{1,4})-(\d{1,9})(?:-(\d{1,5}))?-([0-9A-F]{12})$/;

/** Codes by which a row is known again: nobody makes one for another number, leg, revision, workbook or unit without the key. */
@Injectable()
export class RowCodes {
  constructor(@Inject(MasterKey) private readonly key: MasterKey) {}

  /** `T-12-A1B2C3D4E5F6`; of an item `T-12-3-…`. */
  versionOf(row: RowIdentity, book: WorkbookIdentity): string {
    return [row.legId, row.revision, ...(row.item === null ? [] : [row.item]), this.codeOf(row, book)].join('-');
  }

  /** Null where the version does not fit the number in this workbook. */
  read(number: string, version: string, book: WorkbookIdentity): RowIdentity | null {
    const match = VERSION.exec(version);
    if (match === null) return null;
    const row = { number, legId: match[1] ?? '', revision: Number(match[2]), item: match[3] === undefined ? null : Number(match[3]) };
    return this.codeOf(row, book) === match[4] ? row : null;
  }

  /** The same for the same workbook, row and content. */
  fingerprintOf(content: unknown, book: WorkbookIdentity): string {
    return this.key.fingerprint('round-trip content', Buffer.from(JSON.stringify([book.workbookId, content])));
  }

  private codeOf({ number, legId, revision, item }: RowIdentity, { workbookId, unitId }: WorkbookIdentity): string {
    const said = JSON.stringify([workbookId, unitId, number, legId, revision, item]);
    return this.key.fingerprint('round-trip', Buffer.from(said)).slice(0, DIGITS).toUpperCase();
  }
}
