import { randomUUID } from 'node:crypto';
import type { EventMetadata, EventToAppend } from '@app/event-store';
import type { CommandId, Instant, LocalDate, PersonId, PostId, UnitId } from '@app/kernel';

/** What a small event of an inspection carries; `seq` proves at the end that nothing was lost, doubled or mixed up. */
export type BenchData = Readonly<{ seq: number; finding: string; village: string; note: string }>;

export const EVENT_TYPE = 'FindingNoted';
export const PAYLOAD_BYTES = 407;
/** All of them have as many digits, so that every payload has the same size. */
const FIRST_SEQ = 1_000_000;

const noteOf = (length: number): BenchData => ({
  seq: FIRST_SEQ,
  finding: '3f6f2a1c-8d0e-4c57-9f5b-2a7c61d0e9b4',
  village: '青山镇柳树村',
  note: `路段两侧堆放杂物，已通知责任人限期清理。${'-'.repeat(length)}`,
});
const missing = PAYLOAD_BYTES - Buffer.byteLength(JSON.stringify(noteOf(0)));
const TEMPLATE = noteOf(missing);

export const dataOf = (index: number): BenchData => ({ ...TEMPLATE, seq: FIRST_SEQ + index });
export const indexOf = (data: unknown): number => (data as BenchData).seq - FIRST_SEQ;

export const METADATA: EventMetadata = {
  recordedAt: '2026-03-02T01:15:00.000Z' as Instant,
  businessDate: '2026-03-02' as LocalDate,
  actor: '0d3c9a52-6a8b-4f5e-9a3d-5b1e7c2f4a61' as PersonId,
  actingUnit: 'a51e0f7b-2c4d-4e8f-8b6a-9d3c1f5e7a20' as UnitId,
  actingPost: 'c7b2e4d1-5f6a-4b3c-8d9e-0a1b2c3d4e5f' as PostId,
  commandId: '5e8d1c3b-7a9f-4d2e-b6c4-8f0a2b4c6d8e' as CommandId,
  causationId: null,
};

export const eventOf = (index: number): EventToAppend => ({
  id: randomUUID(),
  type: EVENT_TYPE,
  version: 1,
  data: dataOf(index),
  metadata: METADATA,
});

/** Says of each event in turn whether it is the one that must come now; `done` says whether all have come. */
export class Checker {
  private next = 0;

  constructor(
    private readonly what: string,
    private readonly wanted: number,
  ) {}

  readonly see = (data: unknown): void => {
    const index = indexOf(data);
    if (index !== this.next) throw new Error(`${this.what}: event ${index} came where ${this.next} was due`);
    this.next += 1;
  };

  done(): void {
    if (this.next !== this.wanted) throw new Error(`${this.what}: ${this.next} events instead of ${this.wanted}`);
  }
}
