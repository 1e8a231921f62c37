export type Expected = Readonly<{ kind: 'any' } | { kind: 'no-stream' } | { kind: 'stream-exists' } | { kind: 'exact'; revision: bigint }>;

/** What an append must know of its stream. */
export type StreamView = Readonly<{
  /** -1n: no events. */
  last: bigint;
  tombstoned: boolean;
  deletedSoftly: boolean;
  hasMetadata: boolean;
  /** Of events appended lately; undefined for all others. */
  revisionOf: (id: string) => bigint | undefined;
  /** Only asked for revisions that exist. */
  idAt: (revision: bigint) => string | undefined;
}>;

export type Decision = Readonly<
  | { kind: 'append' }
  /** The very same events are there already; `revision` is that of the last one. */
  | { kind: 'repeated'; revision: bigint }
  | { kind: 'wrong-revision' }
  | { kind: 'deleted' }
>;

const APPEND: Decision = { kind: 'append' };
const WRONG: Decision = { kind: 'wrong-revision' };
const DELETED: Decision = { kind: 'deleted' };

/** By recently seen ids, wherever in the stream they stand: all there is a repetition, some there is an error. */
const decideByRecentIds = (view: StreamView, ids: readonly string[]): Decision => {
  let revision: bigint | undefined;
  for (const [index, id] of ids.entries()) {
    revision = view.revisionOf(id);
    if (revision === undefined) return index === 0 ? APPEND : WRONG;
  }
  return revision === undefined ? APPEND : { kind: 'repeated', revision };
};

/** `after` lies before the end of the stream: either the same events follow it, or somebody else was quicker. */
const decideBehindTheEnd = (view: StreamView, after: bigint, ids: readonly string[], noStream: boolean): Decision => {
  let revision = after;
  for (const id of ids) {
    revision += 1n;
    if (revision <= view.last && view.idAt(revision) === id) continue;
    return noStream && view.deletedSoftly && revision === 0n ? APPEND : WRONG;
  }
  return revision === after ? WRONG : { kind: 'repeated', revision };
};

/** The one decision over an append: what the stream is, what is expected of it, and which events come. */
export const decideAppend = (view: StreamView, expected: Expected, ids: readonly string[]): Decision => {
  if (view.tombstoned) return DELETED;
  switch (expected.kind) {
    case 'any':
      return decideByRecentIds(view, ids);
    case 'stream-exists':
      if (view.deletedSoftly) return DELETED;
      if (view.last < 0n && !view.hasMetadata) return WRONG;
      return decideByRecentIds(view, ids);
    case 'no-stream':
    case 'exact': {
      const after = expected.kind === 'exact' ? expected.revision : -1n;
      if (after > view.last) return WRONG;
      if (after === view.last) return APPEND;
      return decideBehindTheEnd(view, after, ids, expected.kind === 'no-stream');
    }
  }
};

/** As `decideAppend` for a delete or tombstone, which repeats nothing. */
export const decideDelete = (view: StreamView, expected: Expected, forever: boolean): Decision => {
  const decision = decideAppend(view, expected, ['a delete has no id']);
  if (decision.kind !== 'append' || forever) return decision;
  return view.last < 0n && !view.hasMetadata ? WRONG : APPEND;
};
