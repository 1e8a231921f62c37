import type { Readable } from 'node:stream';
import { EvidenceStore } from '@app/evidence';
import { FindingReader, type EvidencePhase } from '@app/findings';
import { idFrom, type EvidenceId, type FileHash, type FindingId, type LegId, type LocalDate } from '@app/kernel';
import { detectPersonal, redact, secrecyMark } from '@app/privacy';
import { Injectable } from '@nestjs/common';
import { fileNameOf } from '../platform/form';
import { keyReused } from '../platform/idempotency';
import { ProblemError } from '../platform/problem';
import type { Writing } from '../platform/writing';
import { FindingDesk, type WriteAnswer } from './finding-desk';

export type EvidenceAnswer = WriteAnswer & Readonly<{ evidenceId: EvidenceId; hash: string }>;
export type ArrivedFile = Readonly<{
  /** As its sender calls it. */
  name: string;
  content: Readable;
  /** What the sender says its hash is, where they said so. */
  expected?: FileHash;
  phase: EvidencePhase;
  legId: LegId | null;
  on: LocalDate | undefined;
}>;

/** R39: what bears a mark of secrecy is refused by its name, before a byte of it is kept. */
export const mustBearNoMark = (name: string): void => {
  if (secrecyMark(name) === null) return;
  throw new ProblemError(422, 'secrecy-mark', {
    zh: '文件名带有密级标志，不能上传。',
    en: 'The file bears a mark of secrecy and is refused.',
  });
};

/** Turns a file that arrived, whichever way, into evidence of a finding. */
@Injectable()
export class EvidenceDesk {
  constructor(
    private readonly desk: FindingDesk,
    private readonly reader: FindingReader,
    private readonly store: EvidenceStore,
  ) {}

  /** Errors: secrecy-mark, evidence-*, those of AddEvidence, and idempotency-key-reused for another file under the same key. */
  async add(id: FindingId, file: ArrivedFile, writing: Writing): Promise<EvidenceAnswer> {
    const name = fileNameOf(file.name);
    try {
      mustBearNoMark(name);
    } catch (error) {
      file.content.resume();
      throw error;
    }
    const { hash, size, mediaType } = await this.store.put(file.content, name, file.expected);
    const evidenceId = idFrom(writing.commandId, 'evidence', hash) as EvidenceId;
    const shown = detectPersonal(name).length === 0 ? name : redact(name);
    const evidence = { evidenceId, hash, name: shown, mediaType, size, phase: file.phase, legId: file.legId };
    const answer = await this.desk.send(id, { type: 'AddEvidence', data: { evidence } }, writing, { on: file.on });
    // A repeated key answers with the first act: another file under it was not stored as evidence.
    const { state } = await this.reader.load(id);
    if (state.phase === 'absent' || state.core.evidence[evidenceId] === undefined) throw keyReused();
    return { ...answer, evidenceId, hash };
  }
}
