import type { RecordedEvent } from '@app/event-store';
import { idFrom } from '@app/kernel';
import type { Act, CrashRecord, ImportedList, Operation, Read, RunSelection } from './record';

export type Violation = Readonly<{
  kind:
    | 'lost'
    | 'doubled'
    | 'torn'
    | 'out of order'
    | 'misplaced'
    | 'refused, and there'
    | 'refused without reason'
    | 'from nowhere'
    | 'other answer'
    | 'stale read'
    | 'list half done'
    | 'selection half done'
    | 'evidence missing'
    | 'unlike a rebuild'
    | 'miscounted'
    | 'wrong';
  detail: string;
}>;
type Found = (kind: Violation['kind'], detail: string) => void;
type Log = Readonly<{
  all: readonly RecordedEvent[];
  byCommand: ReadonlyMap<string, readonly RecordedEvent[]>;
  byStream: ReadonlyMap<string, readonly RecordedEvent[]>;
}>;

const groupedBy = <T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group === undefined) groups.set(keyOf(value), [value]);
    else group.push(value);
  }
  return groups;
};
const ofType = (events: readonly RecordedEvent[] | undefined, type: string): readonly RecordedEvent[] =>
  (events ?? []).filter((event) => event.type === type);
const isAct = (operation: Operation): operation is Act => operation.kind === 'act';
const isRead = (operation: Operation): operation is Read => operation.kind === 'read';

/** Positions rise, each stream counts from where it was, each id is there once. */
const judgeLog = ({ all, byStream, byCommand }: Log, base: bigint, found: Found): void => {
  let before = base;
  const ids = new Set<string>();
  for (const { id, position, stream, type } of all) {
    if (position <= before) found('out of order', `position ${position} of the log follows ${before}`);
    before = position;
    if (ids.has(id)) found('doubled', `${type} of ${stream} is in the log twice`);
    ids.add(id);
  }
  for (const [stream, own] of byStream) {
    const first = own[0]?.revision ?? 0n;
    own.forEach(({ revision }, i) => {
      if (revision !== first + BigInt(i)) found('out of order', `${stream} has revision ${revision} where ${first + BigInt(i)} belongs`);
    });
    if (ofType(own, 'FindingFiled').length > 1) found('doubled', `${stream} was filed more than once`);
  }
  for (const [commandId, own] of byCommand) {
    const first = own[0];
    if (first === undefined) continue;
    const stray = own.find(({ stream, revision }, i) => stream !== first.stream || revision !== first.revision + BigInt(i));
    if (stray !== undefined) found('doubled', `command ${commandId} stored events at two places: ${first.stream} and ${stray.stream}`);
    own.forEach(({ id, type, stream }, i) => {
      if (id !== idFrom(commandId, i)) found('torn', `${type} of ${stream} is not event ${i} of its command`);
    });
  }
};

const judgeNumbers = ({ all }: Log, found: Found): void => {
  const filed = all.filter(({ type }) => type === 'FindingFiled');
  for (const [number, own] of groupedBy(filed, ({ data }) => String((data as Readonly<{ number: unknown }>).number))) {
    if (own.length > 1) found('doubled', `the number ${number} stands on ${own.length} findings`);
  }
};

const judgeAct = (act: Act, log: Log, found: Found): void => {
  const { request, outcome, commandId, silent } = act;
  const own = log.byCommand.get(commandId) ?? [];
  const last = own.at(-1);
  if (outcome.kind === 'unknown') return;
  if (outcome.kind === 'refused') {
    if (last !== undefined) found('refused, and there', `${request} was refused (${outcome.code}) and stands in ${last.stream}`);
    else found('refused without reason', `${request} was refused with ${String(outcome.status)} ${outcome.code}`);
    return;
  }
  if (silent || outcome.changed === false) return;
  if (last === undefined) return found('lost', `${request} was acknowledged at ${outcome.position} and is not in the log`);
  if (last.position !== outcome.position || last.revision !== outcome.revision) {
    found('misplaced', `${request} was told ${outcome.revision} at ${outcome.position}, is ${last.revision} at ${last.position}`);
  }
};

/** Acts of one sort store equally many events: fewer are half an act. */
const judgeSizes = (acts: readonly Act[], { byCommand }: Log, found: Found): void => {
  for (const [sort, own] of groupedBy(acts, (act) => act.sort)) {
    const sizes = own.flatMap((act) => byCommand.get(act.commandId)?.length ?? []);
    const most = Math.max(0, ...sizes);
    const less = sizes.filter((size) => size < most).length;
    if (less > 0) found('torn', `${less} of ${sizes.length} acts “${sort}” stored fewer than ${most} events`);
  }
};

/** What was acknowledged before something else began lies before it; that holds for one client and between them. */
const judgeOrder = (acts: readonly Act[], { byCommand }: Log, found: Found): void => {
  const done = acts
    .flatMap((act) => {
      const position = byCommand.get(act.commandId)?.at(-1)?.position;
      return position === undefined ? [] : [{ ...act, position }];
    })
    .sort((a, b) => a.start - b.start);
  const ended = done.filter(({ outcome }) => outcome.kind === 'ok').sort((a, b) => a.end - b.end);
  let next = 0;
  let most: (typeof done)[number] | undefined;
  for (const act of done) {
    for (let other = ended[next]; other !== undefined && other.end < act.start; other = ended[++next]) {
      if (most === undefined || other.position > most.position) most = other;
    }
    if (most !== undefined && most.position >= act.position) {
      found('out of order', `${act.request} is at ${act.position}, below ${most.position} of ${most.request}, which had ended before`);
    }
  }
};

/** Whoever names a position sees every event of the finding up to it, unless told that it could not be waited for. */
const judgeRead = (read: Read, { byStream }: Log, found: Found): void => {
  if (read.behind) return;
  const due = (byStream.get(read.stream) ?? []).filter(({ position }) => position <= read.position).at(-1);
  if (due !== undefined && (read.revision ?? -1n) < due.revision) {
    found('stale read', `${read.client} waited for ${read.position} and saw ${read.stream} at ${read.revision}, not at ${due.revision}`);
  }
};

type RowOfList = Readonly<{ rowId: string; findingId: string }>;
const judgeList = ({ importId, listId, rows, committed, issued }: ImportedList, { byStream }: Log, found: Found): void => {
  const list = byStream.get(`list-${listId}`);
  const added = ofType(list, 'RowsAdded').flatMap(({ data }) => (data as Readonly<{ rows: readonly RowOfList[] }>).rows);
  const ids = new Set(added.map(({ rowId }) => rowId));
  if (ids.size < added.length) found('doubled', `import ${importId} has ${added.length - ids.size} rows twice in its list`);
  if (committed && ids.size !== rows) found('list half done', `import ${importId} is committed with ${ids.size} of ${rows} rows`);
  const times = ofType(list, 'ListIssued').length;
  if (times > 1) found('doubled', `list ${listId} was issued ${times} times`);
  if (!issued && times === 0) return;
  for (const { rowId, findingId } of added) {
    const own = byStream.get(`finding-${findingId}`);
    for (const type of ['FindingFiled', 'FindingAccepted', 'FindingTransferred']) {
      const count = ofType(own, type).length;
      if (count > 1) found('doubled', `row ${rowId} of list ${listId} has ${type} ${count} times`);
      if (count < 1) found('list half done', `row ${rowId} of the issued list ${listId} lacks ${type}`);
    }
  }
};

const judgeSelection = ({ selectionId, state, rows }: RunSelection, { byCommand }: Log, found: Found): void => {
  if (state !== 'done' && state !== 'cancelled') return found('selection half done', `selection ${selectionId} ended as ${String(state)}`);
  for (const [findingId, own] of groupedBy(rows, (row) => row.findingId)) {
    if (own.length > 1) found('doubled', `selection ${selectionId} has finding ${findingId} ${own.length} times`);
  }
  for (const { findingId, state: told, commandId } of rows) {
    const stored = byCommand.get(commandId)?.length ?? 0;
    if (told === 'done' && stored === 0) found('lost', `selection ${selectionId} says that ${findingId} is done; nothing is in the log`);
    if (told !== 'done' && stored > 0) found('refused, and there', `selection ${selectionId}: ${findingId} is ${told}, and in the log`);
    if (told === 'waiting' && state === 'done') found('selection half done', `selection ${selectionId} is done without ${findingId}`);
  }
};

const judgeEvidence = ({ operations, log, files }: CrashRecord, found: Found): void => {
  const named = log.flatMap(({ type, data }) =>
    type === 'EvidenceAdded' ? [(data as Readonly<{ evidence: Readonly<{ hash: string }> }>).evidence.hash] : [],
  );
  const acknowledged = operations.filter(isAct).flatMap(({ hash }) => hash ?? []);
  for (const hash of new Set([...named, ...acknowledged])) {
    const there = files.get(hash) ?? null;
    if (there === null) found('evidence missing', `no file ${hash}, which is evidence`);
    else if (there !== hash) found('evidence missing', `the file ${hash} holds other bytes`);
  }
};

/** Everything that contradicts what the product promises about crashes; empty when the history is right. */
export const judge = (record: CrashRecord): readonly Violation[] => {
  const violations: Violation[] = [];
  const found: Found = (kind, detail) => void violations.push({ kind, detail });
  const log: Log = {
    all: record.log,
    byCommand: groupedBy(record.log, ({ metadata }) => metadata.commandId),
    byStream: groupedBy(record.log, ({ stream }) => stream),
  };
  const acts = record.operations.filter(isAct);
  for (const detail of record.wrong) found('wrong', detail);
  judgeLog(log, record.base, found);
  judgeNumbers(log, found);
  for (const act of acts) judgeAct(act, log, found);
  judgeSizes(acts, log, found);
  judgeOrder(acts, log, found);
  for (const operation of record.operations) {
    if (isRead(operation)) judgeRead(operation, log, found);
    if (operation.kind === 'repeat' && !operation.same)
      found('other answer', `${operation.request} was answered otherwise the second time`);
  }
  for (const list of record.lists) judgeList(list, log, found);
  for (const selection of record.selections) judgeSelection(selection, log, found);
  judgeEvidence(record, found);
  for (const { table, equal } of record.tables) if (!equal) found('unlike a rebuild', `${table} differs from what its events give`);
  for (const { what, shown, counted } of record.recounts) {
    if (shown !== counted) found('miscounted', `${what} is shown as ${shown}, counted it is ${counted}`);
  }
  return violations;
};
