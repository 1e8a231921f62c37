import { createHash } from 'node:crypto';
import type { RecordedEvent } from '@app/event-store';
import { idFrom, type CommandId } from '@app/kernel';
import { EVENT_METADATA } from '@app/testing';
import type { Act, CrashRecord, Read } from './record';

/** How the log of a small, right history grows. */
class Book {
  readonly log: RecordedEvent[] = [];
  private readonly revisions = new Map<string, bigint>();

  add(stream: string, commandId: string, ...events: readonly (readonly [type: string, data?: unknown])[]): RecordedEvent {
    events.forEach(([type, data = {}], i) => {
      const revision = (this.revisions.get(stream) ?? -1n) + 1n;
      this.revisions.set(stream, revision);
      this.log.push({
        id: idFrom(commandId, i),
        type,
        version: 1,
        data,
        metadata: { ...EVENT_METADATA, commandId: commandId as CommandId },
        stream,
        revision,
        position: BigInt(100 + this.log.length),
      });
    });
    const last = this.log.at(-1);
    if (last === undefined) throw new Error('no event was added');
    return last;
  }
}

export const HASH = createHash('sha256').update('a photograph').digest('hex');
const hashed = { evidence: { hash: HASH } };

/** Two people file and prove, one of whom never learns an outcome; a list comes in and is issued; a selection is run. Nothing is wrong with it. */
export const goodRecord = (): CrashRecord => {
  const book = new Book();
  const operations: (Act | Read)[] = [];
  let at = 0;
  const act = (client: string, sort: string, stream: string, known: boolean, ...events: readonly (readonly [string, unknown?])[]): void => {
    const commandId = idFrom('http', client, sort, stream);
    const { revision, position } = book.add(stream, commandId, ...events);
    operations.push({
      kind: 'act',
      client,
      request: `${client} ${sort}`,
      sort,
      commandId,
      start: (at += 10),
      end: at + 5,
      outcome: known ? { kind: 'ok', status: 200, revision, position, changed: true } : { kind: 'unknown' },
      attempts: known ? 1 : 2,
      met: [],
      silent: false,
      hash: known && sort === 'prove' ? HASH : null,
    });
    const read = { kind: 'read', client, start: at + 6, end: at + 7, stream, position, behind: false, revision } as const;
    if (known) operations.push(read);
  };
  act('a', 'file', 'finding-1', true, ['FindingFiled', { number: 'QL-1' }]);
  act('b', 'file', 'finding-2', true, ['FindingFiled', { number: 'QL-2' }]);
  act('a', 'prove', 'finding-1', true, ['EvidenceAdded', hashed]);
  act('b', 'prove', 'finding-2', false, ['EvidenceAdded', hashed]);
  act('a', 'accept', 'finding-1', true, ['FindingAccepted'], ['DeadlineSet']);
  act('b', 'accept', 'finding-2', true, ['FindingAccepted'], ['DeadlineSet']);
  const rows = [1, 2].map((n) => ({ rowId: `row-${n}`, findingId: `of-row-${n}` }));
  book.add('list-1', 'draft of the list', ['ListDrafted']);
  book.add('list-1', 'rows of the list', ['RowsAdded', { rows }]);
  act('c', 'issue', 'list-1', true, ['ListIssued']);
  for (const { rowId, findingId } of rows) {
    book.add(`finding-${findingId}`, `file ${rowId}`, ['FindingFiled', { number: rowId }]);
    book.add(`finding-${findingId}`, `accept ${rowId}`, ['FindingAccepted']);
    book.add(`finding-${findingId}`, `transfer ${rowId}`, ['FindingTransferred']);
  }
  const chosen = ['1', '2'].map((findingId) => ({ findingId, state: 'done', commandId: `chosen ${findingId}` }));
  for (const { findingId, commandId } of chosen) book.add(`finding-${findingId}`, commandId, ['CommentAdded']);
  return {
    operations,
    lists: [{ importId: 'i', listId: '1', rows: 2, committed: true, issued: true }],
    selections: [{ selectionId: 's', state: 'done', rows: chosen }],
    base: 99n,
    log: book.log,
    tables: [{ table: 'finding-list · finding_list · 4', equal: true }],
    recounts: [{ what: 'all findings', shown: 4, counted: 4 }],
    files: new Map([[HASH, HASH]]),
    wrong: [],
  };
};
