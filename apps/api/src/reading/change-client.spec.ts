import type { ChangedRow } from '@app/findings';
import type { FindingId } from '@app/kernel';
import { ChangeClient, type Sees } from './change-client';

const row = (position: number, reader = 'pd/a'): ChangedRow => ({
  finding_id: `f${String(position)}` as FindingId,
  revision: 1,
  position: BigInt(position),
  reader_paths: [reader],
  leader_paths: [],
});
const ofA: Sees = ({ reader_paths }) => reader_paths.includes('pd/a');
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const ids = (written: readonly string[]): readonly string[] => written.map((text) => /^id: (\d+)/.exec(text)?.[1] ?? text);

describe('The stream of changes of one listener', () => {
  it('tells only what the listener may see', async () => {
    const written: string[] = [];
    const client = new ChangeClient(
      (text) => written.push(text),
      () => undefined,
      async () => ofA,
      false,
    );
    client.take([row(1), row(2, 'pd/b'), row(3)]);
    await settle();
    expect(ids(written)).toStrictEqual(['1', '3']);
  });

  it('tells what was missed first, then what came meanwhile, nothing twice', async () => {
    const written: string[] = [];
    const client = new ChangeClient(
      (text) => written.push(text),
      () => undefined,
      async () => ofA,
      true,
    );
    client.take([row(5)]);
    client.tell([row(3), row(4), row(5)]);
    client.take([row(6)]);
    client.caughtUp();
    await settle();
    expect(ids(written)).toStrictEqual(['3', '4', '5', '6']);
  });

  it('ends when the session is over, and says nothing more', async () => {
    const written: string[] = [];
    let closed = 0;
    let sees: Sees | null = ofA;
    const client = new ChangeClient(
      (text) => written.push(text),
      () => (closed += 1),
      async () => sees,
      false,
    );
    client.beat();
    await settle();
    sees = null;
    client.take([row(1)]);
    client.take([row(2)]);
    client.beat();
    await settle();
    expect(written).toStrictEqual([': still here\n\n']);
    expect(closed).toBe(1);
  });
});
