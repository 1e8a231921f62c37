import { decideAppend, decideDelete, type Expected, type StreamView } from './append-decision';

/** A stream that holds these ids, all of them still remembered. */
const holding = (ids: readonly string[], more: Partial<StreamView> = {}): StreamView => ({
  last: BigInt(ids.length) - 1n,
  tombstoned: false,
  deletedSoftly: false,
  hasMetadata: false,
  revisionOf: (id) => (ids.includes(id) ? BigInt(ids.indexOf(id)) : undefined),
  idAt: (revision) => ids[Number(revision)],
  ...more,
});

const EMPTY = holding([]);
const ABC = holding(['a', 'b', 'c']);
const ANY: Expected = { kind: 'any' };
const NO_STREAM: Expected = { kind: 'no-stream' };
const EXISTS: Expected = { kind: 'stream-exists' };
const at = (revision: bigint): Expected => ({ kind: 'exact', revision });

const APPEND = { kind: 'append' };
const WRONG = { kind: 'wrong-revision' };
const DELETED = { kind: 'deleted' };
const repeated = (revision: bigint) => ({ kind: 'repeated', revision });

describe('An append', () => {
  it.each([
    ['any revision of a new stream', EMPTY, ANY, APPEND],
    ['any revision of a stream', ABC, ANY, APPEND],
    ['no stream, where there is none', EMPTY, NO_STREAM, APPEND],
    ['no stream, where there is one', ABC, NO_STREAM, WRONG],
    ['a stream, where there is one', ABC, EXISTS, APPEND],
    ['a stream, where there is none', EMPTY, EXISTS, WRONG],
    ['a stream, where there is its metadata', holding([], { hasMetadata: true }), EXISTS, APPEND],
    ['the last revision', ABC, at(2n), APPEND],
    ['a revision before the last', ABC, at(1n), WRONG],
    ['a revision that is not there yet', ABC, at(3n), WRONG],
    ['a revision of a new stream', EMPTY, at(0n), WRONG],
  ])('of new events that expects %s', (_, view, expected, decision) => {
    expect(decideAppend(view, expected, ['x', 'y'])).toStrictEqual(decision);
  });

  it.each([
    ['the revision before them', at(0n), ['b', 'c'], repeated(2n)],
    ['the revision before them, of a part', at(0n), ['b'], repeated(1n)],
    ['no stream', NO_STREAM, ['a', 'b', 'c'], repeated(2n)],
    ['no stream, of a part', NO_STREAM, ['a'], repeated(0n)],
    ['any revision', ANY, ['b', 'c'], repeated(2n)],
    ['a stream', EXISTS, ['a'], repeated(0n)],
    ['another revision', at(1n), ['b'], WRONG],
    ['the revision before them, in another order', at(0n), ['c', 'b'], WRONG],
    ['the revision before them, with more behind', at(0n), ['b', 'c', 'd'], WRONG],
    ['no stream, with another one behind', NO_STREAM, ['a', 'x'], WRONG],
    ['any revision, with a new one behind', ANY, ['c', 'd'], WRONG],
    ['any revision, with a new one before', ANY, ['d', 'c'], APPEND],
  ])('of events that are there already and expects %s', (_, expected, ids, decision) => {
    expect(decideAppend(ABC, expected, ids)).toStrictEqual(decision);
  });

  it.each([
    ['any revision', ANY, APPEND],
    ['the end', at(2n), APPEND],
    ['no stream', NO_STREAM, WRONG],
    ['a revision behind', at(0n), WRONG],
  ])('of nothing that expects %s', (_, expected, decision) => {
    expect(decideAppend(ABC, expected, [])).toStrictEqual(decision);
  });

  it.each([
    ['any revision', ANY, APPEND],
    ['no stream', NO_STREAM, APPEND],
    ['the revision it had', at(2n), APPEND],
    ['a revision before it', at(1n), WRONG],
    ['a stream', EXISTS, DELETED],
  ])('to a softly deleted stream that expects %s', (_, expected, decision) => {
    expect(decideAppend(holding(['a', 'b', 'c'], { deletedSoftly: true, hasMetadata: true }), expected, ['x'])).toStrictEqual(decision);
  });

  it.each([ANY, NO_STREAM, EXISTS, at(2n), at(9n)])('to a stream deleted for ever is refused, whatever it expects', (expected) => {
    expect(decideAppend(holding(['a'], { tombstoned: true }), expected, ['x'])).toStrictEqual(DELETED);
  });
});

describe('A delete', () => {
  const described = holding([], { hasMetadata: true });

  it.each([
    ['any revision of a stream', ABC, ANY, APPEND],
    ['its last revision', ABC, at(2n), APPEND],
    ['another revision', ABC, at(0n), WRONG],
    ['no stream, where there is one', ABC, NO_STREAM, WRONG],
    ['no stream, where there is none', EMPTY, NO_STREAM, WRONG],
    ['any revision, where there is no stream', EMPTY, ANY, WRONG],
    ['no stream, where there is metadata alone', described, NO_STREAM, APPEND],
  ])('that expects %s', (_, view, expected, decision) => {
    expect(decideDelete(view, expected, false)).toStrictEqual(decision);
  });

  it('for ever may come before the stream', () => {
    expect(decideDelete(EMPTY, NO_STREAM, true)).toStrictEqual(APPEND);
    expect(decideDelete(EMPTY, ANY, true)).toStrictEqual(APPEND);
    expect(decideDelete(EMPTY, at(0n), true)).toStrictEqual(WRONG);
  });
});
