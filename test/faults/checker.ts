import type { AllRead, Fact, FollowerTable, HistoryRecord, Operation, StreamRead, Write } from './record';

export type Violation = Readonly<{
  kind:
    | 'lost'
    | 'doubled'
    | 'skipped'
    | 'out of order'
    | 'torn'
    | 'misplaced'
    | 'refused, and there'
    | 'refused without reason'
    | 'from nowhere'
    | 'not read'
    | 'wrong';
  detail: string;
}>;

type Log = Readonly<{ all: readonly Fact[]; byId: ReadonlyMap<string, Fact>; byStream: ReadonlyMap<string, readonly Fact[]> }>;
type Found = (kind: Violation['kind'], detail: string) => void;

const index = (all: readonly Fact[]): Log => {
  const byStream = new Map<string, Fact[]>();
  for (const fact of all) {
    const own = byStream.get(fact.stream) ?? [];
    own.push(fact);
    byStream.set(fact.stream, own);
  }
  return { all, byId: new Map(all.map((fact) => [fact.id, fact])), byStream };
};

const judgeLog = ({ all, byStream }: Log, writes: readonly Write[], found: Found): void => {
  const known = new Map(writes.flatMap((write) => write.ids.map((id) => [id, write] as const)));
  const ids = new Set<string>();
  const perOp = new Map<string, { count: number; of: number }>();
  let before = 0n;
  for (const fact of all) {
    if (fact.position <= before) found('out of order', `position ${fact.position} of the log follows ${before}`);
    before = fact.position;
    if (ids.has(fact.id)) found('doubled', `event of ${fact.op} is in the log twice`);
    ids.add(fact.id);
    perOp.set(fact.op, { count: (perOp.get(fact.op)?.count ?? 0) + 1, of: fact.of });
    if (known.get(fact.id)?.stream !== fact.stream) found('from nowhere', `nobody wrote ${fact.op} to ${fact.stream}`);
  }
  for (const [op, { count, of }] of perOp) {
    if (count > of) found('doubled', `${op} has ${count} events in the log instead of ${of}`);
    else if (count < of) found('torn', `of ${op} only ${count} of ${of} events are there`);
  }
  for (const [stream, own] of byStream) {
    own.forEach((fact, i) => {
      if (fact.revision !== BigInt(i)) found('out of order', `${stream} has revision ${fact.revision} where ${i} belongs`);
    });
    judgeSums(stream, own, found);
  }
};

/** Each event of a command counts on from what was seen: a decision on a state that had passed shows in the sums. */
const judgeSums = (stream: string, own: readonly Fact[], found: Found): void => {
  let sum = 0;
  for (const { total, op } of own) {
    if (total === 0) continue;
    sum += 1;
    if (total !== sum) found('misplaced', `${op} in ${stream} counted ${total} events of commands, it is the ${sum}th`);
  }
};

const judgeWrite = (write: Write, log: Log, found: Found): void => {
  const { op, outcome, ids, stream, expected } = write;
  const facts = ids.map((id) => log.byId.get(id));
  if (outcome.kind === 'unknown') return;
  if (outcome.kind === 'refused') {
    // With `stream-exists` an attempt that was given up may still arrive after somebody else made the stream.
    if (facts.some((fact) => fact !== undefined) && !(write.doubtful && expected === 'stream-exists')) {
      found('refused, and there', `${op} was refused and stands in ${stream}`);
    }
    return;
  }
  if (facts.some((fact) => fact === undefined)) return found('lost', `${op} was acknowledged at ${outcome.position} and is not in the log`);
  const last = facts.at(-1);
  facts.forEach((fact, i) => {
    const revision = outcome.revision - BigInt(ids.length - 1 - i);
    if (fact?.revision !== revision) found('misplaced', `${op} was acknowledged for revision ${revision}, is at ${fact?.revision}`);
  });
  if (last?.position !== outcome.position) {
    found('misplaced', `${op} was acknowledged at position ${outcome.position}, is at ${last?.position}`);
  }
  const first = outcome.revision - BigInt(ids.length - 1);
  const allowed = expected === 'no-stream' ? first === 0n : typeof expected === 'bigint' ? first === expected + 1n : true;
  if (!allowed) found('misplaced', `${op} expected ${String(expected)} and was taken at ${first}`);
};

type Bounds = Readonly<{ position: (before: number) => bigint; revision: (stream: string, before: number) => bigint }>;

/** What must be visible to anybody who begins at a time: everything acknowledged before. */
const boundsOf = (writes: readonly Write[], base: bigint): Bounds => {
  const done = writes.filter((w) => w.outcome.kind === 'ok').sort((a, b) => a.end - b.end);
  return {
    position: (before) => {
      let most = base;
      for (const { end, outcome } of done) {
        if (end >= before) break;
        if (outcome.kind === 'ok' && outcome.position > most) most = outcome.position;
      }
      return most;
    },
    revision: (stream, before) => {
      let most = -1n;
      for (const write of done) {
        if (write.end >= before) break;
        if (write.stream === stream && write.outcome.kind === 'ok' && write.outcome.revision > most) most = write.outcome.revision;
      }
      return most;
    },
  };
};

/** A refusal needs a moment between its beginning and its end at which the stream was not as expected. */
const judgeRefusal = (write: Write, writes: readonly Write[], log: Log, bounds: Bounds, found: Found): void => {
  if (write.outcome.kind !== 'refused' || write.expected === 'stream-exists' || write.expected === 'command') return;
  if (write.expected === 'any') return found('refused without reason', `${write.op} expected nothing and was refused`);
  const expected = write.expected === 'no-stream' ? -1n : write.expected;
  const atLeast = bounds.revision(write.stream, write.start);
  const begun = new Set(writes.filter((w) => w.start <= write.end && w.stream === write.stream).flatMap((w) => w.ids));
  const atMost = (log.byStream.get(write.stream) ?? []).filter(({ id }) => begun.has(id)).at(-1)?.revision ?? -1n;
  if (atLeast === expected && atMost === expected) {
    found('refused without reason', `${write.op} expected ${expected}, which ${write.stream} was at all that time`);
  }
};

const sameIds = (ids: readonly string[], facts: readonly Fact[]): boolean =>
  ids.length === facts.length && ids.every((id, i) => id === facts[i]?.id);

const judgeStreamRead = (read: StreamRead, log: Log, bounds: Bounds, found: Found): void => {
  const own = log.byStream.get(read.stream) ?? [];
  const from = Number(read.from);
  if (!sameIds(read.ids, own.slice(from, from + read.ids.length))) {
    return found('out of order', `a read of ${read.stream} from ${from} is not what the stream holds there`);
  }
  const due = Number(bounds.revision(read.stream, read.start)) + 1 - from;
  if (read.ids.length < Math.min(due, read.limit)) found('not read', `${read.stream} was read short by what had been acknowledged before`);
};

const judgeAllRead = (read: AllRead, log: Log, bounds: Bounds, found: Found): void => {
  const rest = log.all.filter(({ position }) => position > read.after);
  if (!sameIds(read.ids, rest.slice(0, read.ids.length))) {
    return found('skipped', `a page after ${read.after} is not what the log holds there`);
  }
  const due = bounds.position(read.start);
  const dueCount = rest.filter(({ position }) => position <= due).length;
  if (read.ids.length < Math.min(dueCount, read.limit)) found('not read', `a page after ${read.after} misses what had been acknowledged`);
};

/** Acknowledged before the other began means a lower position. */
const judgeRealTime = (writes: readonly Write[], bounds: Bounds, found: Found): void => {
  for (const { op, start, outcome } of writes) {
    if (outcome.kind === 'ok' && outcome.position <= bounds.position(start)) {
      found('out of order', `${op} got ${outcome.position}, which is below what had been acknowledged before it began`);
    }
  }
};

const judgeTable = (table: FollowerTable, log: Log, found: Found): void => {
  const { name, rows, commits, prefixes } = table;
  const wanted = prefixes.length === 0 ? log.all : log.all.filter(({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix)));
  const seen = new Set<string>();
  rows.forEach((id, i) => {
    if (seen.has(id)) found('doubled', `${name} has an event twice, at row ${i}`);
    seen.add(id);
  });
  const missing = wanted.filter(({ id }) => !seen.has(id));
  if (missing.length > 0) found('skipped', `${name} lacks ${missing.length} events, the first at ${missing[0]?.position}`);
  const first = rows.findIndex((id, i) => id !== wanted[i]?.id);
  if (first >= 0) {
    found(log.byId.has(rows[first] ?? '') ? 'out of order' : 'from nowhere', `${name} has something else than the log at row ${first}`);
  }
  // Rows and checkpoint tell the same at every moment somebody could have looked or the process could have died.
  for (const { at, rows: count, checkpoint } of commits) {
    const due = wanted.filter(({ position }) => position <= checkpoint).length;
    if (due > count) found('skipped', `${name} stood at ${checkpoint} at ${at} ms with ${count} rows instead of ${due}`);
    if (due < count) found('doubled', `${name} stood at ${checkpoint} at ${at} ms with ${count} rows, ${due} belong there`);
  }
};

const isWrite = (operation: Operation): operation is Write => operation.kind === 'write';

/** Everything that contradicts the promises of the port; empty when the history is right. */
export const judge = ({ operations, tables, log: facts, wrong, base }: HistoryRecord): readonly Violation[] => {
  const violations: Violation[] = wrong.map((detail) => ({ kind: 'wrong', detail }));
  const found: Found = (kind, detail) => void violations.push({ kind, detail });
  const log = index(facts);
  const writes = operations.filter(isWrite);
  const bounds = boundsOf(writes, base);
  const last = facts.at(-1)?.position ?? base;
  judgeLog(log, writes, found);
  judgeRealTime(writes, bounds, found);
  for (const operation of operations) {
    switch (operation.kind) {
      case 'write':
        judgeWrite(operation, log, found);
        judgeRefusal(operation, writes, log, bounds, found);
        break;
      case 'stream-read':
        judgeStreamRead(operation, log, bounds, found);
        break;
      case 'all-read':
        judgeAllRead(operation, log, bounds, found);
        break;
      case 'head':
        if (operation.position < bounds.position(operation.start) || operation.position > last) {
          found('not read', `the head was told as ${operation.position}`);
        }
        break;
    }
  }
  for (const table of tables) judgeTable(table, log, found);
  return violations;
};
