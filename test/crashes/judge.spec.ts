import type { RecordedEvent } from '@app/event-store';
import { goodRecord, HASH } from './good-record';
import { judge, type Violation } from './judge';
import type { Act, CrashRecord, Operation, Read } from './record';

type Planted = Readonly<{ fault: string; found: readonly Violation['kind'][]; plant: (good: CrashRecord) => CrashRecord }>;

const withLog = (good: CrashRecord, change: (log: readonly RecordedEvent[]) => readonly RecordedEvent[]): CrashRecord => ({
  ...good,
  log: change(good.log),
});
const changed = <T>(values: readonly T[], which: (value: T) => boolean, change: (value: T) => T): readonly T[] =>
  values.map((value) => (which(value) ? change(value) : value));
const actOf = (good: CrashRecord, client: string, sort: string): Act => {
  const act = good.operations.find((one): one is Act => one.kind === 'act' && one.client === client && one.sort === sort);
  if (act === undefined) throw new Error(`no act ${client} ${sort}`);
  return act;
};
const withAct = (good: CrashRecord, client: string, sort: string, change: (act: Act) => Operation): CrashRecord => {
  const act = actOf(good, client, sort);
  return { ...good, operations: good.operations.map((one) => (one === act ? change(act) : one)) };
};
const withoutEventsOf = (good: CrashRecord, client: string, sort: string, keep = 0): CrashRecord => {
  const { commandId } = actOf(good, client, sort);
  let left = keep;
  return withLog(good, (log) => log.filter(({ metadata }) => metadata.commandId !== commandId || left-- > 0));
};
const withRead = (good: CrashRecord, change: (read: Read) => Read): CrashRecord => {
  const at = good.operations.findLastIndex(({ kind }) => kind === 'read');
  return { ...good, operations: good.operations.map((one, i) => (i === at && one.kind === 'read' ? change(one) : one)) };
};
const swap = (log: readonly RecordedEvent[], a: number, b: number): readonly RecordedEvent[] =>
  log.map((event, i) => {
    const other = i === a ? log[b] : i === b ? log[a] : undefined;
    return other === undefined ? event : { ...other, position: event.position };
  });

const PLANTED: readonly Planted[] = [
  { fault: 'an acknowledged act is not in the log', found: ['lost'], plant: (good) => withoutEventsOf(good, 'b', 'accept') },
  {
    fault: 'an event stands in the log twice',
    found: ['doubled'],
    plant: (good) =>
      withLog(good, (log) => [...log, ...log.slice(-1).map((event) => ({ ...event, position: 999n, revision: event.revision + 1n }))]),
  },
  {
    fault: 'a command was stored at two places',
    found: ['doubled'],
    plant: (good) =>
      withLog(good, (log) => [
        ...log,
        ...log.slice(0, 1).map((event) => ({ ...event, id: 'another', stream: 'finding-9', position: 999n, revision: 0n })),
      ]),
  },
  {
    fault: 'a finding was filed again under another command',
    found: ['doubled'],
    plant: (good) =>
      withLog(good, (log) =>
        changed(
          log,
          ({ type }) => type === 'CommentAdded',
          (event) => ({ ...event, type: 'FindingFiled', data: { number: event.id } }),
        ),
      ),
  },
  {
    fault: 'one number stands on two findings',
    found: ['doubled'],
    plant: (good) =>
      withLog(good, (log) =>
        changed(
          log,
          ({ type }) => type === 'FindingFiled',
          (event) => ({ ...event, data: { number: 'QL-1' } }),
        ),
      ),
  },
  {
    fault: 'half of a command is in the log',
    found: ['torn'],
    plant: (good) =>
      withoutEventsOf(
        withAct(good, 'b', 'accept', (act) => ({ ...act, outcome: { kind: 'unknown' } })),
        'b',
        'accept',
        1,
      ),
  },
  {
    fault: 'two acts of one client lie in the wrong order',
    found: ['out of order'],
    plant: (good) => withLog(good, (log) => swap(log, 0, 2)),
  },
  {
    fault: 'an act lies before what had ended when it began',
    found: ['out of order'],
    plant: (good) => withLog(good, (log) => swap(log, 0, 1)),
  },
  {
    fault: 'a stream has a gap',
    found: ['out of order'],
    plant: (good) => withLog(good, (log) => log.filter(({ type }) => type !== 'RowsAdded')),
  },
  { fault: 'positions do not rise', found: ['out of order'], plant: (good) => withLog(good, (log) => [...log].reverse()) },
  {
    fault: 'an acknowledgement names another place than the log',
    found: ['misplaced'],
    plant: (good) =>
      withAct(good, 'a', 'accept', (act) => ({
        ...act,
        outcome: { kind: 'ok', status: 200, revision: 7n, position: 100n, changed: true },
      })),
  },
  {
    fault: 'what was refused is there',
    found: ['refused, and there'],
    plant: (good) => withAct(good, 'a', 'accept', (act) => ({ ...act, outcome: { kind: 'refused', status: 409, code: 'conflict' } })),
  },
  {
    fault: 'what nothing spoke against is refused',
    found: ['refused without reason'],
    plant: (good) =>
      withAct(good, 'a', 'accept', (act) => ({
        ...act,
        commandId: 'never stored',
        outcome: { kind: 'refused', status: 403, code: 'forbidden' },
      })),
  },
  {
    fault: 'a repetition is answered otherwise',
    found: ['other answer'],
    plant: (good) =>
      withAct(good, 'a', 'accept', ({ client, start, end, commandId, request }) => ({
        kind: 'repeat',
        client,
        start,
        end,
        commandId,
        request,
        same: false,
      })),
  },
  {
    fault: 'a read does not see the write whose position it names',
    found: ['stale read'],
    plant: (good) => withRead(good, (read) => ({ ...read, revision: 0n, position: 900n, stream: 'finding-1' })),
  },
  {
    fault: 'a read does not find what was written',
    found: ['stale read'],
    plant: (good) => withRead(good, (read) => ({ ...read, revision: null })),
  },
  {
    fault: 'a committed import lacks a row',
    found: ['list half done'],
    plant: (good) => ({ ...good, lists: good.lists.map((list) => ({ ...list, rows: 3 })) }),
  },
  {
    fault: 'a row of an import came in twice',
    found: ['doubled'],
    plant: (good) =>
      withLog(good, (log) =>
        changed(
          log,
          ({ type }) => type === 'RowsAdded',
          (event) => {
            const { rows } = event.data as Readonly<{ rows: readonly unknown[] }>;
            return { ...event, data: { rows: [...rows, rows[0]] } };
          },
        ),
      ),
  },
  {
    fault: 'a row of an issued list was never transferred',
    found: ['list half done'],
    plant: (good) => withLog(good, (log) => log.filter(({ type, stream }) => type !== 'FindingTransferred' || !stream.endsWith('2'))),
  },
  {
    fault: 'a row of a list was transferred twice',
    found: ['doubled'],
    plant: (good) =>
      withLog(good, (log) =>
        changed(
          log,
          ({ type }) => type === 'FindingAccepted',
          (event) => (event.stream.includes('row') ? { ...event, type: 'FindingTransferred' } : event),
        ),
      ),
  },
  {
    fault: 'a selection stays in the middle',
    found: ['selection half done'],
    plant: (good) => ({ ...good, selections: good.selections.map((selection) => ({ ...selection, state: 'running' })) }),
  },
  {
    fault: 'a selection ends without one of its rows',
    found: ['selection half done'],
    plant: (good) => ({
      ...good,
      selections: good.selections.map((one) => ({ ...one, rows: [...one.rows, { findingId: '3', state: 'waiting', commandId: 'none' }] })),
    }),
  },
  {
    fault: 'a row of a selection is said to be done and is not',
    found: ['lost'],
    plant: (good) => withLog(good, (log) => log.filter(({ type, stream }) => type !== 'CommentAdded' || stream !== 'finding-2')),
  },
  {
    fault: 'a row of a selection is said to be refused and is done',
    found: ['refused, and there'],
    plant: (good) => ({
      ...good,
      selections: good.selections.map((one) => ({ ...one, rows: one.rows.map((row) => ({ ...row, state: 'refused' })) })),
    }),
  },
  { fault: 'a file of evidence is gone', found: ['evidence missing'], plant: (good) => ({ ...good, files: new Map() }) },
  {
    fault: 'a file of evidence holds other bytes',
    found: ['evidence missing'],
    plant: (good) => ({ ...good, files: new Map([[HASH, 'other']]) }),
  },
  {
    fault: 'a table differs from a rebuild',
    found: ['unlike a rebuild'],
    plant: (good) => ({ ...good, tables: good.tables.map((table) => ({ ...table, equal: false })) }),
  },
  {
    fault: 'a counter is off by one',
    found: ['miscounted'],
    plant: (good) => ({ ...good, recounts: good.recounts.map((one) => ({ ...one, shown: one.shown + 1 })) }),
  },
  { fault: 'somebody met an unclear answer', found: ['wrong'], plant: (good) => ({ ...good, wrong: ['500 from nowhere'] }) },
];

describe('The judge of crashes', () => {
  it('finds nothing in a history that is right', () => {
    expect(judge(goodRecord())).toStrictEqual([]);
  });

  it.each(PLANTED)('sees that $fault', ({ found, plant }) => {
    expect([...new Set(judge(plant(goodRecord())).map(({ kind }) => kind))]).toStrictEqual(expect.arrayContaining([...found]));
  });
});
