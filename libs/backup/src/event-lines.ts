import type { RecordedEvent } from '@app/event-store';
import { BackupRefused } from './errors';
import { readChunk } from './section-reader';
import type { Manifest } from './manifest';

/** An event as one line; a store keeps everything but the position, which is its own. */
export const lineOf = ({ stream, revision, id, type, version, data, metadata, position }: RecordedEvent): string =>
  JSON.stringify({ position: position.toString(), stream, revision: revision.toString(), id, type, version, data, metadata });

type EventLine = Omit<RecordedEvent, 'position' | 'revision'> & Readonly<{ position: string; revision: string }>;

const eventOf = (line: string): RecordedEvent => {
  const { position, revision, ...rest } = JSON.parse(line) as EventLine;
  return { ...rest, position: BigInt(position), revision: BigInt(revision) };
};

/** Two readers of one copy walk through it, one behind the other. */
const CHUNKS_AT_HAND = 3;

/** The events of a backup as a log that a copy reads from. Errors: BackupRefused when a file is missing or damaged. */
export class BackupLog {
  private readonly atHand = new Map<number, readonly RecordedEvent[]>();

  constructor(
    private readonly folder: string,
    private readonly manifest: Manifest,
  ) {}

  head(): Promise<bigint> {
    return Promise.resolve(BigInt(this.manifest.events.chunks.at(-1)?.last ?? '0'));
  }

  async readAll(after: bigint, limit: number): Promise<readonly RecordedEvent[]> {
    const { chunks } = this.manifest.events;
    const found: RecordedEvent[] = [];
    for (let at = chunks.findIndex(({ last }) => BigInt(last) > after); at >= 0 && at < chunks.length && found.length < limit; at += 1) {
      const events = await this.chunk(at);
      const from = events.findIndex(({ position }) => position > after);
      if (from >= 0) found.push(...events.slice(from, from + limit - found.length));
    }
    return found;
  }

  private async chunk(at: number): Promise<readonly RecordedEvent[]> {
    const known = this.atHand.get(at);
    if (known !== undefined) return known;
    const chunk = this.manifest.events.chunks[at];
    if (chunk === undefined) throw new BackupRefused({ zh: '备份中没有这些事件。', en: 'The backup does not hold these events.' });
    const { last: _, ...file } = chunk;
    const events = (await readChunk(this.folder, file)).map(eventOf);
    this.atHand.set(at, events);
    if (this.atHand.size > CHUNKS_AT_HAND) this.atHand.delete(Math.min(...this.atHand.keys()));
    return events;
  }
}
