import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { EventStore } from '@app/event-store';
import { EvidenceStore, ServedCopies } from '@app/evidence';
import { findingStream } from '@app/findings';
import type { EvidenceId, FileHash, FindingId, LocalDate } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { photoCaption } from '../document/words';
import type { PhotoNow } from '../domain/notice.commands';
import type { NoticePhoto } from '../domain/notice.types';

export type PrintedPhoto = Readonly<{ photo: NoticePhoto; bytes: Buffer }>;

/** What a notice holds of the photos that were printed; nothing of none. */
export const annexed = (printed: readonly PrintedPhoto[]): Readonly<{ photos?: readonly NoticePhoto[] }> =>
  printed.length === 0 ? {} : { photos: printed.map(({ photo }) => photo) };

/** Photos on the annex 附页: copies without the camera's metadata, kept beside the evidence under their own hash. */
@Injectable()
export class NoticePhotos {
  constructor(
    @Inject(ServedCopies) private readonly copies: ServedCopies,
    @Inject(EvidenceStore) private readonly files: EvidenceStore,
    @Inject(EventStore) private readonly store: EventStore,
  ) {}

  /** As they would stand on paper. Nothing is kept. Errors: evidence-file-unknown, evidence-picture-unreadable. */
  async print(photos: readonly PhotoNow[]): Promise<readonly PrintedPhoto[]> {
    const printed: PrintedPhoto[] = [];
    const days = new Map<FindingId, ReadonlyMap<EvidenceId, LocalDate>>();
    for (const { findingId, evidenceId, number, place, file } of photos) {
      if (file === null) continue;
      const known = days.get(findingId) ?? (await this.daysOf(findingId));
      days.set(findingId, known);
      const bytes = await this.copies.printed(file.hash);
      const hash = createHash('sha256').update(bytes).digest('hex') as FileHash;
      const caption = photoCaption(number, place, file.phase, known.get(evidenceId) ?? null);
      printed.push({ photo: { findingId, evidenceId, hash: file.hash, printed: hash, caption }, bytes });
    }
    return printed;
  }

  /** Before the notice that names them is stored. */
  async keep(printed: readonly PrintedPhoto[]): Promise<void> {
    for (const { photo, bytes } of printed) await this.files.put(Readable.from([bytes]), 'annex.jpg', photo.printed);
  }

  /** The same bytes for ever; empty where the evidence was destroyed since, whatever is left of its copy. */
  async of(photos: readonly NoticePhoto[] = []): Promise<readonly Buffer[]> {
    const found: Buffer[] = [];
    for (const { hash, printed } of photos) {
      const there = (await this.files.has(hash)) && (await this.files.has(printed));
      found.push(there ? await readFile(this.files.pathOf(printed)) : Buffer.alloc(0));
    }
    return found;
  }

  /** The day that each file of a finding was said to be of, whichever step brought it. */
  private async daysOf(findingId: FindingId): Promise<ReadonlyMap<EvidenceId, LocalDate>> {
    const days = new Map<EvidenceId, LocalDate>();
    for (const { data } of await this.store.readStream(findingStream(findingId))) {
      const { evidence, on } = data as Readonly<{ evidence?: unknown; on: LocalDate }>;
      for (const file of [evidence].flat()) if (isFile(file) && !days.has(file.evidenceId)) days.set(file.evidenceId, on);
    }
    return days;
  }
}

const isFile = (value: unknown): value is Readonly<{ evidenceId: EvidenceId }> =>
  typeof value === 'object' && value !== null && 'evidenceId' in value && 'hash' in value;
