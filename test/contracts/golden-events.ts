import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createCodec, type EventTypes, type RecordedEvent } from '@app/event-store';
import { EVENT_METADATA } from '@app/testing';

type GoldenEvent = Readonly<{ type: string; version: number; data: Readonly<Record<string, unknown>> }>;

/** Every event says when the server took it, for which day, and who acted. */
const ACT = ['at', 'on', 'by'];
const STAMP = ['personId', 'unitId', 'postId', 'inPlaceOf', 'ownUnits'];

const STORED: Pick<RecordedEvent, 'id' | 'stream' | 'revision' | 'position' | 'metadata'> = {
  id: '00000000-0000-5000-8000-000000000000',
  stream: 'some-stream',
  revision: 0n,
  position: 1n,
  metadata: EVENT_METADATA,
};

const keysOf = (value: unknown): readonly string[] => (typeof value === 'object' && value !== null ? Object.keys(value).sort() : []);

/**
 * Declares the suite that guards stored events: for each version of each type of `contexts` there is a file
 * `<Type>.v<N>.json` in `folder` as it was once stored, and each still decodes to the shape of the current version.
 * A golden file is never changed once released; a new version brings a new file and an upcast.
 */
export const goldenSpec = (contexts: Readonly<Record<string, EventTypes>>, folder: string): void => {
  const codec = createCodec(...Object.values(contexts));
  const golden = new Map<string, GoldenEvent>();
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.json')) golden.set(file, JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as GoldenEvent);
  }

  describe.each(Object.entries(contexts))('Stored events of %s', (_, types) => {
    const versions = Object.entries(types).flatMap(([type, { version }]) =>
      Array.from({ length: version }, (__, i) => ({ type, version: i + 1, file: `${type}.v${i + 1}.json` })),
    );

    it.each(versions)('$type of version $version can still be read', ({ type, version, file }) => {
      const event = golden.get(file);
      if (event === undefined) throw new Error(`${file} is missing: store such an event and run test/contracts/capture-events.cjs`);
      expect([event.type, event.version]).toStrictEqual([type, version]);
      const decoded = codec.decode({ ...event, ...STORED });
      expect(decoded.version).toBe(codec.versionOf(type));
      const data = decoded.data as Readonly<Record<string, unknown>>;
      expect(keysOf(data)).toStrictEqual(expect.arrayContaining(ACT));
      expect(keysOf(data['by'])).toStrictEqual([...STAMP].sort());
      expect(keysOf(data)).toStrictEqual(keysOf(golden.get(`${type}.v${decoded.version}.json`)?.data));
    });
  });

  it('has no golden file of an event that no context knows', () => {
    const strangers = [...golden.values()].filter(({ type, version }) => !codec.knows(type) || version > codec.versionOf(type));
    expect(strangers.map(({ type, version }) => `${type}.v${version}`)).toStrictEqual([]);
  });
};
